import type { Price, ProviderKind } from "../../ports/known-model.ts";
import { money } from "../../words/money.ts";

export type PriceRow = Price & { readonly kind: ProviderKind; readonly ids: readonly string[] };

type More = { readonly cacheWrite?: string; readonly promptTokensMax?: number };

const row =
  (kind: ProviderKind, source: string) =>
  (from: string, ids: readonly string[], input: string, cached: string, output: string, more: More = {}): PriceRow => ({
    kind,
    ids,
    inputPerMTok: money(input),
    cachedInputPerMTok: money(cached),
    ...(more.cacheWrite === undefined ? {} : { cacheWritePerMTok: money(more.cacheWrite) }),
    outputPerMTok: money(output),
    // All of these providers bill reasoning as output.
    reasoningPerMTok: money(output),
    ...(more.promptTokensMax === undefined ? {} : { promptTokensMax: more.promptTokensMax }),
    from,
    source,
  });

const openai = row("openai", "https://developers.openai.com/api/docs/pricing");
const claude = row("anthropic", "https://platform.claude.com/docs/en/about-claude/pricing");
const gemini = row("google", "https://ai.google.dev/gemini-api/docs/pricing");
const grok = row("xai", "https://docs.x.ai/developers/models");
const deepseek = row("deepseek", "https://api-docs.deepseek.com/quick_start/pricing");

/**
 * List prices in USD for a million tokens: standard processing, text, paid tier. `from` is the day of the change where the provider names
 * it, else a day on which the price was read; before it nothing is known. A model whose price is not certain has no row, and the
 * configuration can say one.
 */
