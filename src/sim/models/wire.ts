export type JsonObject = { readonly [key: string]: unknown };

export type Tool = { readonly name: string; readonly schema: JsonObject };

/** What a request asks, whatever wire it came on. */
export type Asked = {
  /** As it was spelled, a fault after `#` included. */
  readonly model: string;
  readonly system: string;
  /** Every other message in order, tool results included. */
  readonly user: string;
  /** The shape that the answer shall have, where one was sent. */
  readonly schema?: { readonly name: string; readonly json: JsonObject };
  /** Tools that may be called now; empty once a tool has answered. */
  readonly tools: readonly Tool[];
  /** Name of the tool whose arguments are the answer, as the Anthropic wire asks older models for JSON. */
  readonly answerTool?: string;
  readonly outputTokensMax?: number;
  readonly effort?: string;
  /** Whether the request marks a prefix to be cached; only the Anthropic wire asks for that. */
  readonly cacheAsked: boolean;
  readonly stream: boolean;
};

/** What the model says; `cut` when it ended at the token limit. */
export type Said =
  | { readonly kind: "text"; readonly text: string; readonly cut: boolean }
  | { readonly kind: "tool"; readonly name: string; readonly arguments: string }
  | { readonly kind: "refusal"; readonly text: string };

/** As billed: `tokensIn` includes the cached ones, `tokensOut` the reasoning. `costUsd` is a decimal for a wire, not an amount to reckon with. */
export type Bill = {
  readonly tokensIn: number;
  readonly tokensCached: number;
  readonly tokensOut: number;
  readonly tokensReasoning: number;
  readonly costUsd?: number;
};

export type Reply = { readonly number: number; readonly asked: Asked; readonly said: Said; readonly bill: Bill };

/** One provider's way to be asked and to answer, as its own clients speak it. */
export type Wire = {
  readonly name: "chat_completions" | "responses" | "messages" | "google";
  /** The question in a body, or what is missing in it. */
  read(body: JsonObject, path: string): Asked | string;
  whole(reply: Reply): JsonObject;
  /** The same reply as server-sent events, each a complete frame. */
  events(reply: Reply): readonly string[];
  error(status: number, message: string): JsonObject;
};

/** What every reply claims as its time, so that the same question gets the same bytes: 2026-01-01T00:00:00Z. */
export const createdAt = 1_767_225_600;

export const frame = (data: JsonObject): string => `data: ${JSON.stringify(data)}\n\n`;
export const namedFrame = (data: JsonObject & { readonly type: string }): string => `event: ${data.type}\n${frame(data)}`;

/** A text in pieces as a stream brings it: about twenty, whatever its length. */
export function pieces(text: string): readonly string[] {
  const size = Math.max(8, Math.ceil(text.length / 20));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
}
