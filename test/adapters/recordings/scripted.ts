import { HouseModel } from "../../../src/adapters/house-model/house-model.ts";
import { portfolioSchema } from "../../../src/flow/proposals/portfolio-schema.ts";
import type { ModelAnswer, ModelAttempt, Question } from "../../../src/flow/proposals/question.ts";
import type { Asking, Model } from "../../../src/ports/model.ts";
import { setImmediate } from "node:timers/promises";
import { accountId, correlationId, deskId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";

export const asking: Asking = { account: accountId("a"), desk: deskId("perps"), correlation: correlationId("c.1") };

export const aQuestion = (of: Partial<Question> = {}): Question => ({
  role: "trader",
  model: "acme/big/model-7:free",
  prompt: "perps.trader@3",
  system: "Decide.",
  user: "TIME now",
  schema: portfolioSchema,
  deadlineMs: 60_000,
  outputTokensMax: 2_000,
  ...of,
});

export const anAttempt = (of: Partial<ModelAttempt> = {}): ModelAttempt => ({
  provider: "acme",
  model: "big/model-7:free",
  why: "first",
  outcome: "ok",
  detail: "",
  status: 200,
  latencyMs: 812.5,
  tokensIn: 900,
  tokensCached: 400,
  tokensOut: 120,
  tokensReasoning: 60,
  cost: money("0.004321"),
  ...of,
});

export const anAnswer = (of: Partial<Extract<ModelAnswer, { outcome: "ok" }>> = {}): ModelAnswer => ({
  outcome: "ok",
  text: '{"decisions":[]}',
  latencyMs: 812.5,
  tokensIn: 900,
  tokensCached: 400,
  tokensOut: 120,
  tokensReasoning: 60,
  cost: money("0.004321"),
  costBy: "provider",
  attempts: [anAttempt()],
  ...of,
});

/** The house's policy behind a wire that has bad days: answers come later, cost money, and every so many fail in one of the ways there are. */
export class ScriptedModel implements Model {
  readonly #house = new HouseModel();
  asked = 0;

  async ask(question: Question): Promise<ModelAnswer> {
    const n = this.asked++;
    await setImmediate();
    const { text } = this.#house.ask(question) as Extract<ModelAnswer, { outcome: "ok" }>;
    const latencyMs = 200 + (n % 7) * 31.25;
    const spent = { cost: money(`0.00${(n % 9) + 1}`), latencyMs, tokensIn: 900 + n, tokensOut: 100 + n, costBy: "provider" as const };
    if (n % 11 === 3) return { detail: "I cannot help with that", outcome: "refused", ...spent };
    if (n % 11 === 5) return { ...spent, outcome: "timed_out", detail: "60000 ms are over" };
    if (n % 11 === 7) return { ...spent, outcome: "malformed", detail: "unknown_key: lots" };
    const attempts =
      n % 4 === 1
        ? [anAttempt({ outcome: "malformed", detail: "missing: rationale" }), anAttempt({ why: "re_ask" })]
        : n % 4 === 2
          ? [anAttempt({ outcome: "provider_error", status: 529, detail: "overloaded" }), anAttempt({ why: "retry" })]
          : [anAttempt()];
    // Fields in another order than the recorder writes them: a replay must not depend on it.
    return { attempts, ...spent, tokensReasoning: n, tokensCached: 1, text, outcome: "ok" };
  }
}
