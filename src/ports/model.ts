import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { AccountId, CorrelationId, DeskId } from "../words/ids.ts";
import type { Eventually } from "./eventually.ts";

/** On whose behalf a question is asked: budgets are counted by it, and after a restart the same scan is the same call. */
export type Asking = { readonly account: AccountId; readonly desk: DeskId; readonly correlation: CorrelationId };

/** Anything that answers a question with text: a provider, a recording, or the house model that needs no key. It never throws for the world's faults. */
export interface Model {
  ask(question: Question, asking: Asking): Eventually<ModelAnswer>;
}
