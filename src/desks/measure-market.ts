import { bucketsOf } from "../flow/market/measures.ts";
import { sectorOf } from "../flow/market/sectors.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { parseMoney } from "../words/money.ts";

export type MeasureSettings = {
  /** By symbol, beside those that are known and instead of them. */
  readonly sectors: ReadonlyMap<string, string>;
  readonly correlationMin: number;
  readonly correlationDays: number;
};

/** Once a day, before anything is proposed: what the rails want to know of the market beyond its quotes. */
export function* measureMarket({ state, snapshot, correlation }: Turn, settings: MeasureSettings): Line {
  const { daily, marketIsFresh } = state.measured;
  if (marketIsFresh) return;
  const seen = snapshot.assets.map(({ quote }) => quote.instrument);
  const liquidity = seen.flatMap((instrument) => {
    const value = daily.averageValue(instrument);
    // A statistic in whole cents: what it is compared with is in millions.
    const read = value === undefined ? undefined : parseMoney(value.toFixed(2));
    return read?.ok === true ? [{ instrument, averageDailyValue: read.value }] : [];
  });
  const all = state.opening.instruments.map(({ id }) => id);
  const buckets = bucketsOf(
    all,
    (id) => sectorOf(state.instrument(id).symbol, settings.sectors),
    daily.closes(all, settings.correlationDays),
    settings.correlationMin,
  );
  yield record({ kind: "market_measured", liquidity, buckets }, correlation);
}
