import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { Entry } from "../journal/entry.ts";
import type { Fact, FactOf } from "../journal/fact.ts";
import { digestOf } from "./digest.ts";
import type { Reply, Step } from "./line.ts";

/** The answer that a recorded fact says a request got; undefined when the fact is no answer to it. */
export function recordedAnswer(step: Exclude<Step, { readonly do: "record" | "ask_all" }>, { fact }: Entry): Reply {
  switch (step.do) {
    case "ask":
      return answers(fact, step.question) ? fact.answer : undefined;
    case "approve":
      // A council's trade is shown long before there is an order, and what a person says of it is a fact of its own.
      if (fact.kind === "trade_answered" && fact.trade === step.intent)
        return fact.yes ? { yes: true, by: fact.by, binding: fact.binding } : { yes: false, by: fact.by, why: fact.why };
      if (fact.kind === "approved" && fact.intent === step.intent) return { yes: true, by: fact.by, binding: step.binding };
      return fact.kind === "declined" && fact.intent === step.intent ? { yes: false, by: fact.by, why: fact.why } : undefined;
    case "place":
      if (fact.kind === "order_sent" && fact.order === step.order.id) return { outcome: fact.outcome };
      return fact.kind === "order_withheld" && fact.order === step.order.id ? { withheld: fact.refusal } : undefined;
    case "cancel":
      return fact.kind === "cancel_answered" && fact.order === step.order ? fact.outcome : undefined;
    // A decision looks nothing up: it works on what was observed when it woke.
    case "find":
    case "look":
    case "ask_time":
      return undefined;
  }
}

const answers = (fact: Fact, { role, model, user }: Question): fact is FactOf<"model_answered"> =>
  fact.kind === "model_answered" && fact.role === role && fact.model === model && fact.questionHash === digestOf(user);

/** Of several questions asked at once, those answers that were recorded, by the question's place. */
export function recordedAnswers(questions: readonly Question[], entries: readonly Entry[]): ReadonlyMap<number, ModelAnswer> {
  const found = new Map<number, ModelAnswer>();
  const used = new Set<Entry>();
  for (const [at, question] of questions.entries()) {
    const entry = entries.find((each) => !used.has(each) && answers(each.fact, question));
    if (entry?.fact.kind !== "model_answered") continue;
    used.add(entry);
    found.set(at, entry.fact.answer);
  }
  return found;
}

/** Facts that the venue or another account caused: they may stand between the lines of a decision and are not its own. */
const venueKinds: ReadonlySet<Entry["fact"]["kind"]> = new Set([
  "filled",
  "fill_busted",
  "shares_split",
  "order_accepted",
  "external_fill",
  "execution_repeated",
  "order_triggered",
  "order_cancelled",
  "order_rejected",
  "funding_paid",
  "liquidation_charged",
  "option_expired",
  "option_exercised",
  "option_assigned",
  "option_adjusted",
  "dividend_paid",
  "borrow_charged",
  "payment_repeated",
  "group_seen",
]);

/** A decision may take back orders of an earlier one: such facts carry the order's own correlation. */
const takesBack: ReadonlySet<Entry["fact"]["kind"]> = new Set(["cancel_planned", "cancel_answered"]);

export const isOfDecision = ({ correlation: of, fact }: Entry, correlation: Entry["correlation"]): boolean =>
  of === correlation ? !venueKinds.has(fact.kind) : takesBack.has(fact.kind);
