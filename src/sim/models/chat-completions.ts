import { contentText, isObject, limits, listAt, objectAt, textAt, toolAt } from "./body-parts.ts";
import { openAiError } from "./open-ai-error.ts";
import { createdAt, frame, pieces, type Asked, type Bill, type JsonObject, type Reply, type Wire } from "./wire.ts";

/** POST /v1/chat/completions as OpenAI, OpenRouter, Requesty, DeepSeek and local servers speak it. */
export const chatCompletions: Wire = {
  name: "chat_completions",

  read(body): Asked | string {
    const model = textAt(body, "model");
    if (model === undefined) return "model is missing";
    if (!Array.isArray(body["messages"]) || body["messages"].length === 0) return "messages is a list of at least one";
    const messages = listAt(body, "messages");
    const isSystem = ({ role }: JsonObject): boolean => role === "system" || role === "developer";
    const textsOf = (of: readonly JsonObject[]): string[] => of.map(({ content }) => contentText(content));
    const system = textsOf(messages.filter(isSystem));
    const mayCall = body["tool_choice"] !== "none" && messages.at(-1)?.["role"] !== "tool";
    const schema = schemaOf(objectAt(body, "response_format"), system);
    return {
      model,
      system: system.join("\n"),
      user: textsOf(messages.filter((message) => !isSystem(message))).join("\n"),
      ...(schema === undefined ? {} : { schema }),
      tools: mayCall ? listAt(body, "tools").map((tool) => toolAt(objectAt(tool, "function"), "parameters")) : [],
      ...limits(
        body["max_completion_tokens"] ?? body["max_tokens"],
        textAt(body, "reasoning_effort") ?? objectAt(body, "reasoning")["effort"],
      ),
      cacheAsked: true,
      stream: body["stream"] === true,
    };
  },

  whole({ number, asked: { model }, said, bill }): JsonObject {
    const message =
      said.kind === "text"
        ? { content: said.text, refusal: null }
        : said.kind === "refusal"
          ? { content: null, refusal: said.text }
          : { content: null, refusal: null, tool_calls: [call(number, said)] };
    return {
      ...head(number, model, "chat.completion"),
      choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finish(said), logprobs: null }],
      usage: usage(bill),
    };
  },

  events({ number, asked: { model }, said, bill }): readonly string[] {
    const chunk = (choices: readonly JsonObject[], more: JsonObject = {}): string =>
      frame({ ...head(number, model, "chat.completion.chunk"), choices, ...more });
    const delta = (what: JsonObject): string => chunk([{ index: 0, delta: what, finish_reason: null }]);
    const deltas =
      said.kind === "tool"
        ? [delta({ tool_calls: [{ index: 0, ...call(number, said) }] })]
        : pieces(said.text).map((piece) => delta(said.kind === "text" ? { content: piece } : { refusal: piece }));
    return [
      delta({ role: "assistant", content: said.kind === "text" ? "" : null }),
      ...deltas,
      chunk([{ index: 0, delta: {}, finish_reason: finish(said) }]),
      chunk([], { usage: usage(bill) }),
      "data: [DONE]\n\n",
    ];
  },

  error: openAiError,
};

const head = (number: number, model: string, object: string): JsonObject => ({
  id: `chatcmpl-${number}`,
  object,
  created: createdAt,
  model,
  system_fingerprint: "fp_stand_in",
});

const call = (number: number, said: Extract<Reply["said"], { kind: "tool" }>): JsonObject => ({
  id: `call_${number}`,
  type: "function",
  function: { name: said.name, arguments: said.arguments },
});

const finish = (said: Reply["said"]): string =>
  said.kind === "tool" ? "tool_calls" : said.kind === "text" && said.cut ? "length" : "stop";

/** `cost` and its details as OpenRouter and Requesty send them; `prompt_cache_hit_tokens` is DeepSeek's word for the cached ones. */
function usage({ tokensIn, tokensCached, tokensOut, tokensReasoning, costUsd }: Bill): JsonObject {
  return {
    prompt_tokens: tokensIn,
    completion_tokens: tokensOut,
    total_tokens: tokensIn + tokensOut,
    prompt_tokens_details: { cached_tokens: tokensCached, caching_tokens: 0, cache_write_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: tokensReasoning },
    prompt_cache_hit_tokens: tokensCached,
    prompt_cache_miss_tokens: tokensIn - tokensCached,
    ...(costUsd === undefined ? {} : { cost: costUsd, is_byok: false, cost_details: { upstream_inference_cost: costUsd } }),
  };
}

/** Providers without a native schema put it into the system text and ask for any JSON object. */
function schemaOf(format: JsonObject, system: readonly string[]): Asked["schema"] {
  const { name, schema } = objectAt(format, "json_schema");
  if (isObject(schema)) return { name: typeof name === "string" ? name : "response", json: schema };
  if (format["type"] !== "json_object") return undefined;
  for (const text of system) {
    const found = schemaIn(text);
    if (found !== undefined) return { name: "response", json: found };
  }
  return undefined;
}

function schemaIn(text: string): JsonObject | undefined {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (from < 0 || to < from) return undefined;
  try {
    const read: unknown = JSON.parse(text.slice(from, to + 1));
    return isObject(read) && ("properties" in read || "type" in read) ? read : undefined;
  } catch {
    return undefined;
  }
}
