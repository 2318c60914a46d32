import type { ModelAnswer, ModelAttempt, Question } from "../../flow/proposals/question.ts";
import { reAskText } from "../../flow/proposals/re-ask.ts";
import type { Eventually } from "../../ports/eventually.ts";
import type { Asking, Model } from "../../ports/model.ts";
import { msOf } from "../../words/instant.ts";
import { zeroMoney } from "../../words/money.ts";
import { digestOf } from "../digest.ts";
import type { Asked } from "./asked.ts";
import { Attempts } from "./attempts.ts";
import { backoffMs } from "./backoff.ts";
import { costByOf, detailOf, figuresOf, type CallFigures } from "./call-figures.ts";
import type { GatewayParts } from "./gateway-parts.ts";
import { GuardedProvider } from "./guarded-provider.ts";
import { judgeCall } from "./judge-call.ts";
import { isHouse, partsOf } from "./model-name.ts";
import { Notices } from "./notices.ts";
import { planCall } from "./plan-call.ts";
import { wireCall, type Called } from "./wire-call.ts";

type Why = ModelAttempt["why"];
type Tried = Pick<ModelAttempt, "why" | "outcome" | "detail"> & { readonly status?: number } & CallFigures;

/** What one model came to: an answer (`text`, or the refusal that is one), the next model's turn, or nobody's. */
type Ended = { readonly text: string } | "next" | "over";

/**
 * A question comes in; an answer goes out or the kind of its absence, with every attempt, within one deadline and one budget (MOD-1 to
 * MOD-3, MOD-6). The question's own model is asked first, then its role's fallbacks.
 */
export class ModelGateway implements Model {
  readonly #parts: GatewayParts;
  readonly #doors: ReadonlyMap<string, GuardedProvider>;
  readonly #notices: Notices;
  /** Names of questions that are on their way. */
  readonly #underWay = new Set<string>();

  constructor(parts: GatewayParts) {
    this.#notices = new Notices(parts.onNotice);
    this.#parts = { ...parts, onFault: parts.onFault ?? ((text) => this.#notices.say(text)) };
    this.#doors = new Map([...parts.providers].map(([name, door]) => [name, new GuardedProvider(door)]));
    for (const [name, { breaker }] of this.#doors) parts.watch?.watchBreaker(name, () => breaker.state(this.#nowMs()));
  }

  /** The house model answers at once, so that a backtest with it never waits. */
  ask(question: Question, asking: Asking): Eventually<ModelAnswer> {
    if (isHouse(question.model)) return this.#parts.house.ask(question, asking);
    return this.#asked(question, asking);
  }

  async #asked(question: Question, asking: Asking): Promise<ModelAnswer> {
    const policy = this.#parts.roles[question.role];
    const startedMs = this.#nowMs();
    const text = digestOf(JSON.stringify([question.model, question.system, question.user, question.schema.name]));
    const asked: Asked = {
      question,
      asking,
      policy,
      startedMs,
      deadlineMs: startedMs + Math.min(question.deadlineMs, policy.deadlineMs),
      attempts: new Attempts(),
      name: this.#nameOf(`${asking.account}/${asking.correlation}/${question.role}/${text.slice(0, 12)}`),
      calls: 0,
      reAsked: false,
    };
    try {
      const answer = await this.#through(asked);
      this.#parts.watch?.answered(question.role, answer);
      return answer;
    } finally {
      this.#underWay.delete(asked.name);
    }
  }

  /** The same question asked twice at once is two questions, which must not share a reservation. */
  #nameOf(base: string): string {
    let name = base;
    for (let other = 2; this.#underWay.has(name); other++) name = `${base}.${other}`;
    this.#underWay.add(name);
    return name;
  }

  async #through(asked: Asked): Promise<ModelAnswer> {
    const { question, policy, attempts } = asked;
    const models = new Set([question.model, ...policy.fallbacks]);
    let why: Why = "first";
    for (const model of models) {
      const ended = isHouse(model) ? await this.#house(asked, model, why) : await this.#model(asked, model, why);
      if (ended === "over") break;
      if (ended !== "next") return attempts.answered(ended.text, this.#nowMs() - asked.startedMs);
      why = "fallback";
    }
    return attempts.unanswered(this.#nowMs() - asked.startedMs);
  }

  async #house(asked: Asked, model: string, why: Why): Promise<Ended> {
    const answer = await this.#parts.house.ask({ ...asked.question, model }, asked.asking);
    const { tokensIn, tokensOut } = answer;
    const usage = { tokensIn, tokensCached: 0, tokensOut, tokensReasoning: 0 };
    const detail = answer.outcome === "ok" ? "" : answer.detail;
    this.#note(asked, model, { why, outcome: answer.outcome, detail, latencyMs: answer.latencyMs, ...usage, cost: zeroMoney }, "free");
    return answer.outcome === "ok" ? { text: answer.text } : "next";
  }

  async #model(asked: Asked, model: string, first: Why): Promise<Ended> {
    const { question, policy } = asked;
    let [why, user, retries] = [first, question.user, 0];
    for (;;) {
      if (this.#nowMs() >= asked.deadlineMs) return "over";
      const called = await this.#call(asked, model, user);
      const read = Object.hasOwn(this.#parts.readers, question.schema.name) ? this.#parts.readers[question.schema.name] : undefined;
      const judged = judgeCall(called, read, policy.refusalFallsBack);
      this.#note(
        asked,
        model,
        { why, ...judged, detail: detailOf(called, judged.detail), ...figuresOf(called) },
        costByOf(called),
        judged.code,
      );
      switch (judged.step) {
        case "answer":
          return { text: judged.text };
        case "over":
        case "next":
          return judged.step;
        case "re_ask":
          if (asked.reAsked) return "next";
          asked.reAsked = true;
          user = reAskText(question.user, judged.detail);
          why = "re_ask";
          break;
        case "retry": {
          if (retries >= policy.retriesMax) return "next";
          const waitMs = Math.max(judged.retryAfterMs, backoffMs(this.#parts.backoff, retries, this.#parts.random()));
          // A wait that the deadline does not outlast is better spent with another model.
          if (this.#nowMs() + waitMs >= asked.deadlineMs) return "next";
          if (waitMs > 0) await this.#parts.sleep(waitMs, never);
          retries++;
          why = "retry";
          break;
        }
      }
    }
  }

  async #call(asked: Asked, model: string, user: string): Promise<Called> {
    const { provider } = partsOf(model);
    const door = this.#doors.get(provider);
    if (door === undefined)
      return { kind: "held_back", outcome: "provider_error", code: "unknown_provider", detail: `no provider is named ${provider}` };
    return wireCall(planCall(asked, model, user, door, this.#parts, this.#notices), this.#parts);
  }

  #note(asked: Asked, model: string, tried: Tried, costBy: Parameters<Attempts["add"]>[1], code?: string): void {
    const { provider, id } = partsOf(model);
    const { why, outcome, detail, status, latencyMs, tokensIn, tokensCached, tokensOut, tokensReasoning, cost } = tried;
    const figures = { latencyMs, tokensIn, tokensCached, tokensOut, tokensReasoning, cost };
    const attempt = { provider, model: id, why, outcome, detail, ...(status === undefined ? {} : { status }), ...figures };
    asked.attempts.add(attempt, costBy);
    this.#parts.watch?.tried({ role: asked.question.role, attempt, ...(code === undefined ? {} : { code }) });
  }

  #nowMs(): number {
    return msOf(this.#parts.clock.now());
  }
}

const never = new AbortController().signal;
