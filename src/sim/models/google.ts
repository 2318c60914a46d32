import { contentText, isObject, limits, listAt, objectAt, toolAt } from "./body-parts.ts";
import { frame, pieces, type Asked, type Bill, type JsonObject, type Reply, type Wire } from "./wire.ts";

const generate = /\/models\/([^/]+):(generateContent|streamGenerateContent)$/;

/** POST /v1beta/models/{id}:generateContent as Google speaks it; the model and whether to stream stand in the path. */
export const google: Wire = {
  name: "google",

  read(body, path): Asked | string {
    const found = generate.exec(path);
    if (found === null) return "the path names a model and generateContent or streamGenerateContent";
    const turns = listAt(body, "contents");
    if (turns.length === 0) return "contents is not specified";
    const config = objectAt(body, "generationConfig");
    const schema = config["responseJsonSchema"] ?? config["responseSchema"];
    const mode = objectAt(objectAt(body, "toolConfig"), "functionCallingConfig")["mode"];
    const answered = listAt(turns.at(-1) ?? {}, "parts").some((part) => "functionResponse" in part);
    const thinking = objectAt(config, "thinkingConfig");
    return {
      model: unescaped(found[1] ?? ""),
      system: contentText(objectAt(body, "systemInstruction")["parts"]),
      user: turns.map(({ parts }) => contentText(parts)).join("\n"),
      ...(isObject(schema) ? { schema: { name: "response", json: schema } } : {}),
      tools: answered || mode === "NONE" ? [] : listAt(body, "tools").flatMap((tool) => listAt(tool, "functionDeclarations").map(declared)),
      ...limits(
        config["maxOutputTokens"],
        thinking["thinkingLevel"] ?? (typeof thinking["thinkingBudget"] === "number" ? "high" : undefined),
      ),
      cacheAsked: true,
      stream: found[2] === "streamGenerateContent",
    };
  },

  whole(reply): JsonObject {
    return { ...chunk(reply, parts(reply), finish(reply)), usageMetadata: usage(reply.bill) };
  },

  events(reply): readonly string[] {
    const { said } = reply;
    if (said.kind !== "text") return [frame(this.whole(reply))];
    return [
      ...pieces(said.text).map((text) => frame(chunk(reply, [{ text }]))),
      frame({ ...chunk(reply, [{ text: "" }], finish(reply)), usageMetadata: usage(reply.bill) }),
    ];
  },

  error: (status, message): JsonObject => ({ error: { code: status, message, status: errorNames[status] ?? "UNKNOWN" } }),
};

const declared = (tool: JsonObject): ReturnType<typeof toolAt> =>
  toolAt(tool, "parametersJsonSchema" in tool ? "parametersJsonSchema" : "parameters");

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function chunk({ number, asked: { model } }: Reply, said: readonly JsonObject[], finishReason?: string): JsonObject {
  return {
    responseId: `google-${number}`,
    modelVersion: model,
    candidates: [{ index: 0, content: { role: "model", parts: said }, ...(finishReason === undefined ? {} : { finishReason }) }],
  };
}

function parts({ said }: Reply): readonly JsonObject[] {
  if (said.kind === "refusal") return [];
  if (said.kind === "text") return [{ text: said.text }];
  return [{ functionCall: { name: said.name, args: JSON.parse(said.arguments) as unknown }, thoughtSignature: "c3RhbmQtaW4=" }];
}

/** A refusal is a stop for safety, without a word. */
const finish = ({ said }: Reply): string => (said.kind === "refusal" ? "SAFETY" : said.kind === "text" && said.cut ? "MAX_TOKENS" : "STOP");

/** Thoughts are counted beside the candidates, not within them. */
const usage = ({ tokensIn, tokensCached, tokensOut, tokensReasoning }: Bill): JsonObject => ({
  promptTokenCount: tokensIn,
  cachedContentTokenCount: tokensCached,
  candidatesTokenCount: tokensOut - tokensReasoning,
  thoughtsTokenCount: tokensReasoning,
  totalTokenCount: tokensIn + tokensOut,
});

const errorNames: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  402: "FAILED_PRECONDITION",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  408: "DEADLINE_EXCEEDED",
  409: "ABORTED",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  529: "UNAVAILABLE",
};
