import type { Capability, ProviderKind } from "../../ports/known-model.ts";

/** `id` matches the whole id as this kind of provider spells it, dated snapshots included. The first row that matches counts. */
export type ModelRow = Omit<Capability, "known" | "knowledgeCutoff"> & {
  readonly kind: ProviderKind;
  readonly id: RegExp;
  /** Last day of the month where the provider names a month only: later is the careful side for look-ahead. */
  readonly cutoff?: string;
  readonly source: string;
  /** Day on which the source and the SDK's own catalogue of that day were read. */
  readonly read: string;
};

const read = "2026-11-21";
const anyEffort = ["low", "medium", "high"] as const;
const dated = "(?:-\\d{4}-?\\d{2}-?\\d{2})?";
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})${dated}$`);

/** Over the Responses API, which has no seed. */
const openai = (
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
  read,
});
const thinks = { temperature: false, efforts: anyEffort, outputTokensMax: 128_000 };
const plain = (outputTokensMax: number) => ({ temperature: true, efforts: [], outputTokensMax });

/**
 * Anthropic has no seed. From Opus 4.7 on a temperature is answered with a 400. Its overview names the month up to which a model's knowledge
 * is reliable; of 4.5 it also named the later one where the training data end, and that is the one here.
 */
const claude = (
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
  read,
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
  read,
});

/** Whether xAI's Responses API takes a seed is not said on its pages, so that none is sent. */
const grok = (id: string, efforts: ModelRow["efforts"], cutoff?: string): ModelRow => ({
  kind: "xai",
  id: new RegExp(`^(?:${id})$`),
  temperature: true,
  seed: false,
  nativeSchema: true,
  efforts,
  outputTokensMax: 30_000,
  ...(cutoff === undefined ? {} : { cutoff }),
  source: "https://docs.x.ai/developers/models",
  read,
});

/** DeepSeek promises JSON but holds it to no schema. With thinking on, which is the default of V4, a temperature has no effect. */
const deepseek = (id: string, row: Pick<ModelRow, "temperature" | "efforts" | "outputTokensMax">): ModelRow => ({
  kind: "deepseek",
  id: new RegExp(`^(?:${id})$`),
  seed: false,
  nativeSchema: false,
  ...row,
  source: "https://api-docs.deepseek.com/quick_start/pricing",
  read,
});

const openrouter = (id: string, row: Pick<ModelRow, "temperature" | "efforts" | "outputTokensMax">, cutoff: string): ModelRow => ({
  kind: "openrouter",
  id: new RegExp(`^${id.replaceAll(".", "\\.")}$`),
  seed: false,
  nativeSchema: true,
  ...row,
  cutoff,
  source: `https://openrouter.ai/${id}`,
  read,
});

export const modelRows: readonly ModelRow[] = [
  openai("gpt-6-sol|gpt-6-luna", "gpt-6-sol", thinks),
  openai("gpt-5\\.6-luna", "gpt-5.6-luna", thinks, "2026-02-16"),
  openai("gpt-5\\.6|gpt-5\\.6-(?:sol|terra)", "gpt-5.6-sol", thinks),
  openai("gpt-5\\.4|gpt-5\\.2", "gpt-5.4", thinks, "2025-08-31"),
  openai("gpt-5\\.4-(?:mini|nano)|gpt-5\\.5", "gpt-5.4-mini", thinks),
  openai("gpt-5|gpt-5\\.1", "gpt-5", thinks, "2024-09-30"),
  openai("gpt-5-(?:mini|nano)", "gpt-5-mini", thinks, "2024-05-31"),
  openai("gpt-4\\.1|gpt-4\\.1-(?:mini|nano)", "gpt-4.1", plain(32_768), "2024-06-01"),
  openai("gpt-4o|gpt-4o-mini", "gpt-4o", plain(16_384), "2023-10-01"),
  openai("o3|o4-mini", "o3", { ...thinks, outputTokensMax: 100_000 }, "2024-06-01"),

  claude("claude-(?:opus|sonnet|haiku)-5-5", adaptive, "2026-06-30"),
  claude("claude-fable-5-[12]", adaptive, "2026-06-30"),
  claude("claude-opus-5", adaptive, "2026-05-31"),
  claude("claude-sonnet-5|claude-fable-5", adaptive, "2026-01-31"),
  claude("claude-opus-4-[78]", adaptive),
  claude("claude-(?:opus|sonnet)-4-6", { ...adaptive, temperature: true }),
  claude("claude-opus-4-5", { temperature: true, nativeSchema: true, efforts: [], outputTokensMax: 64_000 }),
  claude("claude-(?:sonnet|haiku)-4-5", { temperature: true, nativeSchema: true, efforts: [], outputTokensMax: 64_000 }, "2025-07-31"),
  claude("claude-opus-4-1", { temperature: true, nativeSchema: true, efforts: [], outputTokensMax: 32_000 }),
  claude("claude-sonnet-4-0|claude-sonnet-4", { temperature: true, nativeSchema: false, efforts: [], outputTokensMax: 64_000 }),
  claude("claude-opus-4-0|claude-opus-4", { temperature: true, nativeSchema: false, efforts: [], outputTokensMax: 32_000 }),

  gemini("gemini-2\\.5-(?:pro|flash|flash-lite)", "2025-01-31"),
  gemini("gemini-3-(?:pro|flash)-preview|gemini-3\\.1-pro-preview", "2025-01-31"),
  gemini("gemini-3\\.[5-8]-flash"),

  grok("grok-4\\.3", anyEffort),
  grok("grok-4|grok-4-0709", [], "2024-11-30"),
  grok("grok-4(?:-1)?-fast(?:-(?:non-)?reasoning)?|grok-4\\.20(?:-\\d{4})?-(?:non-)?reasoning", []),

  deepseek("deepseek-v4-pro|deepseek-v4-flash|deepseek-flash", { temperature: false, efforts: anyEffort, outputTokensMax: 384_000 }),
  deepseek("deepseek-chat", { temperature: true, efforts: [], outputTokensMax: 8192 }),
  deepseek("deepseek-reasoner", { temperature: false, efforts: [], outputTokensMax: 64_000 }),

  openrouter("openai/gpt-5.2", thinks, "2025-08-31"),
  openrouter("anthropic/claude-sonnet-4.5", { temperature: true, efforts: [], outputTokensMax: 64_000 }, "2025-07-31"),
];
