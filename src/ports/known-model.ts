import type { Money } from "../words/money.ts";
import type { Effort } from "./provider.ts";

/** Whose wire is spoken. `openai-compatible` is any other server of chat completions: Ollama, vLLM, LM Studio, a gateway. */
export type ProviderKind = "openai" | "anthropic" | "google" | "xai" | "deepseek" | "openrouter" | "requesty" | "openai-compatible";

/** What one model takes and can do. An unknown model answers with what every server takes, and `known: false`. */
export type Capability = {
  readonly known: boolean;
  /** Whether a temperature may be sent; models that reason refuse the call when it is. */
  readonly temperature: boolean;
  readonly seed: boolean;
  /** Whether the provider constrains the answer to a JSON schema itself. */
  readonly nativeSchema: boolean;
  /** Efforts that may be sent; empty where the model has no such knob. */
  readonly efforts: readonly Effort[];
  readonly outputTokensMax: number;
  readonly knowledgeCutoff?: { readonly date: string; readonly source: string };
};

/** How a fact came into a table: from the provider's own page (or a stored copy of that page), from somebody who repeats it, or from memory. */
export type Basis = "provider_page" | "third_party_copy" | "memory";

/** List prices in US dollars for a million tokens, as they stood from the day `from` on. */
export type Price = {
  readonly inputPerMTok: Money;
  readonly cachedInputPerMTok: Money;
  /** Tokens that the provider writes to its prompt cache, where they cost more than input: a reservation takes the higher of the two. */
  readonly cacheWritePerMTok?: Money;
  readonly outputPerMTok: Money;
  readonly reasoningPerMTok: Money;
  /** Longer prompts are billed at another price, which is not known here. */
  readonly promptTokensMax?: number;
  /** Day in UTC, `2026-01-31`. */
  readonly from: string;
  readonly source: string;
  /** Absent where the user says the price. What is only remembered is no price at all. */
  readonly basis?: Exclude<Basis, "memory">;
};
