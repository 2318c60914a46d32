import type { ModelAnswer, ModelAttempt, ModelRole } from "../flow/proposals/question.ts";

export type BreakerState = "closed" | "half_open" | "open";

/** `code` is the reader's for a malformed answer, and the budget's or guard's for a call that did not leave. */
export type ModelTried = { readonly role: ModelRole; readonly attempt: ModelAttempt; readonly code?: string };

/** Who counts what the model gateway does. */
export interface ModelWatch {
  tried(tried: ModelTried): void;
  answered(role: ModelRole, answer: ModelAnswer): void;
  /** `state` is asked whenever figures are read, since an open breaker turns half open by time alone. */
  watchBreaker(provider: string, state: () => BreakerState): void;
}
