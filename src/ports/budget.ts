import type { ModelRole } from "../flow/proposals/question.ts";
import type { Money } from "../words/money.ts";
import type { Result } from "../words/result.ts";
import type { Eventually } from "./eventually.ts";
import type { Asking } from "./model.ts";
import type { Usage } from "./provider.ts";

/** `${account}/${correlation}/${role}/${n}`: a function of what is asked, so that the calls of one question stand together in the ledger. */
export type CallId = string;

/** Who pays, and for which model. */
export type Spender = Asking & { readonly role: ModelRole; readonly provider: string; readonly model: string };

/** The most that a call can use: tokens of its prompt as counted here, and its output at the limit. `cost` is undefined where no price is known. */
export type Worst = { readonly cost: Money | undefined; readonly tokensIn: number; readonly tokensOut: number };

/** What a call turned out to have used, and whose figure the cost is. */
export type CallSpent = { readonly cost: Money; readonly costBy: "provider" | "prices" | "free"; readonly usage: Usage };

/**
 * Why a call may not be made. `limit` is the cap as its config key and value, for example `usdPerDayMax 5`; `detail` says in words what
 * is spent, what is reserved and what the call may cost. `unwritten`: the reservation could not be made durable.
 */
export type OverBudget = {
  readonly code: "scan" | "desk" | "account" | "day" | "month" | "calls_per_scan" | "call" | "unknown_price" | "unwritten";
  readonly limit: string;
  readonly detail: string;
};

/**
 * Money for model calls: reserved at its worst case before a call leaves, settled once it is known. Within one process each may be
 * repeated for the same call and counts once; after a restart a call of the same name is another one, since the provider may have billed
 * both. They answer once what they did is durable.
 */
export interface Budget {
  reserve(call: CallId, by: Spender, worst: Worst, now: Temporal.Instant): Eventually<Result<undefined, OverBudget>>;
  settle(call: CallId, spent: CallSpent, now: Temporal.Instant): Eventually<void>;
  /** The call never left this machine. */
  release(call: CallId, now: Temporal.Instant): Eventually<void>;
}
