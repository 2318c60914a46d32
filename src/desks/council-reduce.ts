import { orderIdOf } from "../flow/orders/order-id.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { CouncilTrade } from "../journal/council-log.ts";
import { countersign } from "../runtime/countersign.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { intentId, type IntentId } from "../words/ids.ts";
import { magnitude, quantityMinus, shareOf, toLot } from "../words/quantity.ts";
import { rate } from "../words/rate.ts";
import { opposite } from "../words/side.ts";
import { ended } from "./council-pending.ts";

const half = rate("0.5");

/**
 * Half of what is held is sold, in as many orders as it takes: one that is immediate or cancelled may be filled in part, and what is left is
 * sent again with the next bar, until it is done, its time is up, or a newer checkpoint has seen the position.
 */
export function* reduce(turn: Turn, trade: CouncilTrade, again: boolean): Line<string> {
  const { state, correlation } = turn;
  const { instrument } = trade;
  const held = state.position(instrument);
  const keep = state.decisions.council.keepOf(trade.trade);
  if (held === undefined) {
    yield ended(turn, trade, "failed", "no position is left");
    return "no_position";
  }
  const isOut = state.openOrders.some((of) => of.instrument === instrument && (of.purpose === "reduce" || of.purpose === "close"));
  if (keep !== undefined && (!again || isOut)) return "reducing";
  const { lot } = state.instrument(instrument);
  const most = magnitude(held.quantity);
  const left = keep === undefined ? toLot(shareOf(most, half, "up"), lot, "up") : quantityMinus(most, keep);
  if (keep === undefined)
    yield record({ kind: "trade_released", trade: trade.trade, intent: trade.trade, by: trade.by ?? "" }, correlation);
  const intent: Intent = {
    id: attemptOf(state, intentId(`${trade.trade}${trade.asked}`)),
    correlation,
    proposals: [],
    instrument,
    aim: "reduce",
    side: opposite[held.quantity > 0n ? "buy" : "sell"],
    wanted: { by: "quantity", quantity: left },
    confidence: 1,
  };
  yield record({ kind: "resolved", intent }, correlation);
  yield* countersign(turn, intent);
  return "reducing";
}

/** Reductions of which an order was sent at an earlier wake, and that are not known to be over. */
export const underWay = ({ state: { decisions } }: Turn): readonly CouncilTrade[] =>
  decisions.council.open.filter(({ trade }) => decisions.council.keepOf(trade) !== undefined);

/** Those of which half is gone are over, before anything is said of their time; a stop or a target may have taken more than was asked for. */
export function* finish(turn: Turn): Line<readonly string[]> {
  const { state } = turn;
  const done = underWay(turn).filter(({ trade, instrument }) => {
    const held = state.position(instrument);
    return held === undefined || magnitude(held.quantity) <= (state.decisions.council.keepOf(trade) ?? 0n);
  });
  for (const trade of done) yield ended(turn, trade, "executed", "");
  return done.map(() => "reduced");
}

/** A newer look at the position stands in place of what an older one wanted less of. */
export function* overtake(turn: Turn, reductions: readonly CouncilTrade[], time: string): Line {
  const { open } = turn.state.decisions.council;
  for (const { trade } of reductions)
    if (open.some((of) => of.trade === trade)) yield ended(turn, { trade }, "superseded", `the checkpoint at ${time}`);
}

/** Each attempt has a name of its own, since the last one's order is known by its. */
function attemptOf(state: AccountState, first: IntentId): IntentId {
  let id = first;
  for (let attempt = 0; state.knowsOrder(orderIdOf(id, "close", 0)); attempt++) id = intentId(`${first}.x${attempt}`);
  return id;
}
