import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Money } from "../../words/money.ts";
import type { AssetSnapshot, MarketSnapshot } from "../market/snapshot.ts";
import type { Position } from "../portfolio/position.ts";
import type { OpenOrder, ProtectionPlan, Standing } from "../portfolio/standing.ts";
import type { DecisionMemory } from "../portfolio/trade.ts";
import { newsRows } from "./untrusted-rows.ts";

/** A snapshot and a standing come in; exactly what a proposer may know at that instant goes out. */

export type AssetContext = {
  readonly instrument: Instrument;
  readonly market: AssetSnapshot;
  readonly position?: Position | undefined;
  readonly protection?: ProtectionPlan | undefined;
  readonly openOrders: readonly OpenOrder[];
  readonly recent: readonly DecisionMemory[];
};

export type Context = {
  readonly now: Temporal.Instant;
  readonly equity: Money;
  readonly cash: Money;
  readonly dayStartEquity: Money;
  readonly assets: readonly AssetContext[];
  readonly leftOut: MarketSnapshot["leftOut"];
  /** Lines with the words of others, fenced: nothing else of them is known here. */
  readonly news?: readonly string[];
};

export function gather(
  snapshot: MarketSnapshot,
  standing: Standing,
  instrumentOf: (id: InstrumentId) => Instrument,
  recentOf: (id: InstrumentId) => readonly DecisionMemory[],
): Context {
  const { openOrders } = standing;
  return {
    now: snapshot.takenAt,
    equity: standing.equity,
    cash: standing.cash,
    dayStartEquity: standing.dayStartEquity,
    assets: snapshot.assets.map((market) => {
      const id = market.quote.instrument;
      return {
        instrument: instrumentOf(id),
        market,
        position: standing.position(id),
        protection: standing.protection(id),
        openOrders: openOrders.length === 0 ? openOrders : openOrders.filter((order) => order.instrument === id),
        recent: recentOf(id),
      };
    }),
    leftOut: snapshot.leftOut,
    ...(snapshot.news === undefined
      ? {}
      : {
          news: newsRows(
            snapshot.news,
            snapshot.assets.map(({ quote }) => instrumentOf(quote.instrument)),
          ),
        }),
  };
}
