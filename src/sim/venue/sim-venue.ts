import type { Fill } from "../../flow/fills/fill.ts";
import type { Order } from "../../flow/orders/order.ts";
import type { CancelOutcome, PlaceOutcome, Venue, VenueBalance, VenueOrder, VenuePosition, VenueReport } from "../../ports/venue.ts";
import type { ClientOrderId, InstrumentId } from "../../words/ids.ts";
import { msOf } from "../../words/instant.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Price } from "../../words/price.ts";
import type { Rate } from "../../words/rate.ts";
import type { Asset } from "./asset.ts";
import { closingPhase } from "./closing.ts";
import { Exchange } from "./exchange.ts";
import { equityOf } from "./margin.ts";
import { fundPosition, marked } from "./marking.ts";
import { openingPhase } from "./opening.ts";
import { cancelOrder, placeOrder, replaceOrder } from "./order-desk.ts";
import { quotingPhase } from "./quoting.ts";
import { rangingPhase } from "./ranging.ts";
import type { VenueSettings } from "./settings.ts";
import { asVenueOrder, isLive, type Working } from "./working.ts";

/**
 * A venue that trades our orders against bars or quotes, exactly and at once: the same seed and calls give the same reports. Its
 * owner drives time: per bar `openBar`, `rangeBar` until no reports come (answering fills with protection in between), `closeBar`.
 * No order trades in a bar that had closed when it was decided.
 */
export class SimVenue implements Venue {
  readonly name = "sim";
  readonly able: Venue["able"];
  readonly #exchange: Exchange;

  constructor(settings: VenueSettings) {
    this.#exchange = new Exchange(settings);
    this.able = this.#exchange.able;
  }

  // The port: what any venue answers.

  place(order: Order): PlaceOutcome {
    return this.#exchange.delivery.placed(placeOrder(this.#exchange, order));
  }

  cancel(id: ClientOrderId, instrument: InstrumentId): CancelOutcome {
    return this.#exchange.delivery.cancelled(cancelOrder(this.#exchange, id, instrument));
  }

  replace(id: ClientOrderId, order: Order): PlaceOutcome {
    return this.#exchange.delivery.placed(replaceOrder(this.#exchange, id, order));
  }

  find(id: ClientOrderId, instrument: InstrumentId): VenueOrder | "absent" | "unknown" {
    const order = this.#exchange.orders.get(id);
    const found = order === undefined ? this.#exchange.rejected.get(id) : this.#shown(order);
    return this.#exchange.delivery.found(found?.instrument === instrument ? found : "absent");
  }

  openOrders(): readonly VenueOrder[] {
    return this.#list((order) => !order.conditional);
  }

  conditionalOrders(): readonly VenueOrder[] {
    return this.#list((order) => order.conditional);
  }

  executions(since: Temporal.Instant): readonly Fill[] {
    const sinceMs = msOf(since);
    return this.#exchange.executions.filter((fill) => msOf(fill.at) >= sinceMs);
  }

  positions(): readonly VenuePosition[] {
    const { books } = this.#exchange;
    return books.open.map((asset) => {
      const { quantity, cost } = books.holding(asset);
      return { instrument: asset.instrument.id, quantity, cost };
    });
  }

  balance(): VenueBalance {
    const { books } = this.#exchange;
    return { cash: books.cash, equity: equityOf(books) };
  }

  drain(): readonly VenueReport[] {
    return this.#exchange.delivery.drain();
  }

  // Driving: what the backtest tells it of the world. Prices are ticks, sizes lots, instants UTC milliseconds.

  /** Whether `drain` has anything to give. */
  get pending(): boolean {
    return this.#exchange.delivery.pending;
  }

  indexOf(instrument: Instrument): number {
    return this.#exchange.assetOf(instrument.id)?.index ?? -1;
  }

  startAt(epochMs: number): void {
    this.#exchange.nowMs = epochMs;
  }

