import type { OrderTerms } from "../flow/orders/order.ts";
import type { Candidate } from "../flow/rails/candidate.ts";
import { invariant } from "../words/invariant.ts";
import type { ClientOrderId } from "../words/ids.ts";

/**
 * Rails judge a candidate and the venue gets an order: that the two say the same is held here, at the wire, for each order. A parent
 * that was judged once while its children left unjudged has ruined a firm (Knight Capital, 2012). That they differ can only be our bug.
 */
export function holdAsJudged(order: OrderTerms, candidate: Candidate, replaces: ClientOrderId | undefined): void {
  const { stopLoss, takeProfit } = order.bracket ?? candidate;
  const triggered = order.type === "stop" || order.type === "trailing_stop";
  const pairs = {
    intent: [order.intent, candidate.intent],
    instrument: [order.instrument, candidate.instrument.id],
    side: [order.side, candidate.side],
    purpose: [order.purpose, candidate.purpose],
    type: [order.type, candidate.type],
    quantity: [order.quantity, candidate.quantity],
    price: [triggered ? order.stop : order.limit, candidate.price],
    "stop loss": [stopLoss, candidate.stopLoss],
    "take profit": [takeProfit, candidate.takeProfit],
    "reduce only": [order.reduceOnly, candidate.reduceOnly],
    "order it replaces": [replaces, candidate.replaces],
  } as const;
  for (const [what, [sent, judged]] of Object.entries(pairs))
    invariant(sent === judged, `${order.id} leaves as it was judged; its ${what} was judged as ${judged} and would leave as ${sent}`);
}
