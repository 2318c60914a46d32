import type { Usage } from "../../ports/provider.ts";
import { fieldsOf, type Fields } from "./wire-body.ts";

type Counted = {
  readonly inputTokens: {
    readonly total?: number | undefined;
    readonly cacheRead?: number | undefined;
    readonly cacheWrite?: number | undefined;
  };
  readonly outputTokens: { readonly total?: number | undefined; readonly reasoning?: number | undefined };
};

const count = (value: unknown): number => (typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0);

/** A part is never more than its whole, whatever a server says: costs are computed from the difference. */
function usage(tokensIn: unknown, cached: unknown, written: unknown, tokensOut: unknown, reasoning: unknown): Usage {
  const tokensCached = Math.min(count(cached), count(tokensIn));
  const tokensCacheWritten = Math.min(count(written), count(tokensIn) - tokensCached);
  return {
    tokensIn: count(tokensIn),
    tokensCached,
    ...(tokensCacheWritten === 0 ? {} : { tokensCacheWritten }),
    tokensOut: count(tokensOut),
    tokensReasoning: Math.min(count(reasoning), count(tokensOut)),
  };
}

/** `body` is what came over the wire: the SDK has no place for what Requesty calls `caching_tokens`. */
export const usageOf = ({ inputTokens, outputTokens }: Counted, body: Fields): Usage =>
  usage(
    inputTokens.total,
    inputTokens.cacheRead,
    inputTokens.cacheWrite ?? writtenIn(inputDetails(fieldsOf(body["usage"]))),
    outputTokens.total,
    outputTokens.reasoning,
  );

/** Of an answer that the SDK would not read: a failed call is billed all the same when its body says so. */
export function usageIn(body: Fields): Usage | undefined {
  const said = fieldsOf(body["usage"]);
  const read =
    "usageMetadata" in body
      ? ofGoogle(fieldsOf(body["usageMetadata"]))
      : "cache_read_input_tokens" in said || "cache_creation_input_tokens" in said
        ? ofAnthropic(said)
        : ofOthers(said);
  return read.tokensIn + read.tokensOut === 0 ? undefined : read;
}

const inputDetails = (said: Fields): Fields => fieldsOf(said["prompt_tokens_details"] ?? said["input_tokens_details"]);
const writtenIn = (details: Fields): unknown => details["cache_write_tokens"] ?? details["caching_tokens"];

function ofOthers(said: Fields): Usage {
  const details = inputDetails(said);
  const ofOutput = fieldsOf(said["completion_tokens_details"] ?? said["output_tokens_details"]);
  const [tokensIn, tokensOut] = [said["prompt_tokens"] ?? said["input_tokens"], said["completion_tokens"] ?? said["output_tokens"]];
  return usage(tokensIn, details["cached_tokens"], writtenIn(details), tokensOut, ofOutput["reasoning_tokens"]);
}

/** Anthropic counts what was read from and written to the cache beside the tokens in, not among them. */
function ofAnthropic(said: Fields): Usage {
  const [read, written] = [count(said["cache_read_input_tokens"]), count(said["cache_creation_input_tokens"])];
  const thinking = fieldsOf(said["output_tokens_details"])["thinking_tokens"];
  return usage(count(said["input_tokens"]) + read + written, read, written, said["output_tokens"], thinking);
}

/** Google counts thoughts beside the candidates, not among them. */
function ofGoogle(said: Fields): Usage {
  const thoughts = count(said["thoughtsTokenCount"]);
  const tokensOut = count(said["candidatesTokenCount"]) + thoughts;
  return usage(said["promptTokenCount"], said["cachedContentTokenCount"], 0, tokensOut, thoughts);
}
