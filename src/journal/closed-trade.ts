import type { Fill } from "../flow/fills/fill.ts";
import type { Position } from "../flow/portfolio/position.ts";
import type { ClosedTrade } from "../flow/portfolio/trade.ts";
import type { CorrelationId } from "../words/ids.ts";
import { minus, plus, type Money } from "../words/money.ts";
import type { Purpose } from "../words/order-words.ts";

/** The round trip that this fill ended; `realisedNow` is what the fill itself realised. */
export function closedTrade(
  before: Position,
  fill: Fill,
  purpose: Purpose | undefined,
  realisedNow: Money,
  opener: { readonly strategy: string; readonly correlation: CorrelationId | undefined },
): ClosedTrade {
  const realised = plus(before.realised, realisedNow);
  const fees = plus(before.fees, fill.fee);
  const ended = purpose === "stop_loss" || purpose === "take_profit" ? purpose : "order";
  return {
    instrument: fill.instrument,
    direction: before.quantity > 0n ? "long" : "short",
    strategy: opener.strategy,
    correlation: opener.correlation,
    openedAt: before.openedAt,
    closedAt: fill.at,
    realised,
    fees,
    funding: before.funding,
    net: plus(minus(realised, fees), before.funding),
    endedBy: fill.reason === "order" ? ended : fill.reason,
  };
}
