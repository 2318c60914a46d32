import { contentText, isObject, limits, listAt, objectAt, textAt, toolAt } from "./body-parts.ts";
import { namedFrame, pieces, type Asked, type Bill, type JsonObject, type Reply, type Wire } from "./wire.ts";

/** POST /v1/messages as Anthropic speaks it. Its usage has no cost; OpenRouter's does not either on this wire. */
export const messages: Wire = {
  name: "messages",

  read(body): Asked | string {
    const model = textAt(body, "model");
    if (model === undefined) return "model: Field required";
    if (typeof body["max_tokens"] !== "number") return "max_tokens: Field required";
    const turns = listAt(body, "messages");
    if (turns.length === 0) return "messages: at least one message is required";
    const { schema } = objectAt(objectAt(body, "output_config"), "format");
    const choice = objectAt(body, "tool_choice");
    const offered = listAt(body, "tools").map((tool) => toolAt(tool, "input_schema"));
    const answerTool = offered.find(({ name }) => name === "json" && (choice["type"] === "any" || choice["name"] === "json"));
    const answered = listAt(turns.at(-1) ?? {}, "content").some(({ type }) => type === "tool_result");
    return {
      model,
      system: contentText(body["system"]),
      user: turns.map(({ content }) => contentText(content)).join("\n"),
      ...(isObject(schema) ? { schema: { name: "response", json: schema } } : {}),
      ...(answerTool === undefined ? {} : { schema: { name: "json", json: answerTool.schema }, answerTool: "json" }),
      tools: answered || choice["type"] === "none" ? [] : offered.filter((tool) => tool !== answerTool),
      ...limits(body["max_tokens"], objectAt(body, "output_config")["effort"] ?? (isThinking(body) ? "high" : undefined)),
      cacheAsked: JSON.stringify(body).includes('"cache_control"'),
      stream: body["stream"] === true,
    };
  },

  whole(reply): JsonObject {
    return { ...head(reply), content: blocks(reply).map(({ block }) => block), stop_reason: stopReason(reply), usage: usage(reply.bill) };
  },

  events(reply): readonly string[] {
    const opening = { ...head(reply), content: [], stop_reason: null, usage: { ...usage(reply.bill), output_tokens: 1 } };
    return [
      { type: "message_start", message: opening },
      { type: "ping" },
      ...blocks(reply).flatMap(({ empty, deltas }, index) => [
        { type: "content_block_start", index, content_block: empty },
        ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
        { type: "content_block_stop", index },
      ]),
      {
        type: "message_delta",
        delta: { stop_reason: stopReason(reply), stop_sequence: null },
        usage: { output_tokens: reply.bill.tokensOut },
      },
      { type: "message_stop" },
    ].map(namedFrame);
  },

  error: (status, message): JsonObject => ({ type: "error", error: { type: errorType(status), message } }),
};

const isThinking = (body: JsonObject): boolean => ["enabled", "adaptive"].includes(textAt(objectAt(body, "thinking"), "type") ?? "");

const head = ({ number, asked: { model } }: Reply): JsonObject => ({
  id: `msg_${number}`,
  type: "message",
  role: "assistant",
  model,
  stop_sequence: null,
});

type Block = { readonly block: JsonObject; readonly empty: JsonObject; readonly deltas: readonly JsonObject[] };

/** A refusal has no words of its own on this wire: what was said before it may stand, the stop reason tells. */
function blocks({ number, asked: { answerTool }, said }: Reply): readonly Block[] {
  if (said.kind === "refusal") return [];
  if (said.kind === "tool") return [toolUse(number, said.name, said.arguments)];
  if (answerTool !== undefined) return [toolUse(number, answerTool, said.text)];
  return [
    {
      block: { type: "text", text: said.text },
      empty: { type: "text", text: "" },
      deltas: pieces(said.text).map((text) => ({ type: "text_delta", text })),
    },
  ];
}

function toolUse(number: number, name: string, text: string): Block {
  const block = { type: "tool_use", id: `toolu_${number}`, name, input: parsed(text) };
  return {
    block,
    empty: { ...block, input: {} },
    deltas: pieces(text).map((partial_json) => ({ type: "input_json_delta", partial_json })),
  };
}

/** Where arguments are no JSON the whole form cannot carry them but as a text; a stream carries them letter by letter. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function stopReason({ asked, said }: Reply): string {
  if (said.kind === "refusal") return "refusal";
  if (said.kind === "tool") return "tool_use";
  return said.cut ? "max_tokens" : asked.answerTool === undefined ? "end_turn" : "tool_use";
}

/** `input_tokens` are only those that no cache had, unlike on the other wires. */
const usage = ({ tokensIn, tokensCached, tokensOut }: Bill): JsonObject => ({
  input_tokens: tokensIn - tokensCached,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: tokensCached,
  output_tokens: tokensOut,
});

const errorTypes: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  408: "timeout_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};
const errorType = (status: number): string => errorTypes[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
