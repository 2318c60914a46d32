import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import type { Price } from "../../../src/ports/known-model.ts";
import { Billing } from "../../../src/sim/models/billing.ts";
import { countOf, cutToTokens } from "../../../src/sim/models/token-count.ts";
import type { Asked } from "../../../src/sim/models/wire.ts";
import { money } from "../../../src/words/money.ts";

const price: Price = {
  inputPerMTok: money("2"),
  cachedInputPerMTok: money("0.5"),
  outputPerMTok: money("8"),
  reasoningPerMTok: money("16"),
  from: "2026-01-01",
  source: "made up",
};
const words = (count: number, word = "rails"): string => Array.from({ length: count }, () => word).join(" ");
const asking = (user: string, more: Partial<Asked> = {}): Asked => ({
  model: "m",
  system: "",
  user,
  tools: [],
  cacheAsked: true,
  stream: false,
  ...more,
});
const hold = { kind: "text", text: "hold", cut: false } as const;

describe("the bill of a stand-in", () => {
  it("counts as the tokenizer does", () => {
    const bill = new Billing(undefined, 1_024).bill(asking("What now?", { system: "You are the trader." }), "m", hold);
    expect(bill).toEqual({ tokensIn: countTokens("You are the trader.\nWhat now?"), tokensCached: 0, tokensOut: 1, tokensReasoning: 0 });
  });

  it("costs what tokens of each kind cost", () => {
    const billing = new Billing(price, 1_024);
    billing.bill(asking(words(2_000)), "m", hold);
    const { tokensIn, tokensCached, tokensOut, tokensReasoning, costUsd } = billing.bill(
      asking(words(2_000), { effort: "low" }),
      "m",
      hold,
    );
    expect([tokensCached, tokensReasoning, tokensOut]).toEqual([1_920, 64, 65]);
    expect(costUsd).toBeCloseTo(((tokensIn - 1_920) * 2 + 1_920 * 0.5 + 1 * 8 + 64 * 16) / 1e6, 12);
  });

  it.each`
    before          | then                                   | more                     | cached   | because
    ${words(2_000)} | ${words(2_000)}                        | ${{}}                    | ${1_920} | ${"the same comes from the cache, in steps of 128"}
    ${words(2_000)} | ${`${words(1_500)} ${words(9, "no")}`} | ${{}}                    | ${1_408} | ${"so does the part before the first difference"}
    ${words(2_000)} | ${`no ${words(2_000)}`}                | ${{}}                    | ${0}     | ${"a difference at the start leaves no prefix"}
    ${words(900)}   | ${words(900)}                          | ${{}}                    | ${0}     | ${"a cache keeps nothing so short"}
    ${words(2_000)} | ${words(2_000)}                        | ${{ cacheAsked: false }} | ${0}     | ${"nobody asked for it"}
  `("has $cached cached since $because", ({ before, then, more, cached }) => {
    const billing = new Billing(undefined, 1_024);
    billing.bill(asking(before as string), "m", hold);
    expect(billing.bill(asking(then as string, more as Partial<Asked>), "m", hold).tokensCached).toBe(cached);
  });

  it("shares no cache between models", () => {
    const billing = new Billing(undefined, 1_024);
    billing.bill(asking(words(2_000)), "m", hold);
    expect(billing.bill(asking(words(2_000)), "other", hold).tokensCached).toBe(0);
  });

  it("counts one endless word nearly right and soon, where the tokenizer itself takes half a minute", () => {
    const exact = countTokens("a".repeat(4_000));
    expect(Math.abs(countOf("a".repeat(4_000)) - exact)).toBeLessThan(exact * 0.05);
    expect(countOf("a".repeat(300_000))).toBeGreaterThan(30_000);
    expect(countOf("a".repeat(5_000_000))).toBe(1_250_000);
  });

  it("takes the spelling of a control token for text", () => {
    expect(countOf("<|endoftext|>")).toBeGreaterThan(1);
  });

  it("cuts to so many tokens, and leaves alone what has no more", () => {
    const text = words(50);
    expect(cutToTokens(text, 50)).toBeUndefined();
    expect(cutToTokens(text, 10)).toBe(words(10));
    expect(cutToTokens("a".repeat(1_000_000), 7)).toHaveLength(28);
  });
});
