import type { InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import { correlatedGroups } from "./correlation/correlated-groups.ts";
import { shrunkCorrelation } from "./correlation/shrunk-correlation.ts";

/** Instruments that are likely to lose together: of one sector, or found to move together. An instrument may be in several. */
export type Bucket = { readonly name: string; readonly members: readonly InstrumentId[] };

/** What rails want to know of a market beyond its quotes; measured once a day and journalled, so that a decision can be made again from it. */
export type MarketMeasures = {
  /** Mean over the last days of what was traded, close times volume. */
  readonly liquidity: readonly { readonly instrument: InstrumentId; readonly averageDailyValue: Money }[];
  readonly buckets: readonly Bucket[];
};

/** Closes of several instruments, one a day and none missing, oldest first. */
export type DailyCloses = { readonly instruments: readonly InstrumentId[]; readonly days: readonly (readonly number[])[] };

/** A correlation over fewer days than this says nothing. */
const correlationDaysMin = 40;

/** Sectors as they were given, one for all that have none, and groups whose daily returns correlate by `correlationMin` or more. */
export function bucketsOf(
  instruments: readonly InstrumentId[],
  sectorOf: (id: InstrumentId) => string | undefined,
  closes: DailyCloses,
  correlationMin: number,
): readonly Bucket[] {
  const sectors = new Map<string, InstrumentId[]>();
  for (const id of instruments) {
    // Nobody knows what they have in common: together they may be no more than one sector.
    const name = `sector ${sectorOf(id) ?? "not given"}`;
    sectors.set(name, [...(sectors.get(name) ?? []), id]);
  }
  const given = [...sectors].map(([name, members]) => ({ name, members })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...given, ...measured(closes, correlationMin)];
}

function measured({ instruments, days }: DailyCloses, correlationMin: number): readonly Bucket[] {
  if (days.length <= correlationDaysMin) return [];
  const returns = instruments.map((_, at) => days.slice(1).map((closes, day) => Math.log((closes[at] ?? 1) / (days[day]?.[at] ?? 1))));
  const { correlations } = shrunkCorrelation(returns);
  return correlatedGroups(correlations, correlationMin).flatMap((group) => {
    const members = group.flatMap((at) => instruments[at] ?? []);
    return [{ name: `correlated ${members[0]}`, members }];
  });
}
