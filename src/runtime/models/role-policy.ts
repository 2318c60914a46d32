import type { Effort } from "../../ports/provider.ts";

/** How the questions of one role are asked. Models are `provider/model`. */
export type RolePolicy = {
  /** Asked in turn when one gives no answer; the question's own model comes before them. */
  readonly fallbacks: readonly string[];
  /** For the whole answer, over all calls and waits; a question may ask for less. */
  readonly deadlineMs: number;
  /** After this one call is given up and the next model asked, so that a stall does not use up the deadline. */
  readonly attemptMsMax?: number;
  /** Calls of one model that are repeated after a failure that may pass. */
  readonly retriesMax: number;
  /** Reasoning included; a question may ask for less. */
  readonly outputTokensMax: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly effort?: Effort;
  /** Whether a refusal is put to the next model; otherwise it is the answer. */
  readonly refusalFallsBack: boolean;
};
