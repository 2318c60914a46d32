import { contentText, isObject, limits, listAt, objectAt, textAt, toolAt } from "./body-parts.ts";
import { openAiError } from "./open-ai-error.ts";
import { createdAt, namedFrame, pieces, type Asked, type Bill, type JsonObject, type Reply, type Wire } from "./wire.ts";

/** POST /v1/responses as OpenAI and xAI speak it. */
export const responses: Wire = {
  name: "responses",

  read(body): Asked | string {
    const model = textAt(body, "model");
    if (model === undefined) return "model is missing";
    const { input } = body;
    if (typeof input !== "string" && !(Array.isArray(input) && input.length > 0)) return "input is a text or a list of at least one";
    const items = typeof input === "string" ? [{ role: "user", content: input }] : listAt(body, "input");
    const isSystem = ({ role }: JsonObject): boolean => role === "system" || role === "developer";
    const textsOf = (of: readonly JsonObject[]): string[] => of.map((item) => contentText(item["content"] ?? item["output"]));
    const format = objectAt(objectAt(body, "text"), "format");
    const mayCall = body["tool_choice"] !== "none" && items.at(-1)?.["type"] !== "function_call_output";
    return {
      model,
      system: [textAt(body, "instructions") ?? [], ...textsOf(items.filter(isSystem))].flat().join("\n"),
      user: textsOf(items.filter((item) => !isSystem(item))).join("\n"),
      ...(isObject(format["schema"]) ? { schema: { name: textAt(format, "name") ?? "response", json: format["schema"] } } : {}),
      tools: mayCall
        ? listAt(body, "tools")
            .filter(({ type }) => type === "function")
            .map((tool) => toolAt(tool, "parameters"))
        : [],
      ...limits(body["max_output_tokens"], objectAt(body, "reasoning")["effort"]),
      cacheAsked: true,
      stream: body["stream"] === true,
    };
  },

  whole: (reply) => response(reply, isCut(reply) ? "incomplete" : "completed", [item(reply)]),

  events(reply): readonly string[] {
    const { number, said } = reply;
    const started = response(reply, "in_progress", []);
    const done = item(reply);
    const at = { item_id: done["id"], output_index: 0, content_index: 0 };
    const [kind, key] = said.kind === "refusal" ? (["refusal", "refusal"] as const) : (["output_text", "text"] as const);
    const emptyPart = { type: kind, [key]: "", ...(kind === "refusal" ? {} : { annotations: [] }) };
    const middle =
      said.kind === "tool"
        ? [
            { type: "response.function_call_arguments.delta", ...at, delta: said.arguments },
            { type: "response.function_call_arguments.done", ...at, arguments: said.arguments },
          ]
        : [
            { type: "response.content_part.added", ...at, part: emptyPart },
            ...pieces(said.text).map((delta) => ({
              type: `response.${kind}.delta`,
              ...at,
              delta,
              ...(kind === "refusal" ? {} : { logprobs: [] }),
            })),
            { type: `response.${kind}.done`, ...at, [key]: said.text },
            { type: "response.content_part.done", ...at, part: { ...emptyPart, [key]: said.text } },
          ];
    const blank =
      said.kind === "tool" ? { ...done, arguments: "", status: "in_progress" } : { ...message(number, []), status: "in_progress" };
    const end = isCut(reply) ? "response.incomplete" : "response.completed";
    return [
      { type: "response.created", response: started },
      { type: "response.in_progress", response: started },
      { type: "response.output_item.added", output_index: 0, item: blank },
      ...middle,
      { type: "response.output_item.done", output_index: 0, item: done },
      { type: end, response: this.whole(reply) },
    ].map((event, sequence_number) => namedFrame({ ...event, sequence_number }));
  },

  error: openAiError,
};

const isCut = ({ said }: Reply): boolean => said.kind === "text" && said.cut;

function response({ number, asked, bill }: Reply, status: string, output: readonly JsonObject[]): JsonObject {
  return {
    id: `resp_${number}`,
    object: "response",
    created_at: createdAt,
    status,
    error: null,
    incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
    model: asked.model,
    output,
    ...(status === "in_progress" ? {} : { usage: usage(bill, asked.model) }),
  };
}

const message = (number: number, content: readonly JsonObject[]): JsonObject => ({
  type: "message",
  id: `msg_${number}`,
  role: "assistant",
  status: "completed",
  content,
});

function item({ number, said }: Reply): JsonObject {
  switch (said.kind) {
    case "text":
      return message(number, [{ type: "output_text", text: said.text, annotations: [], logprobs: [] }]);
    case "refusal":
      return message(number, [{ type: "refusal", refusal: said.text }]);
    case "tool":
      return {
        type: "function_call",
        id: `fc_${number}`,
        call_id: `call_${number}`,
        name: said.name,
        arguments: said.arguments,
        status: "completed",
      };
  }
}

/** OpenAI sends no cost here; OpenRouter sends `cost`, and xAI whole ticks of 10^-10 dollars. */
function usage({ tokensIn, tokensCached, tokensOut, tokensReasoning, costUsd }: Bill, model: string): JsonObject {
  return {
    input_tokens: tokensIn,
    input_tokens_details: { cached_tokens: tokensCached },
    output_tokens: tokensOut,
    output_tokens_details: { reasoning_tokens: tokensReasoning },
    total_tokens: tokensIn + tokensOut,
    ...(costUsd === undefined ? {} : { cost: costUsd }),
    ...(costUsd === undefined || !model.startsWith("grok") ? {} : { cost_in_usd_ticks: Math.round(costUsd * 1e10) }),
  };
}
