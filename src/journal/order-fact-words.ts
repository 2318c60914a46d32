import { unreachable } from "../words/invariant.ts";
import type { FactOf } from "./fact.ts";
import { filled, planned, protection } from "./order-words.ts";
import { cancelledWords, placedWords } from "./outcome-words.ts";
import { because, grouped, readableMoney, readableMs, refusedBy } from "./readable.ts";

/** An order on its way, what became of it, and what others did in the account. */
type Routing = FactOf<
  | "order_planned"
  | "order_withheld"
  | "order_sent"
  | "cancel_planned"
  | "cancel_answered"
  | "order_accepted"
  | "order_found"
  | "order_absent"
  | "order_triggered"
  | "order_cancelled"
  | "order_rejected"
  | "filled"
  | "execution_repeated"
  | "external_fill"
  | "fill_busted"
  | "external_orders_seen"
  | "protection_planned"
>;

/** One of these facts in, a short sentence for people out. */
export function orderWords(fact: Routing): string {
  switch (fact.kind) {
    case "order_planned":
      return planned(fact.order) + replacing(fact.replaces);
    case "order_withheld":
      return `${fact.order} ${refusedBy(fact.refusal)}`;
    case "order_sent":
      return `${fact.order} ${placedWords(fact.outcome, because)}${replacing(fact.replaces)}`;
    case "cancel_planned":
      return because(fact.order, fact.why);
    case "cancel_answered":
      return `${fact.order} ${cancelledWords(fact.outcome, because)}`;
    case "order_accepted":
      return `${fact.order} is ${fact.venueOrder} at the venue`;
    case "order_found":
      return `${fact.order} is ${fact.state} in the venue's records`;
    case "order_absent":
      return `${fact.order} never arrived: not in the venue's records after ${readableMs(fact.waitedMs)}`;
    case "order_triggered":
      return fact.order;
    case "order_cancelled":
      return because(fact.order, fact.why);
    case "order_rejected":
      return because(`${fact.order} rejected for ${fact.reason}`, fact.detail);
    case "filled":
      return `${filled(fact.fill)}, ${fact.remaining === 0n ? "all of it" : `${grouped(fact.remaining)} left`}`;
    case "execution_repeated":
      return `${fact.execution} was booked before and is not booked again`;
    case "external_fill":
      return `${filled(fact.fill)}, not ours`;
    case "fill_busted":
      return `${fact.fill.execution} taken back: ${filled(fact.fill)}`;
    case "external_orders_seen":
      return fact.orders.length === 0
        ? "none any more"
        : fact.orders
            .map(({ venueOrder, side, instrument, notional }) => `${venueOrder} ${side} ${instrument} for ${readableMoney(notional)}`)
            .join(", ");
    case "protection_planned":
      return `${fact.plan.instrument}${protection(fact.plan.stopLoss, fact.plan.takeProfit) || " without stop or target"} for ${fact.plan.intent}`;
    default:
      return unreachable(fact);
  }
}

const replacing = (id: string | undefined): string => (id === undefined ? "" : ` in place of ${id}`);
