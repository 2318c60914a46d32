import { createAnthropic } from "@ai-sdk/anthropic";
import { createDeepSeek } from "@ai-sdk/deepseek";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { createXai } from "@ai-sdk/xai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import type { Effort } from "../../ports/provider.ts";
import { present } from "../../words/invariant.ts";
import { usualBaseUrl, type ProviderSettings } from "./provider-settings.ts";

type OpenAiModel = ReturnType<ReturnType<typeof createOpenAI>["responses"]>;
export type CallOptions = Parameters<OpenAiModel["doGenerate"]>[0];
export type Generated = Awaited<ReturnType<OpenAiModel["doGenerate"]>>;
export type LanguageModel = { doGenerate(options: CallOptions): PromiseLike<Generated> };

/** The SDK's model for one ask, over the `fetch` of that ask. Making it costs microseconds and opens nothing. */
export function languageModel(
  settings: ProviderSettings,
  id: string,
  effort: Effort | undefined,
  fetch: typeof globalThis.fetch,
): LanguageModel {
  const { kind, key, headers = {} } = settings;
  const baseURL = present(settings.baseUrl ?? usualBaseUrl[kind], `a provider of kind ${kind} has a baseUrl`);
  const common = { baseURL, headers: { ...headers }, fetch };
  const keyed = { ...common, apiKey: key ?? "" };
  switch (kind) {
    case "openai":
      return createOpenAI(keyed).responses(id);
    case "anthropic":
      return createAnthropic(keyed).languageModel(id);
    case "google":
      return createGoogle(keyed).languageModel(id);
    case "xai":
      return createXai(keyed).responses(id);
    case "deepseek":
      return createDeepSeek(keyed).languageModel(id);
    case "openrouter":
      return createOpenRouter({
        ...keyed,
        extraBody: {
          // Without it a request may go to an upstream that ignores the schema.
          provider: { require_parameters: true },
          // This package ignores the SDK's own `reasoning`.
          ...(sent(effort) === undefined ? {} : { reasoning: { effort, exclude: true } }),
        },
      }).chat(id);
    case "requesty":
    case "openai-compatible":
      return createOpenAICompatible({
        ...common,
        name: "countersign",
        ...(key === undefined ? {} : { apiKey: key }),
        // Without it the answer is only asked to be JSON, and the schema is not sent at all.
        supportsStructuredOutputs: true,
      }).chatModel(id);
  }
}

/** `none` is the absence of the parameter: not every model that reasons can be told not to. */
export const sent = (effort: Effort | undefined): Exclude<Effort, "none"> | undefined => (effort === "none" ? undefined : effort);
