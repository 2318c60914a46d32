import type { OrderTerms } from "../flow/orders/order.ts";
import type { Candidate } from "../flow/rails/candidate.ts";
import { missing } from "../words/invariant.ts";
import type { ClientOrderId } from "../words/ids.ts";

/**
 * Rails judge a candidate and the venue gets an order: that the two say the same is held here, at the wire, for each order. A parent
 * that was judged once while its children left unjudged has ruined a firm (Knight Capital, 2012). That they differ can only be our bug.
 */
export function holdAsJudged(order: OrderTerms, candidate: Candidate, replaces: ClientOrderId | undefined): void {
  const { id, type, bracket } = order;
  same(id, "intent", order.intent, candidate.intent);
  same(id, "instrument", order.instrument, candidate.instrument.id);
  same(id, "side", order.side, candidate.side);
  same(id, "purpose", order.purpose, candidate.purpose);
  same(id, "type", type, candidate.type);
  same(id, "quantity", order.quantity, candidate.quantity);
  same(id, "price", type === "stop" || type === "trailing_stop" ? order.stop : order.limit, candidate.price);
  // Without a bracket the order carries no levels: its own legs come after it and are judged then.
  if (bracket !== undefined) {
    same(id, "stop loss", bracket.stopLoss, candidate.stopLoss);
    same(id, "take profit", bracket.takeProfit, candidate.takeProfit);
  }
  same(id, "reduce only", order.reduceOnly, candidate.reduceOnly);
  same(id, "order it replaces", replaces, candidate.replaces);
}

/** Put into words only once it is broken: every order passes here. */
function same(id: ClientOrderId, what: string, sent: Said, judged: Said): void {
  if (sent !== judged) missing(`${id} leaves as it was judged; its ${what} was judged as ${judged} and would leave as ${sent}`);
}

type Said = string | bigint | boolean | undefined;
