import type { Usage } from "../../ports/provider.ts";
import { fieldsOf, type Fields } from "./wire-body.ts";

type Counted = {
  readonly inputTokens: { readonly total?: number | undefined; readonly cacheRead?: number | undefined };
  readonly outputTokens: { readonly total?: number | undefined; readonly reasoning?: number | undefined };
};

const count = (value: unknown): number => (typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0);

/** A part is never more than its whole, whatever a server says: costs are computed from the difference. */
const usage = (tokensIn: unknown, cached: unknown, tokensOut: unknown, reasoning: unknown): Usage => ({
  tokensIn: count(tokensIn),
  tokensCached: Math.min(count(cached), count(tokensIn)),
  tokensOut: count(tokensOut),
  tokensReasoning: Math.min(count(reasoning), count(tokensOut)),
});

export const usageOf = ({ inputTokens, outputTokens }: Counted): Usage =>
  usage(inputTokens.total, inputTokens.cacheRead, outputTokens.total, outputTokens.reasoning);

/** Of an answer that the SDK would not read: a failed call is billed all the same when its body says so. */
export function usageIn(body: Fields): Usage | undefined {
  const read = "usageMetadata" in body ? ofGoogle(fieldsOf(body["usageMetadata"])) : ofOthers(fieldsOf(body["usage"]));
  return read.tokensIn + read.tokensOut === 0 ? undefined : read;
}

function ofOthers(said: Fields): Usage {
  const details = fieldsOf(said["prompt_tokens_details"] ?? said["input_tokens_details"]);
  const ofOutput = fieldsOf(said["completion_tokens_details"] ?? said["output_tokens_details"]);
  const [tokensIn, tokensOut] = [said["prompt_tokens"] ?? said["input_tokens"], said["completion_tokens"] ?? said["output_tokens"]];
  return usage(tokensIn, details["cached_tokens"], tokensOut, ofOutput["reasoning_tokens"]);
}

/** Google counts thoughts beside the candidates, not among them. */
function ofGoogle(said: Fields): Usage {
  const thoughts = count(said["thoughtsTokenCount"]);
  return usage(said["promptTokenCount"], said["cachedContentTokenCount"], count(said["candidatesTokenCount"]) + thoughts, thoughts);
}
