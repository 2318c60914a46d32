import type { Fill } from "../../flow/fills/fill.ts";
import type { Order } from "../../flow/orders/order.ts";
import type {
  CancelOutcome,
  PlaceOutcome,
  Venue,
  VenueBalance,
  VenueOrder,
  VenuePayment,
  VenuePosition,
  VenueReport,
  VenueTime,
} from "../../ports/venue.ts";
import type { ClientOrderId, ExecutionId, InstrumentId } from "../../words/ids.ts";
import { msOf } from "../../words/instant.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Price } from "../../words/price.ts";
import type { Rate } from "../../words/rate.ts";
import { callAuction, callHalt } from "./auction.ts";
import { bust } from "./bust.ts";
import { comboAsVenueOrder } from "./combo.ts";
import { payDividend } from "./dividend.ts";
import { beginBar, finishBar, playQuote, playRange, printOpen, wholeBar } from "./driving.ts";
import { Exchange } from "./exchange.ts";
import { assignEarly } from "./expiry.ts";
import { balanceOf } from "./margin.ts";
import { fundPosition, marked } from "./marking.ts";
import { cancelOrder, expireDay, placeOrder, replaceOrder, withdrawOrder } from "./order-desk.ts";
import type { VenueSettings } from "./settings.ts";
import { foundOrder, shownOrders } from "./showing.ts";
import { split } from "./split.ts";

/**
 * A venue that trades our orders against bars or quotes, exactly and at once: the same seed and calls give the same reports. Its
 * owner drives time: per bar `openBar`, `rangeBar` until no reports come (answering fills with protection in between), `closeBar`.
 * No order trades in a bar that had closed when it was decided.
 */
export class SimVenue implements Venue {
  readonly name = "sim";
  readonly able: Venue["able"];
  readonly instruments: readonly Instrument[];
  readonly #exchange: Exchange;

  constructor(settings: VenueSettings) {
    this.#exchange = new Exchange(settings);
    this.able = this.#exchange.able;
    this.instruments = settings.instruments;
  }

  // The port: what any venue answers.

  place(order: Order): PlaceOutcome {
    return placeOrder(this.#exchange, order);
  }

  cancel(id: ClientOrderId, instrument: InstrumentId): CancelOutcome {
    return cancelOrder(this.#exchange, id, instrument);
  }

  replace(id: ClientOrderId, order: Order): PlaceOutcome {
    return replaceOrder(this.#exchange, id, order);
  }

  find(id: ClientOrderId, instrument: InstrumentId): VenueOrder | "absent" {
    const found = foundOrder(this.#exchange, id);
    return found?.instrument === instrument ? found : "absent";
  }

  openOrders(): readonly VenueOrder[] {
    const { combos } = this.#exchange;
    return [...shownOrders(this.#exchange, (order) => !order.conditional), ...combos.map(comboAsVenueOrder)];
  }

  conditionalOrders(): readonly VenueOrder[] {
    return shownOrders(this.#exchange, (order) => order.conditional);
  }

  executions(since: Temporal.Instant): readonly Fill[] {
    return this.#exchange.executions.between(msOf(since), Infinity);
  }

  payments(since: Temporal.Instant): readonly VenuePayment[] {
    return this.#exchange.payments.between(msOf(since), Infinity);
  }

  positions(): readonly VenuePosition[] {
    return this.#exchange.books.positions();
  }

  balance(): VenueBalance {
    return balanceOf(this.#exchange.books);
  }

  time(): VenueTime {
    return { at: this.#exchange.told(), stepMs: 0 };
  }

  get pending(): boolean {
    return this.#exchange.delivery.pending;
  }

  drain(): readonly VenueReport[] {
    return this.#exchange.delivery.drain();
  }

  // Driving: what the backtest tells it of the world. Prices are ticks, sizes lots, instants UTC milliseconds.

  indexOf(instrument: Instrument): number {
    return this.#exchange.assetOf(instrument.id)?.index ?? -1;
  }

  startAt(epochMs: number): void {
    this.#exchange.nowMs = epochMs;
  }

  openBar(index: number, openMs: number, lengthMs: number, open: number, high: number, low: number, close: number, volume: number): void {
    beginBar(this.#exchange, this.#exchange.assetAt(index), openMs, lengthMs, open, high, low, close, volume);
  }

  /** The first print of a session, before orders that meet its bar are placed: what is claimed and owed is valued at it. */
  printOpen(index: number, ticks: number, atMs: number): void {
    printOpen(this.#exchange, this.#exchange.assetAt(index), ticks, atMs);
  }

  /** The whole bar at once where it can touch nothing of ours; false, and nothing is played, where it may. For a market that moves alone. */
  passBar(
    index: number,
    openMs: number,
    lengthMs: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
  ): boolean {
    return wholeBar(this.#exchange, this.#exchange.assetAt(index), openMs, lengthMs, open, high, low, close, volume);
  }

  /** May be called again in the same bar, for orders that its fills gave rise to. */
  rangeBar(index: number): void {
    playRange(this.#exchange, this.#exchange.assetAt(index));
  }

  closeBar(index: number): void {
    finishBar(this.#exchange, this.#exchange.assetAt(index));
  }

  /** Day orders of the instrument expire. */
  endSession(index: number): void {
    expireDay(this.#exchange, this.#exchange.assetAt(index));
  }

  setMark(index: number, price: Price, atMs: number): void {
    const asset = this.#exchange.assetAt(index);
    asset.setMark(price, atMs);
    if (asset.busy) marked(this.#exchange, asset, atMs);
  }

  fund(index: number, rate: Rate, atMs: number): void {
    fundPosition(this.#exchange, this.#exchange.assetAt(index), rate, atMs);
  }

  /** While halted nothing trades, is placed or liquidated; resting orders stay and may be cancelled. */
  halt(index: number, on: boolean): void {
    callHalt(this.#exchange.assetAt(index), on);
  }

  auction(index: number, on: boolean): void {
    callAuction(this.#exchange.assetAt(index), on);
  }

  split(index: number, from: number, into: number): void {
    split(this.#exchange, this.#exchange.assetAt(index), from, into);
  }

  /** To whoever holds or owes shares; the market is played without it from then on. */
  dividend(index: number, each: Price): void {
    payDividend(this.#exchange, this.#exchange.assetAt(index), each);
  }

  /** Early exercise against options of ours that are sold short, at a session's end; `dividend` where the next day is without one. */
  assignEarly(index: number, dividend?: Price): void {
    assignEarly(this.#exchange, this.#exchange.assetAt(index), dividend);
  }

  bust(execution: ExecutionId, correctedTicks?: number): boolean {
    return bust(this.#exchange, execution, correctedTicks);
  }

  withdraw(id: ClientOrderId): boolean {
    return withdrawOrder(this.#exchange, id);
  }

  /** For markets driven by quotes instead of bars. An order meets the first quote after its decision that comes at or after its arrival. */
  quote(index: number, bid: number, ask: number, bidSize: number, askSize: number, atMs: number): void {
    playQuote(this.#exchange, this.#exchange.assetAt(index), bid, ask, bidSize, askSize, atMs);
  }
}
