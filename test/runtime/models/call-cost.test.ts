import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countO200k } from "../../../src/adapters/o200k/count-o200k.ts";
import type { ProviderAsk } from "../../../src/ports/provider.ts";
import { backoffMs } from "../../../src/runtime/models/backoff.ts";
import { chargeOf, costOf, saysUsage, worstCost } from "../../../src/runtime/models/call-cost.ts";
import { promptTokensCounted, promptTokensMax } from "../../../src/runtime/models/prompt-tokens.ts";
import { money, moneyOfUnits } from "../../../src/words/money.ts";

const price = {
  inputPerMTok: money("1.25"),
  cachedInputPerMTok: money("0.125"),
  outputPerMTok: money("10"),
  reasoningPerMTok: money("12"),
  from: "2026-01-01",
  source: "test",
};

describe("what a call costs at list price", () => {
  it.each([
    ["fresh input", { tokensIn: 1_000_000, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 }, "1.25"],
    ["cached input, a part of the input", { tokensIn: 1_000_000, tokensCached: 600_000, tokensOut: 0, tokensReasoning: 0 }, "0.575"],
    ["output with reasoning, a part of it", { tokensIn: 0, tokensCached: 0, tokensOut: 1_000, tokensReasoning: 900 }, "0.0118"],
    [
      "newly cached input, dearer than other input",
      { tokensIn: 1_000_000, tokensCached: 0, tokensCacheWritten: 400_000, tokensOut: 0, tokensReasoning: 0 },
      "1.55",
    ],
    ["nothing", { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 }, "0"],
  ] as const)("%s", (_what, usage, cost) => {
    expect(costOf(usage, { ...price, cacheWritePerMTok: money("2") })).toBe(money(cost));
  });

  it("a reservation takes the dearest that a token in can be: written to the cache where that costs more than input", () => {
    expect(worstCost(1_000_000, 0, price)).toBe(money("1.25"));
    expect(worstCost(1_000_000, 0, { ...price, cacheWritePerMTok: money("1.5625") })).toBe(money("1.5625"));
    expect(worstCost(1_000_000, 0, { ...price, cacheWritePerMTok: money("1") })).toBe(money("1.25"));
  });

  it("newly cached input is as dear as other input where no price is known for it", () => {
    expect(costOf({ tokensIn: 10, tokensCached: 0, tokensCacheWritten: 10, tokensOut: 0, tokensReasoning: 0 }, price)).toBe(
      money("0.0000125"),
    );
  });

  it("is never above the worst case of the same tokens, and never rounded down", () => {
    const units = fc.bigInt(0n, 10n ** 15n).map(moneyOfUnits);
    const prices = fc.record({
      inputPerMTok: units,
      cachedInputPerMTok: units,
      cacheWritePerMTok: units,
      outputPerMTok: units,
      reasoningPerMTok: units,
    });
    const tokens = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(prices, tokens, tokens, fc.double({ min: 0, max: 1, noNaN: true }), (of, tokensIn, tokensOut, part) => {
        const tokensCached = Math.floor(tokensIn * part);
        const tokensCacheWritten = Math.floor((tokensIn - tokensCached) * part);
        const usage = { tokensIn, tokensCached, tokensCacheWritten, tokensOut, tokensReasoning: Math.floor(tokensOut * part) };
        const list = { ...of, from: "2026-01-01", source: "test" };
        const exact =
          BigInt(tokensIn - tokensCached - tokensCacheWritten) * of.inputPerMTok +
          BigInt(tokensCacheWritten) * of.cacheWritePerMTok +
          BigInt(usage.tokensCached) * of.cachedInputPerMTok +
          BigInt(usage.tokensOut - usage.tokensReasoning) * of.outputPerMTok +
          BigInt(usage.tokensReasoning) * of.reasoningPerMTok;
        const cost = costOf(usage, list);
        expect(cost * 1_000_000n - exact).toBeGreaterThanOrEqual(0n);
        expect(cost * 1_000_000n - exact).toBeLessThan(1_000_000n);
        expect(cost).toBeLessThanOrEqual(worstCost(tokensIn, tokensOut, list) ?? -1n);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it("a failure that says what it used is charged with that", () => {
    const usage = { tokensIn: 1_000_000, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 };
    const worst = { cost: money("9"), tokensIn: 1, tokensOut: 1 };
    const failed = { kind: "failed", why: "status", status: 500, retryable: true, detail: "" } as const;
    expect(chargeOf({ ...failed, usage }, worst, price)).toEqual({ cost: money("1.25"), costBy: "prices", usage });
    expect(chargeOf({ ...failed, cost: money("2") }, worst, price)).toMatchObject({ cost: money("2"), costBy: "provider" });
    expect(chargeOf(failed, worst, price)).toMatchObject({ cost: money("9"), costBy: "prices", usage: { tokensIn: 1, tokensOut: 1 } });
  });
});

describe("a price holds up to a length of the prompt (MOD-6)", () => {
  const short = { ...price, promptTokensMax: 1_000 };
  const used = (tokensIn: number) => ({ tokensIn, tokensCached: 0, tokensOut: 1, tokensReasoning: 0 });
  const said = (tokensIn: number) => ({ kind: "text", text: "{}", cut: false, usage: used(tokensIn) }) as const;

  it("beyond it there is no worst case, which is an unknown price", () => {
    expect(worstCost(1_000, 1, short)).toBeDefined();
    expect(worstCost(1_001, 1, short)).toBeUndefined();
  });

  it.each([
    [1_000, undefined, "prices", "by its tokens the prompt was short enough, whatever its bytes were"],
    [1_001, undefined, "free", "without a cap an unknown price counts as none"],
    [1_001, money("9"), "prices", "what was reserved is the least that it costs"],
  ] as const)("%d tokens with the worst case %s are charged by %s, because %s", (tokensIn, cost, costBy, _because) => {
    const spent = chargeOf(said(tokensIn), { cost, tokensIn: 5_000, tokensOut: 1 }, short);
    expect(spent).toMatchObject({ costBy, usage: used(tokensIn) });
    if (cost !== undefined) expect(spent.cost).toBe(cost);
  });
});

describe("a server that does not count (MOD-6)", () => {
  const none = { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 };
  const worst = { cost: money("9"), tokensIn: 7, tokensOut: 3 };
  const silent = { kind: "text", text: "{}", cut: false, usage: none } as const;

  it.each([
    [silent, false, "it says nothing"],
    [{ ...silent, usage: { ...none, tokensIn: 5 } }, false, "words do not come of nothing"],
    [{ ...silent, usage: { ...none, tokensOut: 5 } }, false, "no prompt is empty"],
    [{ ...silent, usage: { ...none, tokensIn: 5 }, text: "" }, true, "no words are no tokens"],
    [{ kind: "refused", detail: "", usage: { ...none, tokensIn: 5 } }, true, "a blocked prompt has no answer"],
  ] as const)("%j: %s, because %s", (reply, says, _because) => {
    expect(saysUsage(reply)).toBe(says);
  });

  it("is charged at the worst case, a model of price zero at nothing, and a figure of its own counts", () => {
    expect(chargeOf(silent, worst, price)).toEqual({ cost: money("9"), costBy: "prices", usage: { ...none, tokensIn: 7, tokensOut: 3 } });
    expect(chargeOf(silent, { ...worst, cost: money("0") }, price)).toEqual({ cost: money("0"), costBy: "free", usage: none });
    expect(chargeOf({ ...silent, cost: money("2") }, worst, price)).toMatchObject({ cost: money("2"), costBy: "provider" });
  });
});

describe("a prompt's tokens, at most", () => {
  const ask = (user: string, model = "alpha"): ProviderAsk => ({
    model,
    system: "",
    user,
    schema: { name: "", json: {} },
    outputTokensMax: 1,
  });
  const [other, openai] = [1_024 + 2, 64 + 2];

  it.each([
    ["openai-compatible", "alpha", "żółw", other + 7],
    ["openai", "gpt-5.2", "hello world", openai + 11],
    ["openrouter", "openai/gpt-5.2", "hello world", openai + 11],
    ["openrouter", "x-ai/grok-4", "hello world", other + 11],
  ])("for any model are the bytes of UTF-8 and what is around: %s %s %s", (kind, model, text, tokens) => {
    expect(promptTokensMax(kind, ask(text, model))).toBe(tokens);
  });

  it.each([
    ["OpenAI's are counted", "openai", "gpt-5.2", "hello world", openai + 2],
    ["and behind a router", "requesty", "openai/gpt-5.2", "hello world", openai + 2],
    ["special tokens as the text that they are", "openai", "gpt-5.2", "<|endoftext|>", openai + 7],
    ["others' are not", "openrouter", "x-ai/grok-4", "hello world", undefined],
    ["nor is a word without end, which would take seconds", "openai", "gpt-5.2", "a".repeat(100_000), undefined],
    ["nor white space without end", "openai", "gpt-5.2", " ".repeat(100_000), undefined],
  ])("%s", async (_what, kind, model, text, tokens) => {
    expect(await promptTokensCounted(kind, ask(text, model), countO200k)).toBe(tokens);
  });

  it("counted are never more than the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
        expect((await promptTokensCounted("openai", ask(text, "gpt-5.2"), countO200k)) ?? 0).toBeLessThanOrEqual(
          promptTokensMax("openai", ask(text, "gpt-5.2")),
        );
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});

describe("waits between retries", () => {
  it.each([
    [0, 0.5, 500],
    [1, 0.5, 1_000],
    [2, 0.999_999, 3_999],
    [9, 0.5, 4_000],
    [3, 0, 0],
    [2_000, 0.5, 4_000],
  ])("retry %d with a draw of %d waits %d ms", (retry, draw, ms) => {
    expect(backoffMs({ firstMs: 1_000, mostMs: 8_000 }, retry, draw)).toBe(ms);
  });
});
