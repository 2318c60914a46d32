import type { Question } from "../../flow/proposals/question.ts";
import type { Asking } from "../../ports/model.ts";
import type { Attempts } from "./attempts.ts";
import type { RolePolicy } from "./role-policy.ts";

/** One question on its way. */
export type Asked = {
  readonly question: Question;
  readonly asking: Asking;
  readonly policy: RolePolicy;
  readonly startedMs: number;
  readonly deadlineMs: number;
  readonly attempts: Attempts;
  /** Names its calls: the same question of the same decision has the same names after a restart. */
  readonly name: string;
  calls: number;
  /** A malformed answer is put to a model once more, once for all models. */
  reAsked: boolean;
};