  openBar(index: number, openMs: number, lengthMs: number, open: number, high: number, low: number, close: number, volume: number): void {
    const asset = this.#exchange.assetAt(index);
    asset.openMs = openMs;
    asset.closeMs = openMs + lengthMs;
    asset.lengthMs = lengthMs;
    asset.open = open;
    asset.high = high;
    asset.low = low;
    asset.close = close;
    asset.volume = volume;
    asset.nowMs = openMs;
    asset.last = open;
    asset.lastMs = openMs;
    asset.event += 1;
    asset.inBar = true;
    asset.quoted = false;
    asset.bought = 0;
    asset.sold = 0;
    this.#exchange.nowMs = openMs;
    if (this.#isBusy(asset)) openingPhase(this.#exchange, asset);
  }

  /** May be called again in the same bar, for orders that its fills gave rise to. */
  rangeBar(index: number): void {
    const asset = this.#exchange.assetAt(index);
    if (!this.#isBusy(asset) || !asset.inBar || asset.halted) return;
    const { delivery } = this.#exchange;
    let before: number;
    do {
      before = delivery.reported;
      rangingPhase(this.#exchange, asset);
    } while (delivery.reported > before);
  }

  closeBar(index: number): void {
    const asset = this.#exchange.assetAt(index);
    if (asset.inBar && asset.orders.length > 0) closingPhase(this.#exchange, asset);
    asset.inBar = false;
    asset.last = asset.close;
    asset.lastMs = asset.closeMs;
    asset.nowMs = asset.closeMs;
    this.#exchange.nowMs = asset.closeMs;
  }

  /** Day orders of the instrument expire. */
  endSession(index: number): void {
    const asset = this.#exchange.assetAt(index);
    for (const order of asset.orders)
      if (order.terms.timeInForce === "day" && isLive(order)) this.#exchange.cancel(order, "expired", this.#exchange.nowMs);
  }

  setMark(index: number, price: Price, atMs: number): void {
    const asset = this.#exchange.assetAt(index);
    asset.setMark(price, atMs);
    if (this.#isBusy(asset)) marked(this.#exchange, asset, atMs);
  }

  fund(index: number, rate: Rate, atMs: number): void {
    fundPosition(this.#exchange, this.#exchange.assetAt(index), rate, atMs);
  }

  /** While halted nothing trades, is placed or liquidated; resting orders stay and may be cancelled. */
  halt(index: number, on: boolean): void {
    this.#exchange.assetAt(index).halted = on;
  }

  /** For markets driven by quotes instead of bars. An order meets the first quote after its decision that comes at or after its arrival. */
  quote(index: number, bid: number, ask: number, bidSize: number, askSize: number, atMs: number): void {
    const asset = this.#exchange.assetAt(index);
    asset.openMs = atMs;
    asset.closeMs = atMs;
    asset.nowMs = atMs;
    asset.lengthMs = 1;
    asset.last = Math.floor((bid + ask) / 2);
    asset.lastMs = atMs;
    asset.event += 1;
    asset.inBar = false;
    asset.quoted = true;
    asset.bidSize = bidSize;
    asset.askSize = askSize;
    asset.bought = 0;
    asset.sold = 0;
    this.#exchange.nowMs = atMs;
    if (this.#isBusy(asset)) quotingPhase(this.#exchange, asset, bid, ask, atMs);
  }

  #isBusy(asset: Asset): boolean {
    return asset.held !== 0 || asset.orders.length > 0;
  }

  #shown(order: Working): VenueOrder {
    const { tick, lot } = this.#exchange.assetAt(order.index).instrument;
    return asVenueOrder(order, tick, lot);
  }

  #list(wanted: (order: Working) => boolean): readonly VenueOrder[] {
    return this.#exchange.assets.flatMap((asset) => asset.orders.filter(wanted).map((order) => this.#shown(order)));
  }
}
