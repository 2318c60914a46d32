import { intervalMs } from "../words/interval.ts";
import type { Config } from "./config.ts";
import type { Breach, Relation } from "./relation.ts";

type Options = Config["options"];

/** What must hold between keys of `options`. */
export const optionsRelations: readonly Relation[] = [
  upTo("deltaMin", "deltaMax", "some delta is left to enter"),
  upTo("daysToExpiryMin", "daysToExpiryMax", "some expiry is left to enter"),
  upTo("ivMin", "ivMax", "some volatility is left to believe"),
  upTo("spreadBpsStrictMax", "spreadBpsMax", "the strict profile is the stricter one"),
  {
    rule: "a scan of options.interval is not longer than options.dayEndMinutes: otherwise no scan might fall into the time in which everything is sold",
    breaches: ({ options: { interval, dayEndMinutes } }) =>
      intervalMs[interval] <= dayEndMinutes * 60_000
        ? []
        : [
            {
              keys: ["options.interval", "options.dayEndMinutes"],
              problem: `a scan each ${interval} can miss the last ${dayEndMinutes} minutes`,
              fix: "shorten options.interval or raise options.dayEndMinutes",
            },
          ],
  },
  {
    rule: "options.carryIntoExpiry needs options.holdOvernight: a position that is sold each day never expires",
    breaches: ({ options: { carryIntoExpiry, holdOvernight } }) =>
      !carryIntoExpiry || holdOvernight
        ? []
        : [
            {
              keys: ["options.carryIntoExpiry", "options.holdOvernight"],
              problem: "positions are sold before each close, so that none can be carried into its expiry",
              fix: "set options.holdOvernight=true as well, or leave options.carryIntoExpiry out",
            },
          ],
  },
];

type Numbers = { [Key in keyof Options]: Options[Key] extends number ? Key : never }[keyof Options];

function upTo(low: Numbers, high: Numbers, because: string): Relation {
  return {
    rule: `options.${low} is at most options.${high}: ${because}`,
    breaches: ({ options }): readonly Breach[] =>
      options[low] <= options[high]
        ? []
        : [
            {
              keys: [`options.${low}`, `options.${high}`],
              problem: `${options[low]} is above options.${high} ${options[high]} (${because})`,
              fix: `lower it to ${options[high]}, or raise options.${high}`,
            },
          ],
  };
}
