import type { Basis, Capability, ProviderKind } from "../../ports/known-model.ts";

/** `id` matches the whole id as this kind of provider spells it, dated snapshots included. The first row that matches counts. */
export type ModelRow = Omit<Capability, "known" | "knowledgeCutoff"> & {
  readonly kind: ProviderKind;
  readonly id: RegExp;
  /** Last day of the month where the provider names a month only: later is the careful side for look-ahead. */
  readonly cutoff?: string;
  /** The page that a reader should hold the row against. */
  readonly source: string;
  /** What the row itself rests on: a row is as good as the weakest of its fields. */
  readonly basis: Basis;
};

const anyEffort = ["low", "medium", "high"] as const;
const dated = "(?:-\\d{4}-?\\d{2}-?\\d{2})?";
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})${dated}$`);

/** Over the Responses API, which has no seed. */
const openai = (
  basis: Basis,
  id: string,
  page: string,
  row: Pick<ModelRow, "temperature" | "efforts" | "outputTokensMax">,
  cutoff?: string,
): ModelRow => ({
  kind: "openai",
  id: whole(id),
  seed: false,
  nativeSchema: true,
  ...row,
  ...(cutoff === undefined ? {} : { cutoff }),
  source: `https://developers.openai.com/api/docs/models/${page}`,
  basis,
});
const thinks = { temperature: false, efforts: anyEffort, outputTokensMax: 128_000 };
const plain = (outputTokensMax: number) => ({ temperature: true, efforts: [], outputTokensMax });

/**
 * Anthropic has no seed. From Opus 4.7 on a temperature is answered with a 400. Its overview names the month up to which a model's knowledge
 * is reliable; of 4.5 it also named the later one where the training data end, and that is the one here.
 */
const claude = (
  basis: Basis,
  id: string,
  row: Pick<ModelRow, "temperature" | "nativeSchema" | "efforts" | "outputTokensMax">,
  cutoff?: string,
): ModelRow => ({
  kind: "anthropic",
  id: whole(id),
  seed: false,
  ...row,
  ...(cutoff === undefined ? {} : { cutoff }),
  source: "https://platform.claude.com/docs/en/about-claude/models/overview",
  basis,
});
const adaptive = { temperature: false, nativeSchema: true, efforts: anyEffort, outputTokensMax: 128_000 };

const gemini = (id: string, cutoff?: string): ModelRow => ({
  kind: "google",
  id: whole(id),
  temperature: true,
  seed: true,
  nativeSchema: true,
  efforts: anyEffort,
  outputTokensMax: 65_536,
  ...(cutoff === undefined ? {} : { cutoff }),
  source: "https://ai.google.dev/gemini-api/docs/models",
  basis: "memory",
});

/** Whether xAI's Responses API takes a seed is not said on its pages, so that none is sent. */
const grok = (basis: Basis, id: string, efforts: ModelRow["efforts"], cutoff?: string): ModelRow => ({
  kind: "xai",
  id: new RegExp(`^(?:${id})$`),
  temperature: true,
  seed: false,
  nativeSchema: true,
  efforts,
  outputTokensMax: 30_000,
  ...(cutoff === undefined ? {} : { cutoff }),
  source: "https://docs.x.ai/developers/models",
  basis,
});

/** DeepSeek promises JSON but holds it to no schema. With thinking on, which is the default of V4, a temperature has no effect. */
const deepseek = (basis: Basis, id: string, row: Pick<ModelRow, "temperature" | "efforts" | "outputTokensMax">): ModelRow => ({
  kind: "deepseek",
  id: new RegExp(`^(?:${id})$`),
  seed: false,
  nativeSchema: false,
  ...row,
  source: "https://api-docs.deepseek.com/quick_start/pricing",
  basis,
});

const openrouter = (id: string, row: Pick<ModelRow, "temperature" | "efforts" | "outputTokensMax">, cutoff: string): ModelRow => ({
  kind: "openrouter",
  id: new RegExp(`^${id.replaceAll(".", "\\.")}$`),
  seed: false,
  nativeSchema: true,
  ...row,
  cutoff,
  source: `https://openrouter.ai/${id}`,
  basis: "memory",
});

