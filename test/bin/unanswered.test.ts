import { describe, expect, it } from "vitest";
import { Unanswered } from "../../src/bin/unanswered.ts";
import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import type { Asking } from "../../src/ports/model.ts";
import { accountId, correlationId, deskId } from "../../src/words/ids.ts";
import { zeroMoney } from "../../src/words/money.ts";

const spent = { latencyMs: 1, tokensIn: 0, tokensOut: 0, cost: zeroMoney };
const yes: ModelAnswer = { ...spent, outcome: "ok", text: "{}" };
const no = (detail: string): ModelAnswer => ({ ...spent, outcome: "provider_error", detail });
const asking: Asking = { account: accountId("a"), desk: deskId("d"), correlation: correlationId("c") };
const question = (model: string): Question => ({
  role: "trader",
  model,
  prompt: "",
  system: "",
  user: "",
  schema: { name: "portfolio@1", json: {} },
  deadlineMs: 1,
  outputTokensMax: 1,
});

/** Asks `model` once for each answer, at once or after a promise. */
async function lines(answers: readonly (readonly [string, ModelAnswer])[], later: boolean): Promise<readonly string[]> {
  const unanswered = new Unanswered();
  for (const [model, answer] of answers) {
    const heard = unanswered.over({ ask: () => (later ? Promise.resolve(answer) : answer) }).ask(question(model), asking);
    expect(await heard).toBe(answer);
  }
  return unanswered.lines();
}

describe("what models did not answer in a run (MOD-4)", () => {
  it.each([
    ["all was answered", [["p/m", yes]], []],
    [
      "the first reason is the telling one: later ones are often that a provider is left alone",
      [
        ["p/m", yes],
        ["p/m", no("p/m: network: ENOTFOUND")],
        ["p/m", no("p/m: p is left alone for a while")],
      ],
      ["p/m gave no answer to 2 of 3 questions, at first: provider_error, network: ENOTFOUND"],
    ],
    [
      "each model has its own line",
      [
        ["p/m", yes],
        ["q/n", no("key is wrong")],
      ],
      ["q/n gave no answer to 1 of 1 questions, at first: provider_error, key is wrong"],
    ],
  ] as const)("because %s", async (_because, answers, said) => {
    expect(await lines(answers, false)).toEqual(said);
    expect(await lines(answers, true)).toEqual(said);
  });
});
