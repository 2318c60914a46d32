import type { JsonObject } from "./wire.ts";

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "insufficient_quota",
  403: "permission_error",
  404: "not_found_error",
  408: "timeout_error",
  409: "conflict_error",
  429: "rate_limit_error",
};

/** The error body of chat completions and responses; `code` is the status, as OpenRouter has it. */
export const openAiError = (status: number, message: string): JsonObject => ({
  error: { message, type: types[status] ?? (status >= 500 ? "server_error" : "invalid_request_error"), param: null, code: String(status) },
});
