import type { AiAlert, AiFigures } from "../flow/reports/ai-watch.ts";
import { approximately } from "../words/exact.ts";
import { plus, zeroMoney, type Money } from "../words/money.ts";
import type { Fact, FactOf } from "./fact.ts";

type Answered = { readonly atMs: number; readonly failed: boolean };

const dayMs = 86_400_000;
/** More than any limit on slow cycles asks for. */
const latenciesKept = 128;

/** What the journal says of the models that propose and arbitrate: how quick, how often without an answer, at what cost and with what result. */
export class AiLog {
  #startedMs = Number.NaN;
  #baseline: Money = zeroMoney;
  #equity: Money = zeroMoney;
  #latenciesMs: number[] = [];
  #answers: Answered[] = [];
  #faults = 0;
  #proposedMs = Number.NaN;
  #costDay = Number.NaN;
  #cost: Money = zeroMoney;
  readonly #alerts = new Set<AiAlert>();

  see(fact: Fact, at: Temporal.Instant): void {
    switch (fact.kind) {
      case "opened":
        this.#equity = fact.startCash;
        return this.#start(at.epochMilliseconds);
      case "woke":
        this.#equity = fact.equity;
        return;
      case "cash_moved":
        this.#baseline = plus(this.#baseline, fact.amount);
        return;
      case "cleared":
        return fact.name === "local_only" ? this.#start(at.epochMilliseconds) : undefined;
      case "model_answered":
        return this.#answered(fact, at.epochMilliseconds);
      case "arbitrated":
        if (fact.proposals_ai.length > 0) this.#proposedMs = at.epochMilliseconds;
        this.#faults += fact.arbitrations.filter(({ resolution }) => resolution === "FAULT").length;
        return;
      case "alerted":
        if (fact.began) this.#alerts.add(fact.alarm.alert);
        else this.#alerts.delete(fact.alarm.alert);
        return;
      default:
        return;
    }
  }

  /** A person who clears a rollback begins anew: what led to it must not lead to it again at once. */
  #start(ms: number): void {
    this.#startedMs = ms;
    this.#proposedMs = ms;
    this.#baseline = this.#equity;
    this.#latenciesMs = [];
    this.#answers = [];
    this.#faults = 0;
  }

  #answered({ role, answer }: FactOf<"model_answered">, ms: number): void {
    if (role === "trader") {
      this.#latenciesMs.push(answer.latencyMs);
      if (this.#latenciesMs.length > latenciesKept) this.#latenciesMs.shift();
    }
    this.#answers.push({ atMs: ms, failed: answer.outcome === "timed_out" || answer.outcome === "provider_error" });
    if (this.#answers.length > answersKept) this.#answers.shift();
    const day = Math.floor(ms / dayMs);
    this.#cost = day === this.#costDay ? plus(this.#cost, answer.cost) : answer.cost;
    this.#costDay = day;
  }

  get alerts(): ReadonlySet<AiAlert> {
    return this.#alerts;
  }

  /** As things stand at `now`: answers of the last `windowMs`, or the last `answersMin` of them where those are fewer. */
  figures(now: Temporal.Instant, windowMs: number, answersMin: number, baselineDailyBps: number): AiFigures {
    const nowMs = now.epochMilliseconds;
    const recent = this.#answers.filter(({ atMs }) => atMs > nowMs - windowMs);
    const judged = recent.length < answersMin ? this.#answers.slice(-answersMin) : recent;
    const grown = (1 + baselineDailyBps / 10_000) ** ((nowMs - this.#startedMs) / dayMs);
    const baseline = approximately(this.#baseline) * grown;
    return {
      latenciesMs: this.#latenciesMs,
      answers: judged.length,
      errors: judged.filter(({ failed }) => failed).length,
      faults: this.#faults,
      silentMs: nowMs - this.#proposedMs,
      cost: Math.floor(nowMs / dayMs) === this.#costDay ? this.#cost : zeroMoney,
      againstBaseline: baseline > 0 ? approximately(this.#equity) / baseline - 1 : 0,
    };
  }
}

/** Enough for a call a second over the ten minutes that the requirement looks at. */
const answersKept = 1_024;
