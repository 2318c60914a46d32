import { approximately } from "../../words/exact.ts";
import type { Instrument, Perpetual } from "../../words/instrument.ts";
import { priceOfTicks, priceOfUnits, type Price } from "../../words/price.ts";
import type { Working } from "./working.ts";

/** One instrument's market and our orders in it. Prices are ticks, volumes lots; NaN is not known yet. */
export class Asset {
  readonly index: number;
  readonly instrument: Instrument;
  /** Set when the instrument is held on margin. */
  readonly perpetual: Perpetual | undefined;
  readonly tickSize: number;
  /** Near the maintenance rate; zero where there is none. */
  readonly maintenance: number;
  // NaN at first keeps these fields doubles for good, which V8 then writes in place.
  openMs = Number.NaN;
  closeMs = Number.NaN;
  lengthMs = 1;
  open = Number.NaN;
  high = Number.NaN;
  low = Number.NaN;
  close = Number.NaN;
  volume = Number.NaN;
  /** The instant up to which this bar has been played. */
  nowMs = Number.NaN;
  last = Number.NaN;
  lastMs = Number.NaN;
  markMs = Number.NEGATIVE_INFINITY;
  /** Up to when shares of it that are short have been charged for. */
  lentMs = Number.NEGATIVE_INFINITY;
  /** The next midnight where it trades, once that was looked up: until then no more is owed. */
  nightMs = Number.NEGATIVE_INFINITY;
  #mark: Price = priceOfUnits(0n);
  #markTicks = Number.NaN;
  /** Counts bars and quotes. */
  event = 0;
  inBar = false;
  /** Nothing trades, be it for a halt or for an auction. */
  halted = false;
  /** The stop is an auction's: orders may be placed. */
  collects = false;
  /** The auction is over and waits for the next open. */
  uncrosses = false;
  /** A quote drives this market: what may be taken is its size, not a share of volume. */
  quoted = false;
  bid = Number.NaN;
  ask = Number.NaN;
  bidSize = 0;
  askSize = 0;
  /** Our lots of this bar or quote. */
  bought = 0;
  sold = 0;
  /** Signed lots that we hold. */
  held = 0;
  /** Never changed in place, so that a walk over it survives what its fills do. */
  orders: readonly Working[] = [];
  /** The orders of which `isQuiet` was said for this bar; no other list, so that an order that comes or goes ends the quiet. */
  quiet: readonly Working[] | undefined;

  constructor(index: number, instrument: Instrument) {
    this.index = index;
    this.instrument = instrument;
    this.perpetual = instrument.kind === "perpetual" ? instrument : undefined;
    this.tickSize = approximately(instrument.tick);
    this.maintenance = this.perpetual === undefined ? 0 : approximately(this.perpetual.maintenanceMarginRate);
  }

  takeBar(openMs: number, lengthMs: number, open: number, high: number, low: number, close: number, volume: number): void {
    this.openMs = openMs;
    this.closeMs = openMs + lengthMs;
    this.lengthMs = lengthMs;
    this.open = open;
    this.high = high;
    this.low = low;
    this.close = close;
    this.volume = volume;
    this.nowMs = openMs;
    this.last = open;
    this.lastMs = openMs;
    this.event += 1;
    this.inBar = true;
    this.quoted = false;
    this.bought = 0;
    this.sold = 0;
  }

  endBar(): void {
    this.inBar = false;
    this.last = this.close;
    this.lastMs = this.closeMs;
    this.nowMs = this.closeMs;
  }

  setMark(mark: Price, atMs: number): void {
    this.#mark = mark;
    this.#markTicks = approximately(mark) / this.tickSize;
    this.markMs = atMs;
  }

  /** Whether anything of ours is in it: a market that nobody trades in costs nothing. */
  get busy(): boolean {
    return this.held !== 0 || this.orders.length > 0;
  }

  /** A mark rules until a bar has passed since it came; without one, the last price is the mark. */
  get markRules(): boolean {
    return this.markMs + this.lengthMs > this.lastMs || (Number.isNaN(this.last) && this.markMs > Number.NEGATIVE_INFINITY);
  }

  get mark(): Price {
    return this.markRules ? this.#mark : priceOfTicks(this.last, this.instrument.tick);
  }

  /** Near the mark, for screening and for rounding against us. */
  get markTicks(): number {
    return this.markRules ? this.#markTicks : this.last;
  }
}
