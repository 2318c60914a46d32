import type { Price, ProviderKind } from "../../ports/known-model.ts";
import { money } from "../../words/money.ts";

export type PriceRow = Price & { readonly kind: ProviderKind; readonly ids: readonly string[] };

type Dollars = {
  readonly input: string;
  /** Absent where no source tells of it: what is read from the cache then counts as input, which is never too little. */
  readonly cached?: string;
  readonly cacheWrite?: string;
  readonly output: string;
  readonly promptTokensMax?: number;
};

const row =
  (kind: ProviderKind, basis: NonNullable<Price["basis"]>, source: string) =>
  (from: string, ids: readonly string[], { input, cached = input, cacheWrite, output, promptTokensMax }: Dollars): PriceRow => ({
    kind,
    ids,
    inputPerMTok: money(input),
    cachedInputPerMTok: money(cached),
    ...(cacheWrite === undefined ? {} : { cacheWritePerMTok: money(cacheWrite) }),
    outputPerMTok: money(output),
    // All of these providers bill reasoning as output.
    reasoningPerMTok: money(output),
    ...(promptTokensMax === undefined ? {} : { promptTokensMax }),
    from,
    source,
    basis,
  });

const openaiPage = (id: string) => row("openai", "provider_page", `https://developers.openai.com/api/docs/models/${id}`);
const openaiCopy = (source: string) => row("openai", "third_party_copy", source);
const claudePage = (page = "about-claude/pricing") => row("anthropic", "provider_page", `https://platform.claude.com/docs/en/${page}`);
const claudeCopy = row("anthropic", "third_party_copy", "https://github.com/kurofune/claudit/releases/tag/v1.9.2");
const geminiCopy = row("google", "third_party_copy", "https://geotoolbox.ai/blog/gemini-api-pricing");
const grokPage = row("xai", "provider_page", "https://docs.x.ai/docs/models");
const deepseekPage = row("deepseek", "provider_page", "https://api-docs.deepseek.com/quick_start/pricing");
const gpt54Copy = openaiCopy("https://github.com/api-evangelist/openai/blob/main/plans/openai-plans-pricing.yml");

/**
 * List prices in USD for a million tokens: standard processing, text, paid tier. `provider_page` was read in a stored copy of the provider's
 * own page, `third_party_copy` at the source that the row names; what is only remembered has no row, and the configuration can say it.
 * `from` is the day of the change where a source tells it, else a day on which the price was read; before it nothing is known.
 */
