import { formatExact } from "../words/exact.ts";
import { invariant } from "../words/invariant.ts";
import type { Config } from "./config.ts";
import type { Breach, Relation } from "./relation.ts";
import { groupRelations } from "./group-relations.ts";
import { councilRelations } from "./council-relations.ts";
import { cryptoRelations } from "./crypto-relations.ts";
import { modelRelations } from "./model-relations.ts";
import { optionsRelations } from "./options-relations.ts";
import { seatRelations } from "./seat-relations.ts";
import { styles } from "./sections/strategies.ts";
import { knownStrategies, otherStrategy } from "./other-strategy.ts";

/** What must hold between keys: each alone is within its bounds, and together they could still let nothing or too much through. */
export const relations: readonly Relation[] = [
  atMost("account.leverage", "limits.leverageMax", "an account does not borrow more than the rails allow"),
  atMost("perps.allocationUsdMax", "limits.positionNotionalMax", "no proposal asks for more than a position may be"),
  atMost("limits.orderNotionalMax", "limits.positionNotionalMax", "one order is not larger than the position it makes"),
  atMost("limits.orderEquityBpsMax", "limits.concentrationBpsMax", "one order is not larger than its instrument's share"),
  atMost("limits.concentrationBpsMax", "limits.grossExposureBpsMax", "one instrument is not more than all together"),
  atMost("limits.netExposureBpsMax", "limits.grossExposureBpsMax", "longs less shorts are never more than longs and shorts"),
  atMost("limits.riskPerTradeBpsMax", "limits.dailyLossBpsMax", "one trade may not risk more than the day"),
  atMost("limits.dailyLossBpsMax", "limits.drawdownBpsMax", "one day may not lose more than the whole account may"),
  atMost("limits.stopDistanceBpsMin", "limits.stopDistanceBpsMax", "between nearest and farthest there is room for a stop"),
  atMost("execution.entryWorstBps", "limits.priceCollarBps", "an entry leaves with a price that its collar lets through"),
  atMost("execution.entryWorstBps", "execution.exitWorstBps", "getting out is never harder than getting in"),
  atMost(
    "execution.exitWorstBps",
    "limits.priceCollarBps",
    "an exit leaves with a price that its collar, three times an entry's, lets through",
    3,
  ),
  {
    rule: "with isolated margin, 10000 / account.leverage is above limits.liquidationDistanceBpsMin: otherwise no entry could pass",
    breaches: ({ account, limits }) => {
      const distance = Math.floor(10_000 / account.leverage);
      if (account.marginMode !== "isolated" || distance > limits.liquidationDistanceBpsMin) return [];
      return [
        {
          keys: ["account.leverage", "limits.liquidationDistanceBpsMin", "account.marginMode"],
          problem: `at ${account.leverage} times, isolated margin is gone within ${distance} bps, and the rails want more than ${limits.liquidationDistanceBpsMin} bps to liquidation, so that no entry could pass`,
          fix: "lower account.leverage or limits.liquidationDistanceBpsMin",
        },
      ];
    },
  },
  {
    rule: "perps.strategy is a built-in style or a name below strategies",
    breaches: (config) => {
      const name = config.perps.strategy;
      if (knownStrategies(config).includes(name)) return [];
      return [
        { keys: ["perps.strategy", `strategies.${name}`], problem: `no strategy is named ${name}`, fix: otherStrategy(config, name) },
      ];
    },
  },
  {
    rule: "no name below strategies is that of a built-in style",
    breaches: ({ strategies }) =>
      styles
        .filter((name) => Object.hasOwn(strategies, name))
        .map((name) => ({
          keys: [`strategies.${name}.style`],
          problem: `${name} is a built-in style`,
          fix: `choose another name, such as my-${name}`,
        })),
  },
  {
    rule: "a strategy has a style or a file, and a sha256 only with a file",
    breaches: ({ strategies }) =>
      Object.entries(strategies).flatMap(([name, { style, file, sha256 }]) => {
        const [key, problem] =
          style !== undefined && file !== undefined
            ? ["file", `the rules are those of a file or of the style ${style}, not of both`]
            : ["sha256", "there is no file that could have it"];
        if (key === "sha256" && (sha256 === undefined || file !== undefined)) return [];
        return [{ keys: [`strategies.${name}.${key}`], problem, fix: "leave one of the two out" }];
      }),
  },
  {
    rule: "strategies.NAME.numbers.riskBps is at most limits.riskPerTradeBpsMax: no strategy plans for more than a trade may risk",
    breaches: (config) =>
      Object.entries(config.strategies).flatMap(([name, { numbers }]) =>
        numbers?.riskBps === undefined ? [] : compare(config, `strategies.${name}.numbers.riskBps`, "limits.riskPerTradeBpsMax", 1),
      ),
  },
  ...modelRelations,
  ...groupRelations,
  ...seatRelations,
  ...optionsRelations,
  ...cryptoRelations,
  ...councilRelations,
];

function atMost(low: string, high: string, because: string, times = 1): Relation {
  const most = times === 1 ? high : `${times} times ${high}`;
  return { rule: `${low} is at most ${most}: ${because}`, breaches: (config) => compare(config, low, high, times, because) };
}

function compare(config: Config, low: string, high: string, times: number, because?: string): readonly Breach[] {
  const [left, right] = [numberAt(config, low), numberAt(config, high)];
  const most = typeof right === "bigint" ? right * BigInt(times) : right * times;
  if (left <= most) return [];
  const bound = times === 1 ? `${high} ${written(right)}` : `${times} times ${high} ${written(right)}`;
  const why = because === undefined ? "" : ` (${because})`;
  return [
    { keys: [low, high], problem: `${written(left)} is above ${bound}${why}`, fix: `lower it to ${written(most)}, or raise ${high}` },
  ];
}

const written = (value: number | bigint): string => (typeof value === "bigint" ? formatExact(value) : String(value));

function numberAt(config: Config, key: string): number | bigint {
  let at: unknown = config;
  for (const name of key.split(".")) at = (at as Readonly<Record<string, unknown>>)[name];
  invariant(typeof at === "number" || typeof at === "bigint", `${key} is a number of the configuration`);
  return at;
}
