import type { Ledger } from "../flow/ledger/ledger.ts";
import type { Fill } from "../flow/fills/fill.ts";
import { settlementFills } from "../flow/fills/settlement.ts";
import type { OrderFact } from "../flow/orders/lifecycle.ts";
import type { OrderTerms } from "../flow/orders/order.ts";
import type { PlaceOutcome } from "../flow/orders/outcome.ts";
import type { MarketMeasures } from "../flow/market/measures.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import type { Position } from "../flow/portfolio/position.ts";
import type { Latch, OpenOrder, ProtectionPlan, Reservation, SentOrder, Standing } from "../flow/portfolio/standing.ts";
import type { ClosedTrade } from "../flow/portfolio/trade.ts";
import type { ClientOrderId, CorrelationId, InstrumentId, VenueOrderId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import { invariant, missing, present, unreachable } from "../words/invariant.ts";
import { initialMargin } from "../words/margin.ts";
import { notional, type Money } from "../words/money.ts";
import type { CostMethod, KillLevel, MarginMode } from "../words/order-words.ts";
import type { Price } from "../words/price.ts";
import { quantityMinus, zeroQuantity, type Quantity } from "../words/quantity.ts";
import { decisionsOf, DecisionLog } from "./decision-log.ts";
import { planAfterDividend } from "./after-dividend.ts";
import { planAfterSplit } from "./after-split.ts";
import { bookChanges } from "./book-changes.ts";
import { EntryFills } from "./entry-fills.ts";
import type { Entry } from "./entry.ts";
import type { FactOf } from "./fact.ts";
import { ForecastLog } from "./forecast-log.ts";
import { Guards } from "./guards.ts";
import { isolatedGrowth } from "./isolated-growth.ts";
import { learnedOf, mustBeOpen, placed } from "./learned.ts";
import { Measured } from "./measured.ts";
import { OrderBook } from "./order-book.ts";
import { paymentEvent, type Payment } from "./payments.ts";
import { Plans } from "./plans.ts";
import { Reserved } from "./reserved.ts";
import { Splits, type BookedTrade } from "./splits.ts";
import { SentWindow } from "./sent-window.ts";
import { Told } from "./told.ts";
import { isTraceless } from "./fact-kinds.ts";
import { TradeLog } from "./trade-log.ts";
import { unnamedSplit } from "./unnamed-split.ts";
import { ValuedBooks } from "./valued-books.ts";

/** One account as its journal tells it. `apply` is the only way in, so a rebuild from the entries gives the same state. */
export class AccountState implements Standing {
  #sequence = 0;
  #opening: FactOf<"opened"> | undefined;
  #openedAt: Temporal.Instant | undefined;
  #strategy = "";
  #wakes = 0;
  #bookVersion = 0;
  #valued: ValuedBooks | undefined;
  readonly #instruments = new Map<InstrumentId, Instrument>();
  readonly #orders = new OrderBook();
  readonly #told = new Told();
  readonly #reserved = new Reserved();
  readonly #splits = new Splits();
  readonly #protection = new Plans();
  readonly #sent = new SentWindow();
  readonly #guards = new Guards();
  readonly #forecasts = new ForecastLog();
  readonly #entryFills = new EntryFills();
  readonly #trades = new TradeLog((trade) => this.decisions.earned(trade));
  readonly decisions = new DecisionLog();
  readonly measured = new Measured();

  apply({ sequence, at, correlation, fact }: Entry): void {
    invariant(sequence === this.#sequence + 1, "the journal has no gaps and no repeats");
    this.#sequence = sequence;
    decisionsOf(this.decisions, fact, at, correlation, this);
    this.measured.see(fact, at);
    if (bookChanges.has(fact.kind)) this.#bookVersion++;
    switch (fact.kind) {
      case "opened":
        return this.#open(fact, at);
      case "woke":
        this.#wakes++;
        this.#strategy = fact.strategy;
        this.#books.seen(fact.snapshot, fact.equity);
        this.#guards.valued(fact.equity);
        return this.#reserved.see(fact);
      case "resolved":
      case "passed":
      case "sized":
      case "sized_to_nothing":
      case "refused":
      case "declined":
      case "external_orders_seen":
        return this.#reserved.see(fact);
      case "order_planned":
        this.#orders.plan(fact.order, at);
        this.#reserved.release(fact.order.intent);
        this.#splits.planned(fact.order);
        return;
      case "order_sent":
        if (fact.outcome.kind === "rejected") this.#guards.asked(fact.outcome.retryAt);
        return this.#sentOut(fact.order, fact.outcome, at, fact.replaces);
      case "cancel_answered":
        if (fact.outcome.kind === "turned_away") this.#guards.asked(fact.outcome.retryAt);
        return this.#learnIfOpen(fact.order, learnedOf(fact));
      case "order_withheld":
      case "cancel_planned":
      case "order_accepted":
      case "order_found":
      case "order_absent":
      case "order_triggered":
      case "order_cancelled":
      case "order_rejected":
        return mustBeOpen(fact) ? this.#learn(fact.order, learnedOf(fact)) : this.#learnIfOpen(fact.order, learnedOf(fact));
      case "filled":
        return this.#fill(fact.fill, fact.remaining, correlation);
      case "external_fill":
        this.#told.book(fact.fill);
        return this.#book({ kind: "filled", fill: fact.fill }, undefined);
      case "fill_busted":
        if (!this.#told.bust(fact.fill.execution)) return;
        if (fact.fill.order !== undefined) this.#orders.bust(fact.fill.order, fact.fill.quantity, fact.fill.instrument);
        return this.#book({ kind: "fill_busted", fill: fact.fill, at }, undefined);
      case "shares_split":
        return this.#split(fact, at);
      case "reconciled":
        return this.#guards.reconciled(fact, at);
      case "funding_paid":
      case "dividend_paid":
      case "borrow_charged":
      case "liquidation_charged":
        return this.#paid(fact, at);
      case "option_expired":
      case "option_exercised":
      case "option_assigned":
        this.#told.pay(fact.transaction);
        for (const fill of settlementFills(fact, at)) this.#book({ kind: "filled", fill: this.#splits.delivered(fill) }, undefined);
        return this.#dropPlan(fact.instrument);
      case "option_adjusted":
        return this.#adjust(fact, at);
      case "cash_moved":
        this.#guards.moved(fact.amount);
        return this.#books.post({ kind: "cash_moved", amount: fact.amount, at });
      case "model_answered":
        return this.#books.chargeModel(fact.answer.cost, at);
      case "protection_planned":
        this.#protection.set(fact.plan, at);
        return;
      case "day_opened":
        return this.#guards.dayOpened(fact);
      case "latched":
        return this.#guards.latched(fact.latch);
      case "cleared":
        this.#guards.cleared(fact.name);
        if (fact.name === "repeated_execution") this.#entryFills.clear();
        return;
      case "strategy_switched":
        this.#strategy = fact.to;
        return;
      case "forecast_made":
        return this.#forecasts.made(fact.forecast);
      case "forecast_resolved":
        return this.#forecasts.resolved(fact);
      // What leaves no trace in the books is listed in fact-kinds.ts.
      default:
        return isTraceless(fact) ? undefined : unreachable(fact);
    }
  }

  #open(fact: FactOf<"opened">, at: Temporal.Instant): void {
    invariant(this.#opening === undefined, "a journal is opened once");
    this.#opening = fact;
    this.#openedAt = at;
    for (const instrument of fact.instruments) this.#instruments.set(instrument.id, instrument);
    this.#valued = new ValuedBooks({
      instruments: (id) => this.instrument(id),
      costMethod: fact.settings["account.costMethod"] as CostMethod,
      marginMode: () => this.marginMode,
    });
    this.#books.postUnchecked({ kind: "cash_moved", amount: fact.startCash, at });
    this.#guards.opened(fact.startCash);
  }

  #sentOut(id: ClientOrderId, outcome: PlaceOutcome, at: Temporal.Instant, replaces: ClientOrderId | undefined): void {
    const terms = this.#orders.terms(id) ?? missing(`order ${id} was planned before it was sent`);
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
    this.#told.book(fill);
    const terms = fill.order === undefined ? undefined : this.#orders.terms(fill.order);
    if (fill.order !== undefined) {
      this.#orders.fill(fill.order, fill.quantity, remaining, fill.at, fill.instrument);
      if (terms?.purpose === "entry") this.#entryFills.add(fill.instrument, fill.order, fill.at.epochMilliseconds);
    }
    this.#book({ kind: "filled", fill }, terms, correlation);
  }

  #book(event: BookedTrade, terms: OrderTerms | undefined, correlation?: CorrelationId): void {
    const { fill } = event;
    const grown = this.#trade(event, terms, correlation);
    if (grown > 0n) this.#books.isolate(fill, initialMargin(grown, this.leverage));
    if (event.kind === "filled" && fill.reason !== "settlement")
      this.#guards.filled(notional(fill.price, fill.quantity, this.instrument(fill.instrument).multiplier, "half_even"));
    this.#books.check();
  }

  /** By how much the trade raised what isolated margin has to stand behind. */
  #trade(event: BookedTrade, terms: OrderTerms | undefined, correlation = terms?.correlation): Money {
    const { fill } = event;
    const before = this.position(fill.instrument);
    const realised = this.#books.trade(this.#splits.inNewShares(event, this.instrument(fill.instrument)));
    const after = this.position(fill.instrument);
    const opener = { correlation, strategy: this.#strategy };
    if (this.#trades.book({ fill, before, after, realised, purpose: terms?.purpose, opener })) this.#dropPlan(fill.instrument);
    return isolatedGrowth(before, after);
  }

  #paid(fact: Payment, at: Temporal.Instant): void {
    this.#told.pay(fact.transaction);
    this.#books.post(paymentEvent(fact, at, this.position(fact.instrument)));
    if (fact.kind === "liquidation_charged" || fact.kind === "borrow_charged") this.#trades.charge(fact, at);
    if (fact.kind === "dividend_paid") this.#exDividend(fact, at);
  }

  /** The venue lowers what rests, as brokers do; a plan that did not follow would be taken for one that is not at the venue. */
  #exDividend(fact: FactOf<"dividend_paid">, at: Temporal.Instant): void {
    const { tick } = this.instrument(fact.instrument);
    this.#orders.exDividend(fact.instrument, fact.price, tick, at);
    this.#protection.change(fact.instrument, at, (plan) => planAfterDividend(plan, fact, tick));
  }

  /** Positions and plans in new shares, as a stop of the old price would be judged against the new one; then what followed it, once more. */
  #split(fact: FactOf<"shares_split">, at: Temporal.Instant): void {
    const { transaction, instrument, from, into } = fact;
    this.#told.pay(transaction ?? unnamedSplit(fact, at));
    const of = this.instrument(instrument);
    const later = this.#splits.bookInto(this.#books, fact, at, of, this.#told);
    this.#protection.change(instrument, at, (plan) => planAfterSplit(plan, of.tick, from, into));
    for (const fill of later) this.#trade({ kind: "filled", fill }, fill.order === undefined ? undefined : this.#orders.terms(fill.order));
    this.#books.check();
  }

  /** By the venue's own count, so that executions before and after it may be told in any order. */
  #adjust({ transaction, instrument, quantity, became, times }: FactOf<"option_adjusted">, at: Temporal.Instant): void {
    this.#told.pay(transaction);
    this.#books.adjust({ kind: "contracts_adjusted", instrument, quantity, became, times, at });
    this.#trades.renamed(instrument, became, this.position(instrument) !== undefined);
    this.#dropPlan(instrument);
  }

  get #books(): ValuedBooks {
    return present(this.#valued, "a journal begins with its opening");
  }

  instrument(id: InstrumentId): Instrument {
    return this.#instruments.get(id) ?? missing(`${id} is an instrument of this journal`);
  }
  knowsInstrument(id: InstrumentId): boolean {
    return this.#instruments.has(id);
  }
  get sequence(): number {
    return this.#sequence;
  }
  get opening(): FactOf<"opened"> {
    return present(this.#opening, "a journal begins with its opening");
  }
  get openedAt(): Temporal.Instant {
    return present(this.#openedAt, "a journal begins with its opening");
  }
  get ledger(): Ledger {
    return this.#books.ledger;
  }
  get leverage(): number {
    return this.opening.settings["account.leverage"] as number;
  }
  get marginMode(): MarginMode {
    return this.opening.settings["account.marginMode"] as MarginMode;
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
  get guards(): Readonly<Pick<Guards, "dayDate" | "difference" | "quietUntil" | "agreedAt">> {
    return this.#guards;
  }
  get trades(): readonly ClosedTrade[] {
    return this.#trades.closed;
  }
  get forecasts(): Pick<ForecastLog, "version" | "size" | "open" | "isOpen" | "scored" | "scoredBy" | "scoredOf"> {
    return this.#forecasts;
  }
  order(id: ClientOrderId): OrderTerms | undefined {
    return this.#orders.terms(id);
  }
  /** What of the venue's words is in the books. */
  get told(): Pick<Told, "booked" | "busted" | "paid" | "between"> {
    return this.#told;
  }

  /** What will be left of the fill's order once it is booked: a venue's list of executions does not say. */
  leftAfter({ order, quantity }: Fill): Quantity {
    const left = order === undefined ? undefined : this.#orders.remaining(order);
    return left === undefined ? zeroQuantity : quantityMinus(left, quantity);
  }
  filledOf(order: ClientOrderId): Quantity {
    return this.#orders.filled(order);
  }

  get cash(): Money {
    return this.ledger.cash;
  }
  get wallet(): Money {
    return this.#books.wallet;
  }
  get positions(): readonly Position[] {
    return this.ledger.positions();
  }
  position(instrument: InstrumentId): Position | undefined {
    return this.ledger.position(instrument);
  }
  get openOrders(): readonly OpenOrder[] {
    return this.#orders.open;
  }
  get waitsForAnswer(): boolean {
    return this.#orders.lost > 0;
  }
  openOrder(id: ClientOrderId): OpenOrder | undefined {
    return this.#orders.openOrder(id);
  }
  get externalOrders(): readonly VenueOrderId[] {
    return this.#reserved.externalOrders;
  }
  knowsOrder(id: ClientOrderId): boolean {
    return this.#orders.knows(id);
  }
  get reservations(): readonly Reservation[] {
    return this.#reserved.all;
  }
  protection(instrument: InstrumentId): ProtectionPlan | undefined {
    return this.#protection.get(instrument);
  }
  get sentOrders(): readonly SentOrder[] {
    return this.#sent.orders;
  }
  entriesFilledSince(instrument: InstrumentId, since: Pick<Temporal.Instant, "epochMilliseconds">): number {
    return this.#entryFills.since(instrument, since.epochMilliseconds);
  }
  get latches(): readonly Latch[] {
    return this.#guards.latches;
  }
  get killLevel(): KillLevel {
    return this.#guards.killLevel;
  }
  get dayStartEquity(): Money {
    return this.#guards.dayStart;
  }
  get weekStartEquity(): Money {
    return this.#guards.weekStart;
  }
  get tradedToday(): Money {
    return this.#guards.traded;
  }
  get measures(): MarketMeasures | undefined {
    return this.measured.market;
  }
  readonly markOf = (instrument: InstrumentId): Price | undefined => this.#books.marks.known(instrument);
  get peakEquity(): Money {
    return this.#guards.peak;
  }
  equityAt(snapshot: MarketSnapshot): Money {
    return this.#books.equityAt(snapshot);
  }
  get equity(): Money {
    return this.#books.equity;
  }
}
