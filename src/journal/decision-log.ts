import type { ClosedTrade, DecisionMemory } from "../flow/portfolio/trade.ts";
import type { CorrelationId, InstrumentId, IntentId } from "../words/ids.ts";
import type { Quantity } from "../words/quantity.ts";
import { AiLog } from "./ai-log.ts";
import { CouncilLog } from "./council-log.ts";
import { OptionsLog } from "./options-log.ts";
import type { Fact, FactOf } from "./fact.ts";

type Row = { -readonly [Key in keyof DecisionMemory]: DecisionMemory[Key] };
type Answered = {
  readonly correlation: CorrelationId;
  readonly at: Temporal.Instant;
  readonly answer: FactOf<"model_answered">["answer"];
  readonly snapshot: FactOf<"woke">["snapshot"];
  /** The account's `bookVersion` as the answer came: any change of position, order or latch since makes it stale. */
  readonly bookVersion: number;
};

/** The last few decisions for each instrument with what became of them, and the last model answer for the cache. */
export class DecisionLog {
  static readonly #kept = 8;
  readonly #rows = new Map<InstrumentId, Row[]>();
  readonly #current = new Map<InstrumentId, Row>();
  #intents: { readonly intent: IntentId; readonly instrument: InstrumentId }[] = [];
  #decidedAt: number[] = [];
  #snapshot: FactOf<"woke">["snapshot"] | undefined;
  lastAnswer: Answered | undefined;
  readonly ai = new AiLog();
  readonly options = new OptionsLog();
  readonly council = new CouncilLog();

  woke(fact: FactOf<"woke">): void {
    this.#current.clear();
    this.#intents = [];
    this.#snapshot = fact.snapshot;
  }

  proposed({ proposal }: FactOf<"proposed">, at: Temporal.Instant): void {
    const rows = this.#rows.get(proposal.instrument) ?? [];
    const { instrument, correlation, action, confidence } = proposal;
    const row: Row = { instrument, correlation, action, confidence, fate: "proposed", decidedAt: at };
    this.#current.set(instrument, row);
    // Holding and moving a stop again are not news; they would push out what opened the position.
    if (action === "hold") return;
    if (action === "adjust_orders" && rows.at(-1)?.action === action) rows.pop();
    rows.push(row);
    if (rows.length > DecisionLog.#kept) rows.shift();
    this.#rows.set(instrument, rows);
  }

  fate(instrument: InstrumentId | undefined, fate: string): void {
    const row = instrument === undefined ? undefined : this.#current.get(instrument);
    if (row !== undefined) row.fate = fate;
  }
  ordered(instrument: InstrumentId, correlation: CorrelationId): void {
    const row = this.#current.get(instrument);
    if (row?.correlation === correlation && row.fate === "proposed") row.fate = "ordered";
  }
  filled(instrument: InstrumentId, correlation: CorrelationId): void {
    const row = this.#current.get(instrument);
    if (row?.correlation === correlation && row.fate === "ordered") row.fate = "filled";
  }
  /** What the trade that a remembered decision opened has brought. */
  earned({ instrument, correlation, net }: ClosedTrade): void {
    const row = correlation === undefined ? undefined : this.#rows.get(instrument)?.find((each) => each.correlation === correlation);
    if (row !== undefined) row.net = net;
  }
  resolved(intent: IntentId, instrument: InstrumentId): void {
    this.#intents.push({ intent, instrument });
  }
  ofIntent(intent: IntentId): InstrumentId | undefined {
    return this.#intents.findLast((known) => known.intent === intent)?.instrument;
  }

  answered(correlation: CorrelationId, at: Temporal.Instant, answer: FactOf<"model_answered">["answer"], bookVersion: number): void {
    this.decided(at);
    if (this.#snapshot !== undefined) this.lastAnswer = { correlation, at, answer, snapshot: this.#snapshot, bookVersion };
  }

  decided(at: Temporal.Instant): void {
    const now = at.epochMilliseconds;
    this.#decidedAt = this.#decidedAt.filter((then) => then > now - 60_000);
    this.#decidedAt.push(now);
  }
  /** Questions asked in the minute up to `at`, for the rate limit (PERP-5). */
  decisionsInMinute(at: Temporal.Instant): number {
    const now = at.epochMilliseconds;
    return this.#decidedAt.filter((then) => then > now - 60_000).length;
  }

  recent(instrument: InstrumentId): readonly DecisionMemory[] {
    return this.#rows.get(instrument) ?? [];
  }
}

/** Feeds the log from the facts that concern it. */
export function decisionsOf(
  log: DecisionLog,
  fact: Fact,
  at: Temporal.Instant,
  correlation: CorrelationId | undefined,
  books: { readonly bookVersion: number; position(instrument: InstrumentId): { readonly quantity: Quantity } | undefined },
): void {
  log.ai.see(fact, at);
  switch (fact.kind) {
    case "woke":
      log.council.looked(at);
      return log.woke(fact);
    case "model_answered":
      if (correlation !== undefined) log.answered(correlation, at, fact.answer, books.bookVersion);
      return;
    case "proposed":
      return log.proposed(fact, at);
    case "proposal_refused":
      return log.fate(fact.instrument, `invalid: ${fact.code}`);
    case "resolved":
      if (fact.intent.aim === "reduce") log.council.reducing(fact.intent, books.position(fact.intent.instrument)?.quantity);
      return log.resolved(fact.intent.id, fact.intent.instrument);
    case "stood_down":
      return log.fate(fact.instrument, fact.why);
    case "refused":
      return log.fate(fact.instrument, `refused: ${fact.refusal.code}`);
    case "sized_to_nothing":
      return log.fate(log.ofIntent(fact.intent), fact.why);
    // A stop that follows a fill is no fate of its own: it must not cover that the entry was filled.
    case "order_planned":
      return correlation === undefined ? undefined : log.ordered(fact.order.instrument, correlation);
    case "filled":
      return correlation === undefined ? undefined : log.filled(fact.fill.instrument, correlation);
    default:
      log.council.see(fact, at);
      return log.options.see(fact, at);
  }
}
