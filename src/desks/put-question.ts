import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { Fact } from "../journal/fact.ts";
import { digestOf } from "../runtime/digest.ts";
import { ask, askAll, record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";

/** Why there is no answer to decide by, as the scan's outcome (LINE-5). */
export type NoAnswer = "model_failed" | "unreadable";

/** Asks one model; the journal says what was asked, what came and, without an answer, that the desk falls back. */
export function* putQuestion({ correlation }: Turn, question: Question): Line<string | { readonly none: NoAnswer }> {
  yield record(askedFact(question), correlation);
  return yield* heard(question, yield* ask(question), correlation);
}

/** Asks several at once, which takes as long as the slowest; an answer that fails leaves the others as they are. */
export function* putQuestions(
  { correlation }: Turn,
  questions: readonly Question[],
): Line<readonly (string | { readonly none: NoAnswer })[]> {
  for (const question of questions) yield record(askedFact(question), correlation);
  const answers = yield* askAll(questions);
  const texts: (string | { readonly none: NoAnswer })[] = [];
  for (const [at, question] of questions.entries()) {
    const answer = answers[at];
    if (answer !== undefined) texts.push(yield* heard(question, answer, correlation));
  }
  return texts;
}

function* heard(question: Question, answer: ModelAnswer, correlation: Turn["correlation"]): Line<string | { readonly none: NoAnswer }> {
  const { role, model, user } = question;
  yield record({ kind: "model_answered", role, model, questionHash: digestOf(user), answer }, correlation);
  if (answer.outcome === "ok") return answer.text;
  yield record({ kind: "fell_back", why: answer.outcome, detail: answer.detail }, correlation);
  return { none: answer.outcome === "malformed" ? "unreadable" : "model_failed" };
}

const askedFact = ({ role, model, prompt, system, user }: Question): Fact => ({
  kind: "model_asked",
  role,
  model,
  prompt,
  promptHash: digestOf(system),
  questionHash: digestOf(user),
});
