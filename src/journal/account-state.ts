import { Ledger } from "../flow/ledger/ledger.ts";
import type { Scored } from "../flow/calibration/brier.ts";
import type { Forecast } from "../flow/calibration/forecast.ts";
import type { Fill } from "../flow/fills/fill.ts";
import type { OrderFact } from "../flow/orders/lifecycle.ts";
import type { OrderTerms } from "../flow/orders/order.ts";
import type { CancelOutcome, PlaceOutcome } from "../flow/orders/outcome.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import type { Position } from "../flow/portfolio/position.ts";
import type { Latch, OpenOrder, ProtectionPlan, Reservation, SentOrder, Standing } from "../flow/portfolio/standing.ts";
import type { ClosedTrade } from "../flow/portfolio/trade.ts";
import type { ClientOrderId, CorrelationId, ExecutionId, InstrumentId, IntentId, ProposalId, TransactionId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import { invariant, present, unreachable } from "../words/invariant.ts";
import { initialMargin } from "../words/margin.ts";
import { larger, minus, plus, zeroMoney, type Money } from "../words/money.ts";
import type { CostMethod, KillLevel, MarginMode } from "../words/order-words.ts";
import type { Price } from "../words/price.ts";
import type { Quantity } from "../words/quantity.ts";
import { decisionsOf, DecisionLog } from "./decision-log.ts";
import { bookChanges } from "./book-changes.ts";
import { EntryFills } from "./entry-fills.ts";
import type { Entry } from "./entry.ts";
import type { FactOf } from "./fact.ts";
import { OrderBook } from "./order-book.ts";
import { SentWindow } from "./sent-window.ts";
import { TradeLog } from "./trade-log.ts";

/** One account as its journal tells it. `apply` is the only way in, so a rebuild from the entries gives the same state. */
export class AccountState implements Standing {
  #sequence = 0;
  #opening: FactOf<"opened"> | undefined;
  #strategy = "";
  #wakes = 0;
  #bookVersion = 0;
  #forecastVersion = 0;
  #ledger: Ledger | undefined;
  #dayStart = zeroMoney;
  #dayDate = "";
  #peak = zeroMoney;
  #equity: Money | undefined;
  readonly #instruments = new Map<InstrumentId, Instrument>();
  readonly #marks = new Map<InstrumentId, Price>();
  readonly #orders = new OrderBook();
  /** Executions and transactions of the venue that are in the books. */
  readonly #executions = new Set<ExecutionId>();
  readonly #transactions = new Set<TransactionId>();
  readonly #reservations = new Map<IntentId, Reservation>();
  readonly #intents = new Map<IntentId, { instrument: InstrumentId; side: "buy" | "sell" }>();
  readonly #protection = new Map<InstrumentId, ProtectionPlan>();
  readonly #sent = new SentWindow();
  readonly #latches = new Map<string, Latch>();
  readonly #forecasts = new Map<ProposalId, Forecast>();
  readonly #scored: Scored[] = [];
  readonly #entryFills = new EntryFills();
  readonly #trades = new TradeLog();
  readonly decisions = new DecisionLog();

  apply({ sequence, at, correlation, fact }: Entry): void {
    invariant(sequence === this.#sequence + 1, "the journal has no gaps and no repeats");
    this.#sequence = sequence;
    decisionsOf(this.decisions, fact, at, correlation, this.#bookVersion);
    if (bookChanges.has(fact.kind)) this.#bookVersion++;
    switch (fact.kind) {
      case "opened":
        return this.#open(fact, at);
      case "woke":
        this.#wakes++;
        this.#strategy = fact.strategy;
        for (const { quote } of fact.snapshot.assets) this.#marks.set(quote.instrument, quote.mark);
        this.#equity = fact.equity;
        this.#peak = larger(this.#peak, fact.equity);
        this.#intents.clear();
        return;
      case "resolved":
        this.#intents.set(fact.intent.id, { instrument: fact.intent.instrument, side: fact.intent.side });
        return;
      case "passed":
        return this.#reserve(fact.intent, fact.notionalMax);
      case "sized":
        return this.#reserve(fact.intent, fact.notional);
      case "sized_to_nothing":
      case "refused":
      case "declined":
        this.#reservations.delete(fact.intent);
        return;
      case "order_planned":
        this.#orders.plan(fact.order, at);
        this.#reservations.delete(fact.order.intent);
        return;
      case "order_withheld":
        return this.#learn(fact.order, "withheld");
      case "order_sent":
        return this.#sentOut(fact.order, fact.outcome, at, fact.replaces);
      case "cancel_planned":
        return this.#learnIfOpen(fact.order, "cancel_asked");
      case "cancel_answered":
        return this.#learnIfOpen(fact.order, cancelled[fact.outcome.kind]);
      case "order_triggered":
        return this.#learnIfOpen(fact.order, "triggered");
      case "order_cancelled":
        return this.#learnIfOpen(fact.order, "cancelled");
      case "order_rejected":
        return this.#learnIfOpen(fact.order, "rejected");
      case "filled":
        return this.#fill(fact.fill, fact.remaining, correlation);
      case "external_fill":
        this.#executions.add(fact.fill.execution);
        return this.#book(fact.fill, undefined);
      case "funding_paid":
        this.#transactions.add(fact.transaction);
        this.#books.post({ ...fact, at });
        this.#checked();
        return;
      case "liquidation_charged":
        this.#transactions.add(fact.transaction);
        this.#books.post({ kind: "fee_charged", why: "liquidation", instrument: fact.instrument, amount: fact.amount, at });
        this.#trades.charge(fact.instrument, fact.amount);
        this.#checked();
        return;
      case "cash_moved":
        this.#books.post({ kind: "cash_moved", amount: fact.amount, at });
        this.#dayStart = plus(this.#dayStart, fact.amount);
        this.#peak = plus(this.#peak, fact.amount);
        this.#checked();
        return;
      case "model_answered":
        if (fact.answer.cost > 0n) this.#books.post({ kind: "fee_charged", why: "model", amount: fact.answer.cost, at });
        this.#equity = undefined;
        return;
      case "protection_planned":
        this.#protection.set(fact.plan.instrument, fact.plan);
        return;
      case "day_opened":
        this.#dayStart = fact.equity;
        this.#dayDate = fact.date;
        this.#peak = larger(this.#peak, fact.equity);
        this.#latches.delete("daily_loss");
        return;
      case "latched":
        this.#latches.set(fact.latch.name, fact.latch);
        return;
      case "cleared":
        this.#latches.delete(fact.name);
        if (fact.name === "repeated_execution") this.#entryFills.clear();
        return;
      case "strategy_switched":
        this.#strategy = fact.to;
        return;
      case "forecast_made":
        this.#forecasts.set(fact.forecast.proposal, fact.forecast);
        this.#forecastVersion++;
        return;
      case "forecast_resolved": {
        const forecast = this.#forecasts.get(fact.outcome.proposal);
        if (forecast !== undefined) this.#scored.push({ confidence: forecast.confidence, cameTrue: fact.outcome.cameTrue });
        this.#forecasts.delete(fact.outcome.proposal);
        this.#forecastVersion++;
        return;
      }
      // What was thought and said leaves no trace in the books.
      case "model_asked":
      case "answer_reused":
      case "rate_limited":
      case "fell_back":
      case "proposed":
      case "proposal_refused":
      case "stood_down":
      case "scanned":
      case "approval_asked":
      case "approved":
      case "execution_repeated":
      case "payment_repeated":
      case "closed":
        return;
      default:
        return unreachable(fact);
    }
  }

  #open(fact: FactOf<"opened">, at: Temporal.Instant): void {
    invariant(this.#opening === undefined, "a journal is opened once");
    this.#opening = fact;
    for (const instrument of fact.instruments) this.#instruments.set(instrument.id, instrument);
    const marginMode = fact.settings["account.marginMode"] as MarginMode;
    this.#ledger = new Ledger({
      instruments: (id) => this.instrument(id),
      costMethod: fact.settings["account.costMethod"] as CostMethod,
      marginMode: () => marginMode,
    });
    this.#books.post({ kind: "cash_moved", amount: fact.startCash, at });
    this.#dayStart = fact.startCash;
    this.#peak = fact.startCash;
    this.#equity = undefined;
  }

  #reserve(intent: IntentId, amount: Money): void {
    const known = this.#intents.get(intent);
    if (known === undefined) return;
    this.#reservations.set(intent, { intent, instrument: known.instrument, side: known.side, notional: amount });
  }

  #sentOut(id: ClientOrderId, outcome: PlaceOutcome, at: Temporal.Instant, replaces: ClientOrderId | undefined): void {
    const terms = present(this.#orders.terms(id), `order ${id} was planned before it was sent`);
    this.#orders.learn(id, "sent");
    this.#sent.add({ id, instrument: terms.instrument, side: terms.side, purpose: terms.purpose, quantity: terms.quantity, sentAt: at });
    this.#learn(id, placed[outcome.kind]);
    if (outcome.kind === "accepted" && replaces !== undefined) this.#learnIfOpen(replaces, "cancelled");
  }

  /** Venues repeat themselves; what is already over stays over. */
  #learnIfOpen(id: ClientOrderId, fact: OrderFact): void {
    if (this.#orders.openOrder(id) !== undefined) this.#learn(id, fact);
  }

  #learn(id: ClientOrderId, fact: OrderFact): void {
    this.#orders.learn(id, fact);
    const terms = this.#orders.terms(id);
    if (terms?.purpose === "entry") this.#dropPlan(terms.instrument);
  }

  /** A plan guards a position or an entry that may still become one; after both its levels must not reach a later trade. */
  #dropPlan(instrument: InstrumentId): void {
    if (this.position(instrument) !== undefined) return;
    if (!this.openOrders.some((order) => order.instrument === instrument && order.purpose === "entry")) this.#protection.delete(instrument);
  }

  #fill(fill: Fill, remaining: Quantity, correlation: CorrelationId | undefined): void {
    invariant(!this.#executions.has(fill.execution), `execution ${fill.execution} is booked once`);
    this.#executions.add(fill.execution);
    let terms: OrderTerms | undefined;
    if (fill.order !== undefined) {
      this.#orders.fill(fill.order, fill.quantity, remaining, fill.at);
      terms = this.#orders.terms(fill.order);
      if (terms?.purpose === "entry") this.#entryFills.add(fill.instrument, fill.at.epochMilliseconds);
    }
    this.#book(fill, terms, correlation);
  }

  #book(fill: Fill, terms: OrderTerms | undefined, correlation?: CorrelationId): void {
    const before = this.#books.position(fill.instrument);
    const realisedBefore = this.#books.realised;
    this.#books.post({ kind: "filled", fill });
    const after = this.#books.position(fill.instrument);
    const realised = minus(this.#books.realised, realisedBefore);
    const opener = { correlation, strategy: this.#strategy };
    if (this.#trades.book({ fill, before, after, realised, purpose: terms?.purpose, opener })) this.#dropPlan(fill.instrument);
    this.#isolate(before, after, fill);
    this.#marks.set(fill.instrument, fill.price);
    this.#checked();
  }

  /** In isolated mode what a position grew by brings its own initial margin along, as the venue takes it. */
  #isolate(before: Position | undefined, after: Position | undefined, fill: Fill): void {
    if (after === undefined || after.marginMode !== "isolated") return;
    const grown = minus(after.cost, before === undefined || before.quantity > 0n !== after.quantity > 0n ? zeroMoney : before.cost);
    if (grown <= 0n) return;
    this.#books.post({ kind: "margin_moved", instrument: fill.instrument, amount: initialMargin(grown, this.leverage), at: fill.at });
  }

  #checked(): void {
    this.#equity = undefined;
    this.#books.check(this.#mark);
  }

  /** Marks come from snapshots and fills, both facts, so that a rebuild values the same. */
  readonly #mark = (id: InstrumentId): Price => present(this.#marks.get(id), `${id} has a mark before it has a position`);

  get #books(): Ledger {
    return present(this.#ledger, "a journal begins with its opening");
  }

  instrument(id: InstrumentId): Instrument {
    return present(this.#instruments.get(id), `${id} is an instrument of this journal`);
  }
  get sequence(): number {
    return this.#sequence;
  }
  get opening(): FactOf<"opened"> {
    return present(this.#opening, "a journal begins with its opening");
  }
  get ledger(): Ledger {
    return this.#books;
  }
  get leverage(): number {
    return this.opening.settings["account.leverage"] as number;
  }
  get strategy(): string {
    return this.#strategy;
  }
  get wakes(): number {
    return this.#wakes;
  }
  /** Moves with every change of position, order, protection or latch. */
  get bookVersion(): number {
    return this.#bookVersion;
  }
  get dayDate(): string {
    return this.#dayDate;
  }
  get trades(): readonly ClosedTrade[] {
    return this.#trades.closed;
  }
  /** Moves with every forecast made or settled. */
  get forecastVersion(): number {
    return this.#forecastVersion;
  }
  /** Every forecast that was settled, for calibration. */
  get scored(): readonly Scored[] {
    return this.#scored;
  }
  get hasOpenForecasts(): boolean {
    return this.#forecasts.size > 0;
  }
  get openForecasts(): readonly Forecast[] {
    return [...this.#forecasts.values()];
  }
  order(id: ClientOrderId): OrderTerms | undefined {
    return this.#orders.terms(id);
  }
  booked(execution: ExecutionId): boolean {
    return this.#executions.has(execution);
  }

  bookedTransaction(transaction: TransactionId): boolean {
    return this.#transactions.has(transaction);
  }

  get cash(): Money {
    return this.#books.cash;
  }
  /** Cash with the margins that isolated positions hold, as venues count it. */
  get wallet(): Money {
    return this.positions.reduce((total, { isolatedMargin }) => plus(total, isolatedMargin), this.cash);
  }
  get positions(): readonly Position[] {
    return this.#books.positions();
  }
  position(instrument: InstrumentId): Position | undefined {
    return this.#books.position(instrument);
  }
  get openOrders(): readonly OpenOrder[] {
    return this.#orders.open;
  }
  openOrder(id: ClientOrderId): OpenOrder | undefined {
    return this.#orders.openOrder(id);
  }
  knowsOrder(id: ClientOrderId): boolean {
    return this.#orders.knows(id);
  }
  get reservations(): readonly Reservation[] {
    return this.#reservations.size === 0 ? nothing : [...this.#reservations.values()];
  }
  protection(instrument: InstrumentId): ProtectionPlan | undefined {
    return this.#protection.get(instrument);
  }
  get sentOrders(): readonly SentOrder[] {
    return this.#sent.orders;
  }
  entriesFilledSince(instrument: InstrumentId, since: Temporal.Instant): number {
    return this.#entryFills.since(instrument, since.epochMilliseconds);
  }
  get latches(): readonly Latch[] {
    return this.#latches.size === 0 ? nothing : [...this.#latches.values()];
  }
  get killLevel(): KillLevel {
    return this.#latches.get("kill")?.level ?? "none";
  }
  get dayStartEquity(): Money {
    return this.#dayStart;
  }
  get peakEquity(): Money {
    return this.#peak;
  }
  /** Equity at the marks of a snapshot that is about to be recorded; what it leaves out stands at its last mark. */
  equityAt(snapshot: MarketSnapshot): Money {
    if (this.positions.length === 0) return this.equity;
    const marks = new Map(snapshot.assets.map(({ quote }) => [quote.instrument, quote.mark]));
    return this.#books.equity((id) => marks.get(id) ?? this.#mark(id));
  }
  get equity(): Money {
    this.#equity ??= this.#books.equity(this.#mark);
    return this.#equity;
  }
}

/** What an order learns from a venue's answer. */
const placed = { accepted: "accepted", rejected: "rejected", unknown: "timed_out" } as const satisfies Record<
  PlaceOutcome["kind"],
  OrderFact
>;
const cancelled = { cancelled: "cancelled", too_late: "cancel_failed", unknown: "timed_out" } as const satisfies Record<
  CancelOutcome["kind"],
  OrderFact
>;

const nothing: readonly never[] = [];
