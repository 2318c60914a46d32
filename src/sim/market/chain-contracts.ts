import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { listedOption } from "../../flow/market/options/listed-option.ts";
import { approximately } from "../../words/exact.ts";
import type { Option } from "../../words/instrument.ts";
import { invariant } from "../../words/invariant.ts";
import { priceOfUnits, type Price } from "../../words/price.ts";
import type { Random } from "../random.ts";
import type { ChainSpec } from "./chain-spec.ts";

const friday = 5;

/** The next `count` weekly expiries on or after a date: Fridays, or the last session before where a Friday is a holiday. */
export function weeklyExpiries(date: string, count: number): readonly string[] {
  const calendar = calendarOf("xnys");
  const from = Temporal.PlainDate.from(date);
  const expiries: string[] = [];
  for (let day = from.add({ days: (friday - from.dayOfWeek + 7) % 7 }); expiries.length < count; day = day.add({ days: 7 })) {
    let last = day;
    while (calendar.session(last) === undefined) last = last.subtract({ days: 1 });
    if (Temporal.PlainDate.compare(last, from) >= 0) expiries.push(last.toString());
  }
  return expiries;
}

/** Contracts that are open on the first day: many at the money, few far from it. */
export function listedInterest({ startPrice, surface, contractsPerDay }: ChainSpec, { strike }: Option, random: Random): number {
  const away = Math.log(approximately(strike) / approximately(startPrice)) / (surface.level * 0.2);
  return Math.floor(contractsPerDay * 2 * Math.exp(-0.5 * away * away) * (0.3 + 1.4 * random.next()));
}

function strikesOf({ startPrice, strikeStep, strikesEachSide }: ChainSpec): readonly Price[] {
  const middle = (startPrice / strikeStep) * strikeStep;
  const strikes: Price[] = [];
  for (let away = -strikesEachSide; away <= strikesEachSide; away++) {
    const strike = middle + BigInt(away) * strikeStep;
    if (strike > 0n) strikes.push(priceOfUnits(strike));
  }
  return strikes;
}

/** Every contract of a specification, by expiry, then strike, calls before puts. */
export function contractsOf(spec: ChainSpec): readonly Option[] {
  const { underlying, root } = spec;
  const strikes = strikesOf(spec);
  return weeklyExpiries(spec.firstDate, spec.weeklies).flatMap((expiry) =>
    strikes.flatMap((strike) =>
      (["call", "put"] as const).map((right) => {
        const listed = listedOption({ root, expiry, right, strike }, { underlying: underlying.id, venue: underlying.venue });
        invariant(listed.ok, `${root} ${expiry} ${right} is a contract: ${listed.ok ? "" : listed.error.code}`);
        return listed.value;
      }),
    ),
  );
}
