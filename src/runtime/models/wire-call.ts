import type { ModelOutcome } from "../../flow/proposals/question.ts";
import type { Budget, CallId, CallSpent, OverBudget, Spender, Worst } from "../../ports/budget.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Eventually } from "../../ports/eventually.ts";
import type { Price } from "../../ports/known-model.ts";
import type { Provider, ProviderAsk, ProviderReply } from "../../ports/provider.ts";
import type { Sleep } from "../../ports/sleep.ts";
import { msOf } from "../../words/instant.ts";
import { ok, type Result } from "../../words/result.ts";
import { chargeOf, saysUsage } from "./call-cost.ts";
import type { Health } from "./circuit-breaker.ts";
import type { GuardedProvider } from "./guarded-provider.ts";

/** What every call needs from outside. */
export type Around = {
  readonly budget: Budget;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Told when the budget could not write what a call cost. */
  readonly onFault?: (text: string) => void;
};

export type Call = {
  readonly id: CallId;
  readonly by: Spender;
  readonly door: GuardedProvider;
  readonly ask: ProviderAsk;
  readonly worst: Worst;
  /** A lower worst case that takes longer to find; undefined where there is none. */
  readonly counted: () => Promise<Worst | undefined>;
  readonly price: Price | undefined;
  /** End of the whole answer. */
  readonly deadlineMs: number;
  readonly attemptMsMax: number | undefined;
};

type Failed = Extract<ProviderReply, { readonly kind: "failed" }>;
type HeldBack = Extract<ModelOutcome, "timed_out" | "over_budget" | "provider_error">;

/**
 * `held_back`: it did not leave, and why; `code` is of the budget. `unsent`: its provider tried, and nothing left this machine. `reply` is
 * undefined where none came in time; `assumed`: it does not say what it used and was charged at the worst case.
 */
export type Called =
  | { readonly kind: "held_back"; readonly outcome: HeldBack; readonly detail: string; readonly code?: string }
  | { readonly kind: "unsent"; readonly reply: Failed; readonly latencyMs: number }
  | {
      readonly kind: "sent";
      readonly reply: ProviderReply | undefined;
      readonly latencyMs: number;
      readonly spent: CallSpent;
      readonly assumed: boolean;
    };

/** One call comes in; it leaves if breaker, request rate, budget and deadline let it, and what came of it goes out with its money settled. */
export async function wireCall(call: Call, around: Around): Promise<Called> {
  const { door, by, deadlineMs } = call;
  const now = (): number => msOf(around.clock.now());
  if (!door.breaker.admits(now())) return leftAlone(call);

  const leavesAt = door.rate?.freeAt(by.account, now()) ?? now();
  if (leavesAt > now() && leavesAt >= deadlineMs) return tooMany(call, leavesAt - now());
  door.rate?.take(by.account, leavesAt);
  const giveBack = (): void => door.rate?.giveBack(by.account, leavesAt);
  if (leavesAt > now()) await around.sleep(leavesAt - now(), never);

  // It may have opened, or another call may be trying it, since this one began to wait.
  const ended = door.breaker.admit(now());
  if (ended === undefined) {
    giveBack();
    return leftAlone(call);
  }
  const notSent = (held: Extract<Called, { kind: "held_back" }>): Called => {
    giveBack();
    ended("neither", now());
    return held;
  };
  const reserved = await reserve(call, around);
  if (!reserved.ok) {
    const { code, limit, detail } = reserved.error;
    return notSent({ kind: "held_back", outcome: "over_budget", code, detail: `${limit}: ${detail}` });
  }
  const startedMs = now();
  const leftMs = deadlineMs - startedMs;
  if (leftMs <= 0) {
    await closed(around, () => around.budget.release(call.id, around.clock.now()));
    return notSent({ kind: "held_back", outcome: "timed_out", detail: "the deadline passed before the call could leave" });
  }
  const reply = await within(Math.min(leftMs, call.attemptMsMax ?? leftMs), around.sleep, door.provider, call.ask);
  const latencyMs = now() - startedMs;
  ended(healthOf(reply), now());
  if (reply?.kind === "failed" && neverLeft(reply)) {
    giveBack();
    await closed(around, () => around.budget.release(call.id, around.clock.now()));
    return { kind: "unsent", reply, latencyMs };
  }
  const spent = chargeOf(reply, reserved.value, call.price);
  await closed(around, () => around.budget.settle(call.id, spent, around.clock.now()));
  const assumed = reply !== undefined && reply.kind !== "failed" && spent.costBy === "prices" && !saysUsage(reply);
  return { kind: "sent", reply, latencyMs, spent, assumed };
}

