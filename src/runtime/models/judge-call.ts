import type { ModelOutcome } from "../../flow/proposals/question.ts";
import type { ProviderReply } from "../../ports/provider.ts";
import type { Result } from "../../words/result.ts";
import type { Called } from "./wire-call.ts";

/** Whether a text is an answer of its schema. The codes are few, as they are counted; `detail` is put to the model once more. */
export type AnswerReader = (text: string) => Result<unknown, { readonly code: string; readonly detail: string }>;

/** How a call ended, and what is to be done about it: `over` ends the question, `next` is the next model's turn. */
type Judged = { readonly outcome: ModelOutcome; readonly detail: string; readonly code?: string; readonly status?: number } & (
  | { readonly step: "answer"; readonly text: string }
  | { readonly step: "retry"; readonly retryAfterMs: number }
  | { readonly step: "next" | "over" | "re_ask" }
);

/** What came of a call goes in, with the reader of its schema if there is one; the verdict goes out. */
export function judgeCall(called: Called, read: AnswerReader | undefined, refusalFallsBack: boolean): Judged {
  if (called.kind === "held_back") {
    const { outcome, detail, code } = called;
    return { outcome, detail: short(detail), ...(code === undefined ? {} : { code }), step: outcome === "timed_out" ? "over" : "next" };
  }
  if (called.kind === "unsent") return judgeFailure(called.reply);
  const { reply } = called;
  if (reply === undefined) return { outcome: "timed_out", detail: `no reply in ${called.latencyMs} ms`, step: "next" };
  if (reply.kind === "failed") return judgeFailure(reply);
  if (reply.kind === "refused") return { outcome: "refused", detail: short(reply.detail), step: refusalFallsBack ? "next" : "over" };
  if (reply.cut) return { outcome: "malformed", code: "truncated", detail: "truncated: cut off at the token limit", step: "re_ask" };
  const answer = read?.(reply.text);
  if (answer === undefined || answer.ok) return { outcome: "ok", detail: "", text: reply.text, step: "answer" };
  const { code, detail } = answer.error;
  return { outcome: "malformed", code, detail: short(`${code}: ${detail}`), step: "re_ask" };
}

/** Only what may pass by itself is tried again: a network's fault, 408, 409, 429 and 5xx, where the provider's adapter agrees. */
function judgeFailure({ why, status, retryable, retryAfterMs = 0, detail }: Extract<ProviderReply, { readonly kind: "failed" }>): Judged {
  const passes = why === "network" || why === "timed_out" || (status !== undefined && (status >= 500 || [408, 409, 429].includes(status)));
  const told = {
    outcome: why === "timed_out" ? ("timed_out" as const) : ("provider_error" as const),
    detail: short(`${status ?? why}: ${detail}`),
    ...(status === undefined ? {} : { status }),
  };
  return retryable && passes ? { ...told, step: "retry", retryAfterMs } : { ...told, step: "next" };
}

/** Providers and models put whole pages into a reason, and each attempt stands in the journal. */
const short = (detail: string): string => (detail.length > 1_000 ? `${detail.slice(0, 1_000)}...` : detail);
