import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { Eventually } from "./eventually.ts";

/** Anything that answers a question with text: a provider, a recording, or the house model that needs no key. It never throws for the world's faults. */
export interface Model {
  ask(question: Question): Eventually<ModelAnswer>;
}
