import type { ProviderKind } from "../../../src/ports/known-model.ts";
import type { Json } from "./wire-server.ts";

export type Ending = "stop" | "cut" | "refused";

/** One provider's wire, as far as a test needs it. */
export type Wire = {
  readonly kind: ProviderKind;
  readonly model: string;
  readonly basePath: string;
  readonly path: string;
  readonly key: string | undefined;
  /** A whole answer of 120 tokens in, 100 of them cached, and 50 out, 30 of them reasoning where the wire tells. */
  answer(text: string, ending: Ending): unknown;
  /** Where the request holds what was asked. */
  readonly at: {
    tokensMax(body: Json): number;
    schema(body: Json): unknown;
    system(body: Json): string;
    user(body: Json): string;
    effort(body: Json): unknown;
    temperature(body: Json): unknown;
  };
  /** Tokens of reasoning that the wire can say. */
  readonly reasoning: number;
  error(message: string): unknown;
};

const chatUsage = {
  prompt_tokens: 120,
  completion_tokens: 50,
  total_tokens: 170,
  prompt_tokens_details: { cached_tokens: 100 },
  completion_tokens_details: { reasoning_tokens: 30 },
};
const partsText = (content: unknown): string =>
  typeof content === "string" ? content : (content as { text: string }[]).map(({ text }) => text).join("");
const roleText = (messages: { role: string; content: unknown }[], roles: string[]): string =>
  messages
    .filter(({ role }) => roles.includes(role))
    .map(({ content }) => partsText(content))
    .join("\n");

function chat(kind: ProviderKind, model: string, basePath: string, more: Partial<Wire> = {}): Wire {
  return {
    kind,
    model,
    basePath,
    path: `${basePath}/chat/completions`,
    key: "sk-loopback-0123456789abcdef",
    reasoning: 30,
    answer: (text, ending) => ({
      id: "a",
      object: "chat.completion",
      created: 1,
      model,
      choices: [
        {
          index: 0,
          message: ending === "refused" ? { role: "assistant", content: null, refusal: text } : { role: "assistant", content: text },
          finish_reason: ending === "cut" ? "length" : "stop",
        },
      ],
      usage: chatUsage,
    }),
    at: {
      tokensMax: (body) => body.max_tokens ?? body.max_completion_tokens,
      schema: (body) => body.response_format?.json_schema?.schema,
      system: (body) => roleText(body.messages, ["system", "developer"]),
      user: (body) => roleText(body.messages, ["user"]),
      effort: (body) => body.reasoning_effort ?? body.reasoning?.effort,
      temperature: (body) => body.temperature,
    },
    error: (message) => ({ error: { message, type: "some_error", code: "some_code" } }),
    ...more,
  };
}

function responses(kind: ProviderKind, model: string): Wire {
  return chat(kind, model, "/v1", {
    path: "/v1/responses",
    answer: (text, ending) => ({
      id: "r",
      object: "response",
      created_at: 1,
      status: ending === "cut" ? "incomplete" : "completed",
      error: null,
      incomplete_details: ending === "cut" ? { reason: "max_output_tokens" } : null,
      model,
      output: [
        {
          type: "message",
          id: "m",
          role: "assistant",
          status: "completed",
          content: [ending === "refused" ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [] }],
        },
      ],
      usage: {
        input_tokens: 120,
        input_tokens_details: { cached_tokens: 100 },
        output_tokens: 50,
        output_tokens_details: { reasoning_tokens: 30 },
        total_tokens: 170,
      },
    }),
    at: {
      tokensMax: (body) => body.max_output_tokens,
      schema: (body) => body.text?.format?.schema,
      system: (body) => roleText(body.input, ["system", "developer"]),
      user: (body) => roleText(body.input, ["user"]),
      effort: (body) => body.reasoning?.effort,
      temperature: (body) => body.temperature,
    },
  });
}

const anthropic: Wire = {
  kind: "anthropic",
  model: "claude-opus-4-8",
  basePath: "/v1",
  path: "/v1/messages",
  key: "sk-ant-loopback-0123456789abcdef",
  reasoning: 30,
  answer: (text, ending) => ({
    id: "m",
    type: "message",
    role: "assistant",
    model: "claude-opus-4-8",
    content: [{ type: "text", text }],
    stop_reason: { stop: "end_turn", cut: "max_tokens", refused: "refusal" }[ending],
    stop_sequence: null,
    usage: {
      input_tokens: 20,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 100,
      output_tokens: 50,
      output_tokens_details: { thinking_tokens: 30 },
    },
  }),
  at: {
    tokensMax: (body) => body.max_tokens,
    schema: (body) => body.output_config?.format?.schema,
    system: (body) => partsText(body.system),
    user: (body) => roleText(body.messages, ["user"]),
    effort: (body) => body.output_config?.effort,
    temperature: (body) => body.temperature,
  },
  error: (message) => ({ type: "error", error: { type: "some_error", message } }),
};

const google: Wire = {
  kind: "google",
  model: "gemini-2.5-flash",
  basePath: "/v1beta",
  path: "/v1beta/models/gemini-2.5-flash:generateContent",
  key: "AIza-loopback-0123456789abcdef",
  reasoning: 30,
  answer: (text, ending) => ({
    candidates: [
      {
        content: { role: "model", parts: [{ text }] },
        finishReason: { stop: "STOP", cut: "MAX_TOKENS", refused: "SAFETY" }[ending],
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: 120,
      cachedContentTokenCount: 100,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 30,
      totalTokenCount: 170,
    },
  }),
  at: {
    tokensMax: (body) => body.generationConfig.maxOutputTokens,
    schema: (body) => body.generationConfig.responseJsonSchema,
    system: (body) => partsText(body.systemInstruction.parts),
    user: (body) => partsText(body.contents[0].parts),
    effort: (body) => body.generationConfig.thinkingConfig,
    temperature: (body) => body.generationConfig.temperature,
  },
  error: (message) => ({ error: { code: 400, message, status: "SOME_ERROR" } }),
};

export const wires: readonly Wire[] = [
  responses("openai", "gpt-5.2"),
  anthropic,
  google,
  responses("xai", "grok-4.3"),
  chat("deepseek", "deepseek-v4-pro", "", {
    answer: (text, ending) => ({
      id: "a",
      object: "chat.completion",
      created: 1,
      model: "deepseek-v4-pro",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: text },
          finish_reason: { stop: "stop", cut: "length", refused: "content_filter" }[ending],
        },
      ],
      usage: { ...chatUsage, prompt_cache_hit_tokens: 100, prompt_cache_miss_tokens: 20 },
    }),
  }),
  chat("openrouter", "openai/gpt-5.2", "/api/v1"),
  chat("requesty", "anthropic/claude-sonnet-4-5", "/v1"),
  chat("openai-compatible", "qwen3:32b", "/v1", { key: undefined }),
];
