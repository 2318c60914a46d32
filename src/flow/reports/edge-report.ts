import { approximately } from "../../words/exact.ts";
import type { ClientOrderId, CorrelationId, InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { ClosedTrade } from "../portfolio/trade.ts";

/** What was weighed, ordered and closed comes in; how often edge was acted on, and what came of it beside what was expected, goes out (EQ-9). */

export type EdgeBucket = {
  /** Expected value after costs, in basis points: from this, up to the next bucket's. */
  readonly fromBps: number;
  readonly trades: number;
  readonly expectedBps: number;
  /** What the closed trades brought, after what the books know of costs. */
  readonly realisedBps: number;
};

export type EdgeReport = {
  readonly weighed: number;
  readonly withEdge: number;
  /** Of those with an expected value above zero. */
  readonly traded: number;
  readonly tradeRate: number | null;
  readonly byExpected: readonly EdgeBucket[];
};

/** Lower bounds; the first takes everything below as well. */
const bounds = [0, 25, 50, 100, 200] as const;

type Weighed = { readonly evBps: number; traded: boolean; notional: number };

export class EdgeCount {
  readonly #weighed = new Map<string, Weighed>();
  readonly #orders = new Map<ClientOrderId, Weighed>();

  weighed(correlation: CorrelationId, instrument: InstrumentId, evBps: number): void {
    this.#weighed.set(keyOf(correlation, instrument), { evBps, traded: false, notional: 0 });
  }

  /** It is held already: there was nothing to decide. */
  held(correlation: CorrelationId, instrument: InstrumentId): void {
    this.#weighed.delete(keyOf(correlation, instrument));
  }

  ordered(correlation: CorrelationId, instrument: InstrumentId, order: ClientOrderId): void {
    const weighed = this.#weighed.get(keyOf(correlation, instrument));
    if (weighed === undefined) return;
    weighed.traded = true;
    this.#orders.set(order, weighed);
  }

  filled(order: ClientOrderId, worth: Money): void {
    const weighed = this.#orders.get(order);
    if (weighed !== undefined) weighed.notional += approximately(worth);
  }

  report(trades: readonly ClosedTrade[]): EdgeReport {
    const all = [...this.#weighed.values()];
    const withEdge = all.filter(({ evBps }) => evBps > 0);
    const traded = withEdge.filter((each) => each.traded).length;
    return {
      weighed: all.length,
      withEdge: withEdge.length,
      traded,
      tradeRate: withEdge.length === 0 ? null : traded / withEdge.length,
      byExpected: this.#buckets(trades),
    };
  }

  #buckets(trades: readonly ClosedTrade[]): readonly EdgeBucket[] {
    const rows = bounds.map((fromBps) => ({ fromBps, trades: 0, expected: 0, realised: 0 }));
    for (const { correlation, instrument, net } of trades) {
      const weighed = correlation === undefined ? undefined : this.#weighed.get(keyOf(correlation, instrument));
      if (weighed === undefined || weighed.notional === 0) continue;
      const row = rows.findLast(({ fromBps }) => weighed.evBps >= fromBps) ?? rows[0];
      if (row === undefined) continue;
      row.trades++;
      row.expected += weighed.evBps;
      row.realised += (approximately(net) / weighed.notional) * 10_000;
    }
    return rows.flatMap(({ fromBps, trades: count, expected, realised }) =>
      count === 0 ? [] : [{ fromBps, trades: count, expectedBps: expected / count, realisedBps: realised / count }],
    );
  }
}

const keyOf = (correlation: CorrelationId, instrument: InstrumentId): string => `${correlation} ${instrument}`;