/** Whoever bills has seen the question, whatever else is said of it. */
const neverLeft = ({ sent, why, usage, cost }: Failed): boolean =>
  (sent === false || why === "no_key") && usage === undefined && cost === undefined;

/** The worst case that was reserved. Only where it does not fit is it worth to be counted more closely. */
async function reserve({ id, by, worst, counted }: Call, { budget, clock }: Around): Promise<Result<Worst, OverBudget>> {
  const first = await budget.reserve(id, by, worst, clock.now());
  if (first.ok) return ok(worst);
  const closer = ofMoney.has(first.error.code) ? await counted() : undefined;
  if (closer === undefined) return first;
  const second = await budget.reserve(id, by, closer, clock.now());
  return second.ok ? ok(closer) : second;
}

/** `unknown_price` too: a price may hold up to a length that only the bytes of a prompt pass. */
const ofMoney = new Set<OverBudget["code"]>(["call", "scan", "desk", "account", "day", "month", "unknown_price"]);

/** A disk that takes no more does not lose the reply that was paid for: the worst case stays reserved, and the next reservation is refused. */
async function closed(around: Around, close: () => Eventually<void>): Promise<void> {
  try {
    await close();
  } catch (fault) {
    around.onFault?.(`the spend ledger could not be written: ${fault instanceof Error ? fault.message : "unknown"}`);
  }
}

/** The reply, or undefined when it did not come within `ms`: the call's signal is then aborted, and what still comes is not waited for. */
async function within(ms: number, sleep: Sleep, provider: Provider, ask: ProviderAsk): Promise<ProviderReply | undefined> {
  const call = new AbortController();
  const timer = new AbortController();
  const late = sleep(ms, timer.signal).then(() => undefined);
  const reply = await Promise.race([answerOf(provider, ask, call.signal), late]);
  if (reply === undefined) call.abort();
  timer.abort();
  return reply;
}

/** A provider that throws is a bug of its adapter; the money it may have cost must be settled all the same. Its message is not shown: it may quote a header. */
async function answerOf(provider: Provider, ask: ProviderAsk, signal: AbortSignal): Promise<ProviderReply> {
  try {
    return await provider.ask(ask, signal);
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    return { kind: "failed", why: "bad_body", retryable: false, detail: `the adapter of ${provider.name} threw ${name}` };
  }
}

function healthOf(reply: ProviderReply | undefined): Health {
  if (reply?.kind === "text" || reply?.kind === "refused") return "answered";
  if (reply === undefined || reply.why === "network" || reply.why === "timed_out" || reply.why === "bad_body") return "failed";
  // Being told to wait or to pay says nothing about how the provider is.
  return reply.status !== undefined && (reply.status >= 500 || reply.status === 408) ? "failed" : "neither";
}

/** Waits before a call end by themselves: they fit the deadline. */
const never = new AbortController().signal;

const leftAlone = ({ door }: Call): Called => ({
  kind: "held_back",
  outcome: "provider_error",
  code: "breaker_open",
  detail: `${door.provider.name} is left alone for a while, since its last calls failed`,
});

const tooMany = ({ door }: Call, waitMs: number): Called => ({
  kind: "held_back",
  outcome: "over_budget",
  code: "requests_per_minute",
  detail: `requestsPerMinuteMax ${door.requestsPerMinuteMax ?? 0} of ${door.provider.name}: the next call may leave in ${waitMs} ms, which the deadline does not allow`,
});
