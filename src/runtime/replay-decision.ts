import { AccountState } from "../journal/account-state.ts";
import { encodeEntry } from "../journal/codec.ts";
import type { Entry } from "../journal/entry.ts";
import type { Answer } from "../flow/approval/approve.ts";
import { waiting } from "../flow/approval/shown-trade.ts";
import type { ModelAnswer, ModelRole, Question } from "../flow/proposals/question.ts";
import type { Fact, FactOf } from "../journal/fact.ts";
import type { CorrelationId } from "../words/ids.ts";
import { venueOrderId } from "../words/ids.ts";
import { zeroMoney } from "../words/money.ts";
import { err, ok, type Result } from "../words/result.ts";
import type { Line, Reply, Step } from "./line.ts";
import { isOfDecision, recordedAnswer, recordedAnswers } from "./recorded-answer.ts";
import { nothingSeen } from "./venue-view.ts";

/** A past decision as it was written and as the line computes it now. */
export type Replayed = {
  readonly at: Temporal.Instant;
  readonly recorded: readonly Fact[];
  readonly replayed: readonly Fact[];
  /** Index of the first fact that differs, byte for byte; undefined when none does. */
  readonly differsAt: number | undefined;
};

export type NoReplay = { readonly code: "unknown_decision" } | { readonly code: "unfinished_decision" };

export type Woken = {
  readonly state: AccountState;
  readonly entry: Entry;
  readonly woke: FactOf<"woke">;
  /** The decision as it was written: what it took from elsewhere than its snapshot is in there alone. */
  readonly recorded: readonly Fact[];
};

/**
 * Computes a decision again from the journal alone (LINE-8): the books as they stood, the snapshot it saw and the answers it got. No
 * model is asked and no venue reached. `lineFor` builds the desk's line, with other settings for a what-if; what that asks for beyond
 * the record is answered as if the venue had taken it.
 */
export function replayDecision(
  entries: Iterable<Entry>,
  correlation: CorrelationId,
  lineFor: (woken: Woken) => Line,
): Result<Replayed, NoReplay> {
  const state = new AccountState();
  const tail: Entry[] = [];
  let first: { entry: Entry; woke: FactOf<"woke"> } | undefined;
  let ended = false;
  for (const entry of entries) {
    if (first === undefined) {
      if (entry.fact.kind === "woke" && entry.correlation === correlation) first = { entry, woke: entry.fact };
      else {
        state.apply(entry);
        continue;
      }
    }
    tail.push(entry);
    if (entry.fact.kind === "scanned" && entry.correlation === correlation) {
      ended = true;
      break;
    }
  }
  if (first === undefined) return err({ code: "unknown_decision" });
  if (!ended) return err({ code: "unfinished_decision" });
  const own = tail.filter((entry) => isOfDecision(entry, correlation));
  const recorded = own.map(({ fact }) => fact);
  const replayed = compute(lineFor({ state, ...first, recorded }), first.entry, tail, state);
  return ok({ at: first.entry.at, recorded, replayed, differsAt: difference(first.entry, own, replayed) });
}

function compute(line: Line, first: Entry, tail: readonly Entry[], state: AccountState): Fact[] {
  const facts: Fact[] = [];
  // What the venue did in between is told to the books where it stood.
  let at = 0;
  const tellVenue = (): void => {
    for (let entry = tail[at]; entry !== undefined && !isOfDecision(entry, first.correlation); entry = tail[++at])
      apply(state, entry, entry.fact, entry.correlation);
  };
  let next = line.next();
  while (next.done !== true) {
    const step: Step = next.value;
    let reply: Reply;
    if (step.do === "record") {
      tellVenue();
      facts.push(step.fact);
      apply(state, tail[at++] ?? first, step.fact, step.correlation);
    } else if (step.do === "ask_all") reply = answersTo(step.questions, tail);
    else if (step.do === "ask") reply = answerTo(step.question, tail);
    else {
      const known = tail.map((entry) => recordedAnswer(step, entry)).find((answer) => answer !== undefined);
      reply = known ?? (step.do === "approve" ? unsaid(step, facts, state) : supposed(step, first.at));
    }
    next = line.next(reply);
  }
  return facts;
}

