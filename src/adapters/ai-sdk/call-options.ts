import type { ProviderKind } from "../../ports/known-model.ts";
import type { ProviderAsk } from "../../ports/provider.ts";
import { sent, type CallOptions } from "./language-model.ts";

/** OpenAI takes letters, digits, - and _ only, 64 at most, and answers `portfolio@1` with a 400. */
const schemaName = (name: string): string => name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64);

/**
 * One ask as the SDK takes it. The schema goes to the provider as its own mode where it has one (`nativeSchema`), and into the end of the
 * system text where not; the SDK's way out for Anthropic, a forced tool, is not taken since a tool's input comes back parsed and written
 * anew, with duplicate keys dropped and long numbers rounded.
 */
export function callOptions(kind: ProviderKind, ask: ProviderAsk, nativeSchema: boolean, abortSignal: AbortSignal): CallOptions {
  const { temperature, seed } = ask;
  const effort = sent(ask.effort);
  return {
    prompt: [
      {
        role: "system",
        content: nativeSchema ? ask.system : `${ask.system}\n\n${inWords(ask)}`,
        // Anthropic caches a prefix only where it is told to: the system text is the part that stays the same.
        ...(kind === "anthropic" ? { providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } } : {}),
      },
      { role: "user", content: [{ type: "text", text: ask.user }] },
    ],
    ...(nativeSchema
      ? { responseFormat: { type: "json", schema: ask.schema.json, name: schemaName(ask.schema.name) } }
      : kind === "anthropic"
        ? {}
        : { responseFormat: { type: "json" } }),
    maxOutputTokens: ask.outputTokensMax,
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    // Anthropic's effort is set below: the SDK's own mapping may raise max_tokens by a thinking budget, past what was reserved.
    ...(effort === undefined || kind === "anthropic" ? {} : { reasoning: effort }),
    providerOptions: {
      // What a desk asks is not kept at the provider, and a summary of the reasoning is neither read nor paid for.
      openai: { store: false, reasoningSummary: null },
      xai: { store: false },
      anthropic: {
        structuredOutputMode: "outputFormat",
        ...(effort === undefined ? {} : { effort, thinking: { type: "adaptive", display: "omitted" } }),
      },
    },
    abortSignal,
  };
}

const inWords = (ask: ProviderAsk): string =>
  `Answer with one JSON object of this JSON Schema and with nothing else:\n${JSON.stringify(ask.schema.json)}`;