export const priceRows: readonly PriceRow[] = [
  openai("2026-09-22", ["gpt-6-sol"], "2", "0.20", "10", { cacheWrite: "2.50", promptTokensMax: 272_000 }),
  openai("2026-09-22", ["gpt-6-luna"], "0.10", "0.01", "0.50", { cacheWrite: "0.125", promptTokensMax: 272_000 }),
  openai("2026-11-21", ["gpt-5.6-luna"], "0.20", "0.02", "1.20", { cacheWrite: "0.25", promptTokensMax: 272_000 }),
  openai("2026-03-05", ["gpt-5.4", "gpt-5.4-2026-03-05"], "2.50", "0.25", "15", { promptTokensMax: 270_000 }),
  openai("2026-03-17", ["gpt-5.4-mini", "gpt-5.4-mini-2026-03-17"], "0.75", "0.075", "4.50", { promptTokensMax: 270_000 }),
  openai("2026-03-17", ["gpt-5.4-nano", "gpt-5.4-nano-2026-03-17"], "0.20", "0.02", "1.25", { promptTokensMax: 270_000 }),
  openai("2025-12-11", ["gpt-5.2", "gpt-5.2-2025-12-11"], "1.75", "0.175", "14"),
  openai("2025-11-13", ["gpt-5.1", "gpt-5.1-2025-11-13"], "1.25", "0.125", "10"),
  openai("2025-08-07", ["gpt-5", "gpt-5-2025-08-07"], "1.25", "0.125", "10"),
  openai("2025-08-07", ["gpt-5-mini", "gpt-5-mini-2025-08-07"], "0.25", "0.025", "2"),
  openai("2025-08-07", ["gpt-5-nano", "gpt-5-nano-2025-08-07"], "0.05", "0.005", "0.40"),
  openai("2025-04-14", ["gpt-4.1", "gpt-4.1-2025-04-14"], "2", "0.50", "8"),
  openai("2025-04-14", ["gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"], "0.40", "0.10", "1.60"),
  openai("2025-04-14", ["gpt-4.1-nano", "gpt-4.1-nano-2025-04-14"], "0.10", "0.025", "0.40"),
  openai("2024-10-02", ["gpt-4o", "gpt-4o-2024-08-06"], "2.50", "1.25", "10"),
  openai("2024-10-02", ["gpt-4o-mini", "gpt-4o-mini-2024-07-18"], "0.15", "0.075", "0.60"),
  openai("2025-06-10", ["o3", "o3-2025-04-16"], "2", "0.50", "8"),
  openai("2025-04-16", ["o4-mini", "o4-mini-2025-04-16"], "1.10", "0.275", "4.40"),

  claude("2026-10-10", ["claude-opus-5-5"], "4", "0.20", "20", { cacheWrite: "5" }),
  claude("2026-10-07", ["claude-sonnet-5-5"], "2", "0.10", "10", { cacheWrite: "2.50" }),
  claude("2026-10-07", ["claude-haiku-5-5"], "0.10", "0.01", "0.50", { cacheWrite: "0.125", promptTokensMax: 100_000 }),
  claude("2026-07-24", ["claude-opus-5"], "5", "0.50", "25", { cacheWrite: "6.25" }),
  claude("2026-10-10", ["claude-sonnet-5"], "2", "0.20", "10", { cacheWrite: "2.50" }),
  claude("2026-10-10", ["claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6"], "5", "0.50", "25", { cacheWrite: "6.25" }),
  claude("2025-11-24", ["claude-opus-4-5", "claude-opus-4-5-20251101"], "5", "0.50", "25", { cacheWrite: "6.25" }),
  claude("2025-09-29", ["claude-sonnet-4-5", "claude-sonnet-4-5-20250929"], "3", "0.30", "15", { cacheWrite: "3.75" }),
  claude("2026-10-10", ["claude-sonnet-4-6"], "3", "0.30", "15", { cacheWrite: "3.75" }),
  claude("2025-10-15", ["claude-haiku-4-5", "claude-haiku-4-5-20251001"], "1", "0.10", "5", { cacheWrite: "1.25" }),
  claude("2025-08-05", ["claude-opus-4-1", "claude-opus-4-1-20250805"], "15", "1.50", "75", { cacheWrite: "18.75" }),

  gemini("2026-01-08", ["gemini-2.5-pro"], "1.25", "0.125", "10", { promptTokensMax: 200_000 }),
  gemini("2026-01-08", ["gemini-2.5-flash"], "0.30", "0.03", "2.50"),
  gemini("2026-01-08", ["gemini-2.5-flash-lite"], "0.10", "0.01", "0.40"),
  gemini("2025-12-17", ["gemini-3-flash-preview"], "0.50", "0.05", "3"),
  gemini("2025-11-18", ["gemini-3-pro-preview"], "2", "0.20", "12", { promptTokensMax: 200_000 }),
  gemini("2026-05-20", ["gemini-3.5-flash"], "1.50", "0.15", "9"),

  // xAI says the cost of each call itself: these serve what is reserved before it.
  grok("2026-05-03", ["grok-4.3"], "1.25", "0.20", "2.50", { promptTokensMax: 200_000 }),
  grok("2025-07-09", ["grok-4", "grok-4-0709"], "3", "0.75", "15", { promptTokensMax: 128_000 }),
  grok("2025-11-19", ["grok-4-1-fast-reasoning", "grok-4-1-fast-non-reasoning"], "0.20", "0.05", "0.50", { promptTokensMax: 128_000 }),

  // DeepSeek bills by the hour of the day: these are the dearer hours, so that nothing is reserved or booked too low.
  deepseek("2026-10-27", ["deepseek-flash"], "0.30", "0.006", "1.20"),
  deepseek("2026-10-27", ["deepseek-v4-pro"], "1.32", "0.044", "3.96"),

  row("openrouter", "https://openrouter.ai/openai/gpt-5.2")("2025-12-11", ["openai/gpt-5.2"], "1.75", "0.175", "14"),
  row("openrouter", "https://openrouter.ai/anthropic/claude-sonnet-4.5")("2025-09-29", ["anthropic/claude-sonnet-4.5"], "3", "0.30", "15", {
    cacheWrite: "3.75",
    promptTokensMax: 200_000,
  }),
];