function apply(state: AccountState, like: Entry, fact: Fact, correlation = like.correlation): void {
  state.apply({ ...like, sequence: state.sequence + 1, ...(correlation === undefined ? {} : { correlation }), fact });
}

/** Another setting may change the question's words: the answer that its role and model gave then is what a what-if goes by. */
function answerTo(question: Question, tail: readonly Entry[]): ModelAnswer {
  const exact = recordedAnswers([question], tail).get(0);
  if (exact !== undefined) return exact;
  const { role, model } = question;
  const like = tail.find(({ fact }) => fact.kind === "model_answered" && fact.role === role && fact.model === model)?.fact;
  return like?.kind === "model_answered" ? like.answer : unanswered;
}

/** Of several at once, each its own; in a council whose questions read otherwise, what was said in that place. */
function answersTo(questions: readonly Question[], tail: readonly Entry[]): readonly ModelAnswer[] {
  const exact = recordedAnswers(questions, tail);
  return questions.map((question, at) => exact.get(at) ?? inPlaceOf(question, at, questions, tail) ?? unanswered);
}

/**
 * Seats are asked in their order, so that as many answers as questions of a role and model are answers to them one by one. Other desks
 * ask at once about several things, and an answer about one is none about another.
 */
function inPlaceOf({ role, model }: Question, at: number, questions: readonly Question[], tail: readonly Entry[]): ModelAnswer | undefined {
  if (!seatRoles.includes(role)) return undefined;
  const places = [...questions.keys()].filter((place) => questions[place]?.role === role && questions[place].model === model);
  const said = tail.flatMap(({ fact }) =>
    fact.kind === "model_answered" && fact.role === role && fact.model === model ? [fact.answer] : [],
  );
  return said.length === places.length ? said[places.indexOf(at)] : undefined;
}

const seatRoles: readonly ModelRole[] = ["research", "pm", "reviewer"];

const unanswered: ModelAnswer = {
  outcome: "provider_error",
  detail: "no answer was recorded",
  latencyMs: 0,
  tokensIn: 0,
  tokensOut: 0,
  cost: zeroMoney,
};

/** What a what-if supposes of requests that were never made. */
function supposed(step: Exclude<Step, { readonly do: "record" | "ask" | "ask_all" | "approve" }>, at: Temporal.Instant): Reply {
  switch (step.do) {
    case "place":
      return { outcome: { kind: "accepted", venueOrder: venueOrderId("what-if"), at } };
    case "cancel":
      return { kind: "cancelled", at };
    case "find":
      return "unknown";
    case "look":
      return nothingSeen;
    case "ask_time":
      return undefined;
  }
}

/** Silence about a trade that was shown means that it waits on; what carries out one that was approved needs no second yes. */
function unsaid(
  { intent, binding }: Extract<Step, { readonly do: "approve" }>,
  facts: readonly Fact[],
  { decisions }: AccountState,
): Answer {
  for (const fact of facts) if (fact.kind === "trade_released" && fact.intent === intent) return { yes: true, by: fact.by, binding };
  return decisions.council.trade(intent) === undefined
    ? { yes: false, by: "replay", why: "no answer was recorded" }
    : { yes: false, by: "nobody", why: waiting };
}

/** Compared as the journal writes them, so that "the same" means the same bytes. */
function difference(like: Entry, own: readonly Entry[], replayed: readonly Fact[]): number | undefined {
  const text = (fact: Fact): string => encodeEntry({ ...like, fact });
  const length = Math.max(own.length, replayed.length);
  for (let at = 0; at < length; at++) {
    const [was, is] = [own[at]?.fact, replayed[at]];
    if (was === undefined || is === undefined || text(was) !== text(is)) return at;
  }
  return undefined;
}
