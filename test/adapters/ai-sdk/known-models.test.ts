import { describe, expect, it } from "vitest";
import { capabilityOf, priceOf } from "../../../src/adapters/ai-sdk/known-models.ts";
import { modelRows } from "../../../src/adapters/ai-sdk/model-rows.ts";
import { priceRows } from "../../../src/adapters/ai-sdk/price-rows.ts";
import { money } from "../../../src/words/money.ts";

const day = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

describe("what is known of models", () => {
  it.each([
    ["openai", "gpt-5.2", false, false, true, "it reasons, and refuses a temperature"],
    ["openai", "gpt-5.2-2025-12-11", false, false, true, "a dated snapshot is the same model"],
    ["openai", "gpt-4o", true, false, true, "it does not reason; the Responses API has no seed"],
    ["anthropic", "claude-sonnet-4-5", true, false, true, "Anthropic has no seed"],
    ["anthropic", "claude-opus-4-7", false, false, true, "from Opus 4.7 on a temperature is refused"],
    ["anthropic", "claude-sonnet-4-0", true, false, false, "native schemas came later"],
    ["google", "gemini-2.5-flash", true, true, true, "it takes all of them"],
    ["xai", "grok-4", true, false, true, "a seed is not documented"],
    ["deepseek", "deepseek-chat", true, false, false, "it promises JSON and holds to no schema"],
  ] as const)(
    "OPT-4 %s %s: temperature %s, seed %s, native schema %s, because %s",
    (kind, model, temperature, seed, nativeSchema, _because) => {
      expect(capabilityOf(kind, model)).toMatchObject({ known: true, temperature, seed, nativeSchema });
    },
  );

  it.each([
    ["openai", "gpt-99", false, false, true],
    ["openai", "gpt-5.2x", false, false, true],
    // The same model at two gateways has two names, and neither is made from the other.
    ["openai", "openai/gpt-5.2", false, false, true],
    ["openrouter", "gpt-5.2", false, false, true],
    ["requesty", "anthropic/claude-sonnet-4.5", false, false, true],
    ["deepseek", "deepseek-v9", false, false, false],
    ["openai-compatible", "qwen3:32b", true, true, true],
  ] as const)("an unknown model says so and gets careful defaults: %s %s", (kind, model, temperature, seed, nativeSchema) => {
    expect(capabilityOf(kind, model)).toEqual({ known: false, temperature, seed, nativeSchema, efforts: [], outputTokensMax: 4096 });
    expect(priceOf(kind, model, "2026-11-21")).toBeUndefined();
  });

  it.each([
    ["gpt-6-sol", "2026-04-20", "https://developers.openai.com/api/docs/models/gpt-6-sol (read there)"],
    ["gpt-6-luna", "2026-05-18", "https://developers.openai.com/api/docs/models/gpt-6-luna (as others repeat it)"],
    ["gpt-5.2", "2025-08-31", "https://developers.openai.com/api/docs/models/gpt-5.4 (from memory: check it there)"],
  ])("the cutoff of %s comes with its source and what it rests on", (model, date, source) => {
    expect(capabilityOf("openai", model).knowledgeCutoff).toEqual({ date, source });
  });
});

describe("what models cost", () => {
  it.each([
    ["openai", "gpt-6-sol", "2026-09-21", undefined, "before its first day nothing is known"],
    ["openai", "gpt-6-sol", "2026-09-22", "2", "its page says so"],
    ["anthropic", "claude-opus-5", "2026-11-21", "5", "it holds until a newer row"],
    ["openai", "gpt-5.1", "2026-11-21", undefined, "what is only remembered is no price"],
    ["openrouter", "openai/gpt-6-sol", "2026-11-21", undefined, "a router's prices are its own"],
  ] as const)("MOD-6 %s %s on %s: %s a million tokens in, because %s", (kind, model, on, input, _because) => {
    expect(priceOf(kind, model, on)?.inputPerMTok).toBe(input === undefined ? undefined : money(input));
  });

  it("each row has a day, a source, what it rests on, and prices that can be: cached at most input, written to the cache above it, output above both", () => {
    for (const row of priceRows) {
      expect(row.from).toMatch(day);
      expect(row.source).toMatch(/^https:\/\//);
      expect(["provider_page", "third_party_copy"]).toContain(row.basis);
      const ofProvider = /^https:\/\/(?:developers\.openai\.com|platform\.claude\.com|docs\.x\.ai|api-docs\.deepseek\.com)\//.test(
        row.source,
      );
      expect(ofProvider, row.source).toBe(row.basis === "provider_page");
      expect(row.cachedInputPerMTok > 0n && row.cachedInputPerMTok <= row.inputPerMTok, row.ids.join()).toBe(true);
      expect(row.outputPerMTok > row.inputPerMTok, row.ids.join()).toBe(true);
      expect((row.cacheWritePerMTok ?? row.inputPerMTok) >= row.inputPerMTok).toBe(true);
    }
  });

  it("no model has two prices from the same day, and each that has a price has a capability", () => {
    const named = priceRows.flatMap((row) => row.ids.map((id) => `${row.kind} ${id} ${row.from}`));
    expect(new Set(named).size).toBe(named.length);
    const unknown = priceRows.flatMap((row) => row.ids.filter((id) => !capabilityOf(row.kind, id).known));
    expect(unknown).toEqual([]);
  });

  it("each capability has a page, and its cutoff is a day", () => {
    for (const row of modelRows) {
      expect(row.cutoff ?? "2026-01-01").toMatch(day);
      expect(row.source).toMatch(/^https:\/\//);
    }
  });
});