export const priceRows: readonly PriceRow[] = [
  openaiPage("gpt-6-sol")("2026-09-22", ["gpt-6-sol"], {
    input: "2",
    cached: "0.20",
    cacheWrite: "2.50",
    output: "10",
    promptTokensMax: 272_000,
  }),
  openaiCopy("https://github.com/merefield/codexometer/releases/tag/v0.18.4")("2026-09-22", ["gpt-6-luna"], {
    input: "0.10",
    cached: "0.01",
    cacheWrite: "0.125",
    output: "0.50",
    promptTokensMax: 272_000,
  }),
  openaiPage("gpt-5.6-luna")("2026-07-30", ["gpt-5.6-luna"], {
    input: "0.20",
    cached: "0.02",
    cacheWrite: "0.25",
    output: "1.20",
    promptTokensMax: 272_000,
  }),
  // Sources differ on 270,000 or 272,000, and the copy is silent: the lower is the careful one.
  gpt54Copy("2026-05-04", ["gpt-5.4", "gpt-5.4-2026-03-05"], { input: "2.50", cached: "0.25", output: "15", promptTokensMax: 270_000 }),
  gpt54Copy("2026-05-04", ["gpt-5.4-mini", "gpt-5.4-mini-2026-03-17"], {
    input: "0.75",
    cached: "0.075",
    output: "4.50",
    promptTokensMax: 270_000,
  }),
  gpt54Copy("2026-05-04", ["gpt-5.4-nano", "gpt-5.4-nano-2026-03-17"], {
    input: "0.20",
    cached: "0.02",
    output: "1.25",
    promptTokensMax: 270_000,
  }),
  openaiCopy("https://github.com/github/docs/blob/main/data/tables/copilot/models-and-pricing.yml")(
    "2026-11-21",
    ["gpt-5.2", "gpt-5.2-2025-12-11"],
    { input: "1.75", cached: "0.175", output: "14" },
  ),
  openaiPage("gpt-5-mini")("2026-11-21", ["gpt-5-mini", "gpt-5-mini-2025-08-07"], { input: "0.25", cached: "0.025", output: "2" }),
  openaiPage("gpt-5-nano")("2026-11-21", ["gpt-5-nano", "gpt-5-nano-2025-08-07"], { input: "0.05", cached: "0.005", output: "0.40" }),
  openaiCopy("https://www.helicone.ai/model/gpt-4.1")("2026-11-21", ["gpt-4.1", "gpt-4.1-2025-04-14"], {
    input: "2",
    cached: "0.50",
    output: "8",
  }),

  claudePage("models/opus-5-5/overview")("2026-09-22", ["claude-opus-5-5"], { input: "4", cached: "0.20", cacheWrite: "5", output: "20" }),
  claudeCopy("2026-10-07", ["claude-sonnet-5-5"], { input: "2", cached: "0.10", cacheWrite: "2.50", output: "10" }),
  claudeCopy("2026-10-07", ["claude-haiku-5-5"], {
    input: "0.10",
    cached: "0.01",
    cacheWrite: "0.125",
    output: "0.50",
    promptTokensMax: 100_000,
  }),
  claudePage()("2026-07-24", ["claude-opus-5"], { input: "5", cached: "0.50", cacheWrite: "6.25", output: "25" }),
  claudePage("models/sonnet-5/overview")("2026-06-30", ["claude-sonnet-5"], {
    input: "2",
    cached: "0.20",
    cacheWrite: "2.50",
    output: "10",
  }),
  claudePage()("2026-11-21", ["claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6", "claude-opus-4-5", "claude-opus-4-5-20251101"], {
    input: "5",
    cached: "0.50",
    cacheWrite: "6.25",
    output: "25",
  }),
  claudePage()("2026-11-21", ["claude-sonnet-4-6", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929"], {
    input: "3",
    cached: "0.30",
    cacheWrite: "3.75",
    output: "15",
  }),
  claudePage()("2026-11-21", ["claude-haiku-4-5", "claude-haiku-4-5-20251001"], {
    input: "1",
    cached: "0.10",
    cacheWrite: "1.25",
    output: "5",
  }),

  geminiCopy("2026-07-31", ["gemini-2.5-pro"], { input: "1.25", output: "10", promptTokensMax: 200_000 }),
  geminiCopy("2026-07-31", ["gemini-2.5-flash"], { input: "0.30", output: "2.50" }),
  geminiCopy("2026-07-31", ["gemini-2.5-flash-lite"], { input: "0.10", output: "0.40" }),
  geminiCopy("2026-07-31", ["gemini-3.1-pro-preview"], { input: "2", output: "12", promptTokensMax: 200_000 }),
  geminiCopy("2026-07-31", ["gemini-3.5-flash"], { input: "1.50", output: "9" }),

  // xAI says the cost of each call itself: this serves what is reserved before it.
  grokPage("2026-11-21", ["grok-4.3"], { input: "1.25", cached: "0.20", output: "2.50", promptTokensMax: 200_000 }),

  // DeepSeek bills by the hour of the day: these are the dearer hours, so that nothing is reserved or booked too low.
  deepseekPage("2026-09-10", ["deepseek-flash"], { input: "0.30", cached: "0.006", output: "1.20" }),
  deepseekPage("2026-09-10", ["deepseek-v4-pro"], { input: "1.32", cached: "0.044", output: "3.96" }),
];
