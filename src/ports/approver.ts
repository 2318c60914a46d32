import type { Answer } from "../flow/approval/approve.ts";
import type { IntentId } from "../words/ids.ts";
import type { Eventually } from "./eventually.ts";

/** A person, however reached. No answer by `expiresAt` is a no. */
export interface Approver {
  ask(intent: IntentId, binding: string, expiresAt: Temporal.Instant): Eventually<Answer>;
}
