import type { AccountId } from "../../words/ids.ts";
import type { Approved } from "../approval/approve.ts";
import type { ProtectionPlan } from "../portfolio/standing.ts";
import type { Passed } from "../rails/verdict.ts";
import type { Intent } from "../resolution/intent.ts";
import { orderIdOf } from "./order-id.ts";
import type { Order, OrderTerms } from "./order.ts";

/** Approved sizes and protection plans come in; orders, the only thing a venue takes, go out. */

/**
 * Entries and closes leave as marketable limits, immediate or cancelled: a market order has no price that a rail could check.
 * `bracket` sends the protection along where the venue can hold it, so that no moment passes without a stop.
 */
export function orderFor(approved: Approved, intent: Intent, account: AccountId, bracket: boolean): Order {
  const { candidate } = approved.sized.passed;
  const entry = candidate.purpose === "entry";
  const legs = {
    ...(candidate.stopLoss === undefined ? {} : { stopLoss: candidate.stopLoss }),
    ...(candidate.takeProfit === undefined ? {} : { takeProfit: candidate.takeProfit }),
  };
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
    triggerBy: "last",
    timeInForce: "ioc",
    reduceOnly: candidate.reduceOnly,
    ...(entry && bracket && (candidate.stopLoss ?? candidate.takeProfit) !== undefined ? { bracket: legs } : {}),
  } satisfies OrderTerms as Order;
}

export type ProtectiveLeg = "stop" | "target";

/** A stop or a target for what is held, countersigned like everything else: reduce-only, in one group, so that one ends the other. */
export function protectiveOrder(passed: Passed, leg: ProtectiveLeg, plan: ProtectionPlan, account: AccountId, epoch: number): Order {
  const { candidate } = passed;
  return {
    id: orderIdOf(plan.intent, leg, epoch),
    account,
    intent: plan.intent,
    correlation: plan.correlation,
    instrument: candidate.instrument.id,
    side: candidate.side,
    purpose: candidate.purpose,
    type: candidate.type,
    quantity: candidate.quantity,
    ...(leg === "stop" ? { stop: candidate.price } : { limit: candidate.price }),
    triggerBy: "last",
    timeInForce: "gtc",
    reduceOnly: true,
    oco: `${plan.intent}.p`,
  } satisfies OrderTerms as Order;
}
