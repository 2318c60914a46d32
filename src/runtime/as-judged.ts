import type { OrderTerms } from "../flow/orders/order.ts";
import type { Candidate } from "../flow/rails/candidate.ts";
import { missing } from "../words/invariant.ts";
import type { ClientOrderId } from "../words/ids.ts";

/**
 * Rails judge a candidate and the venue gets an order: that the two say the same is held here, at the wire, for each order. A parent
 * that was judged once while its children left unjudged has ruined a firm (Knight Capital, 2012). That they differ can only be our bug.
 */
export function holdAsJudged(order: OrderTerms, candidate: Candidate, replaces: ClientOrderId | undefined): void {
  for (const [what, sentIn, judgedIn] of pairs) {
    const sent = sentIn(order, replaces);
    const judged = judgedIn(candidate, order);
    // Put into words only once it is broken: every order passes here.
    if (sent !== judged) missing(`${order.id} leaves as it was judged; its ${what} was judged as ${judged} and would leave as ${sent}`);
  }
}

type Said = string | bigint | boolean | undefined;

const pairs: readonly (readonly [
  what: string,
  sent: (order: OrderTerms, replaces: ClientOrderId | undefined) => Said,
  judged: (candidate: Candidate, order: OrderTerms) => Said,
])[] = [
  ["intent", ({ intent }) => intent, ({ intent }) => intent],
  ["instrument", ({ instrument }) => instrument, ({ instrument }) => instrument.id],
  ["side", ({ side }) => side, ({ side }) => side],
  ["purpose", ({ purpose }) => purpose, ({ purpose }) => purpose],
  ["type", ({ type }) => type, ({ type }) => type],
  ["quantity", ({ quantity }) => quantity, ({ quantity }) => quantity],
  ["price", ({ type, stop, limit }) => (type === "stop" || type === "trailing_stop" ? stop : limit), ({ price }) => price],
  // Without a bracket the order carries no levels: its own legs come after it and are judged then.
  ["stop loss", ({ bracket }) => bracket?.stopLoss, ({ stopLoss }, { bracket }) => (bracket === undefined ? undefined : stopLoss)],
  ["take profit", ({ bracket }) => bracket?.takeProfit, ({ takeProfit }, { bracket }) => (bracket === undefined ? undefined : takeProfit)],
  ["reduce only", ({ reduceOnly }) => reduceOnly, ({ reduceOnly }) => reduceOnly],
  ["order it replaces", (_, replaces) => replaces, ({ replaces }) => replaces],
];
