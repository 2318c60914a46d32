import type { Answer } from "../flow/approval/approve.ts";
import type { Fill } from "../flow/fills/fill.ts";
import type { Order } from "../flow/orders/order.ts";
import type { CancelOutcome, PlaceOutcome } from "../flow/orders/outcome.ts";
import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { Candidate } from "../flow/rails/candidate.ts";
import type { Verdict } from "../flow/rails/verdict.ts";
import type { Fact } from "../journal/fact.ts";
import type { Read, VenueBalance, VenueOrder, VenuePayment, VenuePosition, VenueTime } from "../ports/venue.ts";
import type { ClientOrderId, CorrelationId, InstrumentId, IntentId } from "../words/ids.ts";

/** What the gateway made of an order: the venue's outcome, or its own refusal just before the wire. */
export type PlaceReply = { readonly outcome: PlaceOutcome } | { readonly withheld: Extract<Verdict, { readonly outcome: "refused" }> };

/** A fact to be journalled before the next line runs, or a request of the world with its answer's type. */
export type Step =
  | {
      readonly do: "record";
      readonly fact: Fact;
      readonly correlation: CorrelationId | undefined;
      readonly at: Temporal.Instant | undefined;
    }
  | { readonly do: "ask"; readonly question: Question }
  /** Several questions at once; the answers come in the order of the questions. */
  | { readonly do: "ask_all"; readonly questions: readonly Question[] }
  | { readonly do: "approve"; readonly intent: IntentId; readonly binding: string; readonly expiresAt: Temporal.Instant }
  | {
      readonly do: "place";
      readonly order: Order;
      readonly candidate: Candidate;
      readonly replaces?: ClientOrderId;
      /** Set after a restart: the order may have left before, so the venue is asked for it first. */
      readonly maybeSent?: true;
    }
  | { readonly do: "cancel"; readonly order: ClientOrderId; readonly instrument: InstrumentId }
  | { readonly do: "find"; readonly order: ClientOrderId; readonly instrument: InstrumentId }
  | { readonly do: "look"; readonly since: Temporal.Instant }
  | { readonly do: "ask_time" };

/** The venue's own records, read one after the other: what moved in between may be in one and not in another. */
export type VenueView = {
  readonly executions: Read<readonly Fill[]>;
  readonly payments: Read<readonly VenuePayment[]>;
  readonly open: Read<readonly VenueOrder[]>;
  readonly conditional: Read<readonly VenueOrder[]>;
  readonly positions: Read<readonly VenuePosition[]>;
  readonly balance: Read<VenueBalance>;
};

/** The venue's time, and when by our own clock it was asked for and told; undefined where the venue may not be asked. */
export type TimeReply =
  | { readonly askedAt: Temporal.Instant; readonly answeredAt: Temporal.Instant; readonly told: Read<VenueTime> }
  | undefined;

export type Found = VenueOrder | "absent" | "unknown";
export type Reply = undefined | ModelAnswer | readonly ModelAnswer[] | Answer | PlaceReply | CancelOutcome | Found | VenueView | TimeReply;

/** A piece of the desk's work: it reads from top to bottom in the order money moves and touches nothing itself. */
export type Line<Result = void> = Generator<Step, Result, Reply>;

/** A step and not a line of its own, since nothing comes back: most steps are records, and a generator for each would double their cost. */
export const record = (fact: Fact, correlation?: CorrelationId, at?: Temporal.Instant): Step => ({ do: "record", fact, correlation, at });

export function* ask(question: Question): Line<ModelAnswer> {
  return (yield { do: "ask", question }) as ModelAnswer;
}

export function* askAll(questions: readonly Question[]): Line<readonly ModelAnswer[]> {
  return (yield { do: "ask_all", questions }) as readonly ModelAnswer[];
}

export function* approve(intent: IntentId, binding: string, expiresAt: Temporal.Instant): Line<Answer> {
  return (yield { do: "approve", intent, binding, expiresAt }) as Answer;
}

/** A step, as `record` is; its answer is a `PlaceReply`. */
export const place = (order: Order, candidate: Candidate, replaces?: ClientOrderId): Step =>
  replaces === undefined ? { do: "place", order, candidate } : { do: "place", order, candidate, replaces };

export function* cancel(order: ClientOrderId, instrument: InstrumentId): Line<CancelOutcome> {
  return (yield { do: "cancel", order, instrument }) as CancelOutcome;
}

export function* find(order: ClientOrderId, instrument: InstrumentId): Line<Found> {
  return (yield { do: "find", order, instrument }) as Found;
}

export function* look(since: Temporal.Instant): Line<VenueView> {
  return (yield { do: "look", since }) as VenueView;
}

export function* askTime(): Line<TimeReply> {
  return (yield { do: "ask_time" }) as TimeReply;
}
