import type { AccountId, ClientOrderId } from "../../words/ids.ts";
import type { Price } from "../../words/price.ts";
import type { Approved } from "../approval/approve.ts";
import type { ProtectionPlan } from "../portfolio/standing.ts";
import type { Passed } from "../rails/verdict.ts";
import type { Intent } from "../resolution/intent.ts";
import { orderIdOf } from "./order-id.ts";
import type { Bracket, Order, OrderTerms } from "./order.ts";

/** Approved sizes and protection plans come in; orders, the only thing a venue takes, go out. */

/**
 * Entries and closes leave as marketable limits, immediate or cancelled: a market order has no price that a rail could check.
 * `bracket` sends the protection along where the venue can hold it, so that no moment passes without a stop.
 */
export function orderFor(approved: Approved, intent: Intent, account: AccountId, bracket: boolean): Order {
  const { candidate } = approved.sized.passed;
  const entry = candidate.purpose === "entry";
  const { stopLoss, takeProfit } = candidate;
  return {
    id: orderIdOf(intent.id, entry ? "entry" : "close", 0),
    account,
    intent: intent.id,
    correlation: intent.correlation,
    instrument: candidate.instrument.id,
    side: candidate.side,
    purpose: candidate.purpose,
    type: "limit",
    quantity: approved.sized.quantity,
    limit: candidate.price,
    stop: undefined,
    triggerBy: "last",
    timeInForce: "ioc",
    reduceOnly: candidate.reduceOnly,
    oco: undefined,
    bracket: entry && bracket && (stopLoss ?? takeProfit) !== undefined ? legsAt(stopLoss, takeProfit) : undefined,
  } satisfies OrderTerms as Order;
}

const legsAt = (stopLoss: Price | undefined, takeProfit: Price | undefined): Bracket => ({
  ...(stopLoss === undefined ? {} : { stopLoss }),
  ...(takeProfit === undefined ? {} : { takeProfit }),
});

/** A stop or a target for what is held, countersigned like everything else: reduce-only, in one group, so that one ends the other. */
export function protectiveOrder(passed: Passed, plan: ProtectionPlan, account: AccountId, id: ClientOrderId): Order {
  const { candidate } = passed;
  const stop = candidate.purpose === "stop_loss";
  return {
    id,
    account,
    intent: plan.intent,
    correlation: plan.correlation,
    instrument: candidate.instrument.id,
    side: candidate.side,
    purpose: candidate.purpose,
    type: candidate.type,
    quantity: candidate.quantity,
    limit: stop ? undefined : candidate.price,
    stop: stop ? candidate.price : undefined,
    triggerBy: "last",
    timeInForce: "gtc",
    reduceOnly: true,
    oco: `${plan.intent}.p`,
    bracket: undefined,
  } satisfies OrderTerms as Order;
}
