import type { ProviderKind } from "../../ports/known-model.ts";

export type ProviderSettings = {
  readonly name: string;
  readonly kind: ProviderKind;
  /** Absent: where the kind usually is; `openai-compatible` has no such place. */
  readonly baseUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Models of which the configuration knows better than our table whether the provider holds them to a JSON schema. */
  readonly nativeSchema?: Readonly<Record<string, boolean>>;
  /** The key itself, never the name of its variable. */
  readonly key?: string;
};

/**
 * Always said to the SDK, which would otherwise take a base URL from the environment (`ANTHROPIC_BASE_URL` and the like): whoever can set
 * a variable would then be sent the key.
 */
export const usualBaseUrl = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com/v1",
  google: "https://generativelanguage.googleapis.com/v1beta",
  xai: "https://api.x.ai/v1",
  deepseek: "https://api.deepseek.com",
  openrouter: "https://openrouter.ai/api/v1",
  requesty: "https://router.requesty.ai/v1",
  "openai-compatible": undefined,
} as const satisfies Record<ProviderKind, string | undefined>;
