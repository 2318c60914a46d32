import { malformedReplies } from "./malformed.ts";

const statuses = {
  400: "the request is refused as wrong",
  401: "the key is refused",
  402: "no credit is left",
  403: "the request is forbidden",
  404: "no such model",
  408: "the provider gave up waiting",
  409: "a conflict with another request",
  413: "the request is too large",
  429: "too many requests; with a duration also Retry-After",
  500: "the provider broke",
  502: "a gateway broke",
  503: "not available; with a duration also Retry-After",
  529: "overloaded, as Anthropic says it; with a duration also Retry-After",
} as const;

const others = {
  latency: "waits before it answers: latency:300ms, or lognormal around a median: latency:300ms:sigma=0.6",
  slow: "pauses before each piece of the answer: slow:20ms",
  stall: "never answers",
  "stall-body": "sends half of the answer and then nothing more",
  "hang-up": "ends the connection without an answer",
  reset: "resets the connection in the middle of the answer",
  html: "status 200 with a page of HTML",
  "empty-body": "status 200 with nothing",
  "half-body": "status 200 with half of the JSON, properly ended",
  "error-200": "status 200 with an error as its body, as OpenRouter does",
  "wrong-envelope": "status 200 with JSON of no wire's shape",
  refusal: "the model refuses, in the form that each wire has for it",
  truncated: "half of the answer, ended by the token limit",
  "wrong-fields": "an answer whose fields have other names",
  malformed: "one of the sixty malformed answers, by dice",
  hostile: "an answer of the model that wants to do harm",
} as const;

/** Every kind by its name, with what it does. */
export const faultKinds: ReadonlyMap<string, string> = new Map([
  ...Object.entries(statuses),
  ...Object.entries(others),
  ...malformedReplies.map(({ name, what }) => [name, `answers with ${what}`] as const),
]);

/** The status that a kind is, for those that are one. */
export const statusOf = (kind: string): number | undefined => statusNumbers.find((status) => String(status) === kind);
export const statusText = (status: number): string => faultKinds.get(String(status)) ?? "it failed";
const statusNumbers = [
  400, 401, 402, 403, 404, 408, 409, 413, 429, 500, 502, 503, 529,
] as const satisfies readonly (keyof typeof statuses)[];