const [page, copy, memory] = ["provider_page", "third_party_copy", "memory"] as const satisfies readonly Basis[];

export const modelRows: readonly ModelRow[] = [
  openai(page, "gpt-6-sol", "gpt-6-sol", thinks, "2026-04-20"),
  openai(copy, "gpt-6-luna", "gpt-6-luna", thinks, "2026-05-18"),
  openai(page, "gpt-5\\.6-luna", "gpt-5.6-luna", thinks, "2026-02-16"),
  openai(memory, "gpt-5\\.6|gpt-5\\.6-(?:sol|terra)", "gpt-5.6-sol", thinks),
  openai(memory, "gpt-5\\.4|gpt-5\\.2", "gpt-5.4", thinks, "2025-08-31"),
  openai(memory, "gpt-5\\.4-(?:mini|nano)|gpt-5\\.5", "gpt-5.4-mini", thinks),
  openai(memory, "gpt-5|gpt-5\\.1", "gpt-5", thinks, "2024-09-30"),
  openai(page, "gpt-5-(?:mini|nano)", "gpt-5-mini", thinks, "2024-05-31"),
  openai(memory, "gpt-4\\.1|gpt-4\\.1-(?:mini|nano)", "gpt-4.1", plain(32_768), "2024-06-01"),
  openai(copy, "gpt-4o|gpt-4o-mini", "gpt-4o", plain(16_384), "2023-10-01"),
  openai(memory, "o3|o4-mini", "o3", { ...thinks, outputTokensMax: 100_000 }, "2024-06-01"),

  claude(page, "claude-(?:opus|sonnet|haiku)-5-5", adaptive, "2026-06-30"),
  claude(page, "claude-fable-5-1", adaptive, "2026-06-30"),
  claude(memory, "claude-fable-5-2", adaptive, "2026-06-30"),
  claude(page, "claude-opus-5", adaptive, "2026-05-31"),
  claude(page, "claude-sonnet-5|claude-fable-5", adaptive, "2026-01-31"),
  claude(memory, "claude-opus-4-[78]", adaptive),
  claude(memory, "claude-(?:opus|sonnet)-4-6", { ...adaptive, temperature: true }),
  claude(memory, "claude-opus-4-5", { temperature: true, nativeSchema: true, efforts: [], outputTokensMax: 64_000 }),
  claude(
    memory,
    "claude-(?:sonnet|haiku)-4-5",
    { temperature: true, nativeSchema: true, efforts: [], outputTokensMax: 64_000 },
    "2025-07-31",
  ),
  claude(memory, "claude-opus-4-1", { temperature: true, nativeSchema: true, efforts: [], outputTokensMax: 32_000 }),
  claude(memory, "claude-sonnet-4-0|claude-sonnet-4", { temperature: true, nativeSchema: false, efforts: [], outputTokensMax: 64_000 }),
  claude(memory, "claude-opus-4-0|claude-opus-4", { temperature: true, nativeSchema: false, efforts: [], outputTokensMax: 32_000 }),

  gemini("gemini-2\\.5-(?:pro|flash|flash-lite)", "2025-01-31"),
  gemini("gemini-3-(?:pro|flash)-preview|gemini-3\\.1-pro-preview", "2025-01-31"),
  gemini("gemini-3\\.[5-8]-flash"),

  grok(copy, "grok-4\\.3", anyEffort),
  grok(memory, "grok-4|grok-4-0709", [], "2024-11-30"),
  grok(memory, "grok-4(?:-1)?-fast(?:-(?:non-)?reasoning)?|grok-4\\.20(?:-\\d{4})?-(?:non-)?reasoning", []),

  deepseek(page, "deepseek-v4-pro|deepseek-v4-flash|deepseek-flash", { temperature: false, efforts: anyEffort, outputTokensMax: 384_000 }),
  deepseek(memory, "deepseek-chat", { temperature: true, efforts: [], outputTokensMax: 8192 }),
  deepseek(memory, "deepseek-reasoner", { temperature: false, efforts: [], outputTokensMax: 64_000 }),

  openrouter("openai/gpt-5.2", thinks, "2025-08-31"),
  openrouter("anthropic/claude-sonnet-4.5", { temperature: true, efforts: [], outputTokensMax: 64_000 }, "2025-07-31"),
];
