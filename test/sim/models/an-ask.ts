import { createAnthropic } from "@ai-sdk/anthropic";
import { createDeepSeek } from "@ai-sdk/deepseek";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { createXai } from "@ai-sdk/xai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { generateText, jsonSchema, Output, streamText, type LanguageModel } from "ai";
import { z } from "zod";

export const decision = z.object({ action: z.enum(["buy", "hold"]), confidence: z.number(), why: z.string(), stop: z.number().nullable() });

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/** Every client that the desk has, pointed at one server. */
export const clients: Readonly<Record<string, (url: string, id?: string, key?: string) => LanguageModel>> = {
  "openai responses": (url, id = "gpt-5.2", apiKey = "k") => createOpenAI({ apiKey, baseURL: `${url}/v1` }).responses(id),
  "openai chat": (url, id = "gpt-4.1", apiKey = "k") => createOpenAI({ apiKey, baseURL: `${url}/v1` }).chat(id),
  anthropic: (url, id = "claude-sonnet-4-5", apiKey = "k") => createAnthropic({ apiKey, baseURL: `${url}/v1` })(id),
  "anthropic by tool": (url, id = "claude-3-haiku-20240307", apiKey = "k") => createAnthropic({ apiKey, baseURL: `${url}/v1` })(id),
  compatible: (url, id = "openai/gpt-5.2", apiKey = "k") =>
    createOpenAICompatible({ name: "requesty", apiKey, baseURL: `${url}/v1`, supportsStructuredOutputs: true, includeUsage: true })(id),
  openrouter: (url, id = "openai/gpt-5.2", apiKey = "k") => createOpenRouter({ apiKey, baseURL: `${url}/v1` })(id),
  google: (url, id = "gemini-3-pro", apiKey = "k") => createGoogle({ apiKey, baseURL: `${url}/v1beta` })(id),
  xai: (url, id = "grok-4", apiKey = "k") => createXai({ apiKey, baseURL: `${url}/v1` })(id),
  deepseek: (url, id = "deepseek-chat", apiKey = "k") => createDeepSeek({ apiKey, baseURL: `${url}/v1` })(id),
};

const words = { instructions: "You are the trader.", prompt: "What now?", maxRetries: 0 } as const;
type More = {
  readonly system?: string;
  readonly headers?: Record<string, string>;
  readonly abortSignal?: AbortSignal;
  readonly maxOutputTokens?: number;
};

const asked = (model: LanguageModel, { system, ...more }: More) => ({
  ...words,
  ...(system === undefined ? {} : { instructions: system }),
  ...more,
  model,
});

/** One question for a decision, asked once. */
export const ask = (model: LanguageModel, more: More = {}) =>
  generateText({ ...asked(model, more), output: Output.object({ schema: decision, name: "decision" }) });
export const askStreaming = (model: LanguageModel, more: More = {}) =>
  streamText({ ...asked(model, more), output: Output.object({ schema: decision, name: "decision" }), onError: () => undefined });
/** The same for an answer of any shape. */
export const askFor = (model: LanguageModel, schema: object, more: More = {}) =>
  generateText({ ...asked(model, more), output: Output.object({ schema: jsonSchema(schema) }) });
/** The plain text of the answer, whatever it is. */
export const askPlainly = (model: LanguageModel, more: More = {}) => generateText(asked(model, more));
