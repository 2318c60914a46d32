import type { Instrument } from "../../words/instrument.ts";
import { intervalMs, type Interval } from "../../words/interval.ts";
import { instantOfMs, msOf } from "../../words/instant.ts";
import { approximately, decimalsOf, divideUnits } from "../../words/exact.ts";
import { priceOfTicks, type Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Rate } from "../../words/rate.ts";
import { coarser } from "./coarser.ts";
import { Frame } from "./frame.ts";
import { indicatorUnit, type IndicatorSpec } from "./indicators/indicator-spec.ts";
import { makeIndicator } from "./indicators/make-indicator.ts";
import type { AssetSnapshot, FrameSnapshot, MarketStatus, Quote } from "./snapshot.ts";

/** One view a strategy asks for: bars of `times` base intervals, with these indicators by name. */
export type FrameWish = { readonly times: number; readonly indicators: Readonly<Record<string, IndicatorSpec>> };

/** For how long what was last heard is shown as how things are, in milliseconds. */
export type AgesMax = { readonly quoteMs: number; readonly fundingMs: number; readonly openInterestMs: number };
const ageless = { fundingMs: Infinity, openInterestMs: Infinity };

/** How many of the newest bars a snapshot shows of each frame. */
const shown = 8;

/** Base bars, funding and marks of one asset come in; its part of a snapshot goes out when a cycle wakes. In between nothing is allocated. */
export class Watched {
  readonly instrument: Instrument;
  readonly frames: readonly Frame[];
  readonly #wishes: readonly FrameWish[];
  readonly #tickSize: number;
  readonly #lotSize: number;
  readonly #tickParts: number;
  readonly #lotParts: number;
  /** Half the spread in millionths of the price. */
  readonly #halfSpread: bigint;
  #openMs = Number.NaN;
  #closedMs = Number.NaN;
  #lastTicks = Number.NaN;
  #mark: Price | undefined;
  #markMs = Number.NaN;
  #baseMs: number;
  #warm = false;
  readonly #scratch = { closes: Array.from({ length: shown }, () => 0.5), volumes: Array.from({ length: shown }, () => 0.5) };
  readonly #prices: (readonly string[] | undefined)[] = [];
  #quote: Quote | undefined;
  #status: MarketStatus = "open";
  #funding: { readonly rate: Rate; readonly atMs: number; readonly nextMs: number; readonly nextAt: Temporal.Instant } | undefined;
  #openInterest: { readonly quantity: Quantity; readonly atMs: number } | undefined;

  constructor(instrument: Instrument, base: Interval, wishes: readonly FrameWish[], spreadBps: number) {
    this.instrument = instrument;
    this.#wishes = wishes;
    this.#tickSize = approximately(instrument.tick);
    this.#lotSize = approximately(instrument.lot);
    this.#tickParts = 10 ** decimalsOf(instrument.tick);
    this.#lotParts = 10 ** decimalsOf(instrument.lot);
    this.#halfSpread = BigInt(Math.round(spreadBps * 50));
    this.#baseMs = intervalMs[base];
    this.frames = wishes.map(
      (wish) =>
        new Frame(
          coarser(base, wish.times),
          base,
          Math.max(shown, 2),
          Object.fromEntries(Object.entries(wish.indicators).map(([name, spec]) => [name, makeIndicator(spec)])),
        ),
    );
  }

  push(openMs: number, open: number, high: number, low: number, close: number, volume: number, closedMs = openMs + this.#baseMs): void {
    this.#openMs = openMs;
    this.#closedMs = closedMs;
    this.#lastTicks = close;
    this.#quote = undefined;
    for (const frame of this.frames) frame.push(openMs, open, high, low, close, volume);
  }

  /** The first print of a session, before any bar of it is known. */
  opens(ticks: number, atMs: number): void {
    this.#openMs = this.#closedMs = atMs;
    this.#lastTicks = ticks;
    this.#quote = undefined;
  }

  setMark(mark: Price, atMs: number): void {
    this.#mark = mark;
    this.#quote = undefined;
    this.#markMs = atMs;
  }

  /** The rate that was settled at `atMs`, and when the next will be. */
  setFunding(rate: Rate, atMs: number, nextMs: number): void {
    this.#funding = { rate, atMs, nextMs, nextAt: instantOfMs(nextMs) };
  }

  setOpenInterest(quantity: Quantity, atMs: number): void {
    this.#openInterest = { quantity, atMs };
  }

  get status(): MarketStatus {
    return this.#status;
  }
  set status(now: MarketStatus) {
    this.#status = now;
    this.#quote = undefined;
  }

  get seen(): boolean {
    return !Number.isNaN(this.#openMs);
  }
  get closedMs(): number {
    return this.#closedMs;
  }
  get lastTicks(): number {
    return this.#lastTicks;
  }

  /** True once every frame has bars and all its indicators, and from then on. */
  get warm(): boolean {
    if (this.#warm) return true;
    this.#warm = this.frames.every((frame, at) => {
      // By name and not by count: some indicators have three values and would stand for two that are not there yet.
      const ready = new Set(Object.keys(frame.values()).map((name) => name.split(".")[0]));
      return frame.count > 0 && Object.keys(this.#wishes[at]?.indicators ?? {}).every((name) => ready.has(name));
    });
    return this.#warm;
  }

  /** The newest prices; the same record until something moves. `now`, where the caller has it, saves making the same instant again. */
  quote(now?: Temporal.Instant, nowMs = now === undefined ? Number.NaN : msOf(now)): Quote {
    this.#quote ??= this.#newQuote(now !== undefined && nowMs === this.#closedMs ? now : instantOfMs(this.#closedMs));
    return this.#quote;
  }

  #newQuote(quotedAt: Temporal.Instant): Quote {
    const last = priceOfTicks(this.#lastTicks, this.instrument.tick);
    // The touch is reckoned from the last trade: history has no book. Half the spread, rounded outward to a tick.
    const away = divideUnits((last < 0n ? 0n - last : last) * this.#halfSpread, this.instrument.tick * 1_000_000n, "up");
    const ticks = BigInt(this.#lastTicks);
    // A mark is believed for one base interval; an 8-hour mark says nothing of the hours after it.
    const fresh = this.#mark !== undefined && this.#closedMs - this.#markMs < this.#baseMs;
    return {
      instrument: this.instrument.id,
      bid: priceOfTicks(Number(ticks - away), this.instrument.tick),
      ask: priceOfTicks(Number(ticks + away), this.instrument.tick),
      last,
      mark: fresh && this.#mark !== undefined ? this.#mark : last,
      status: this.status,
      quotedAt,
    };
  }

  /** What is older than its age is left out: shown, it would pass for how things are. */
  snapshot(
    nowMs = this.#closedMs,
    { fundingMs, openInterestMs }: Omit<AgesMax, "quoteMs"> = ageless,
    now?: Temporal.Instant,
  ): AssetSnapshot {
    const frames = this.frames.map((frame, at) => this.#frame(frame, at));
    if (this.#funding === undefined && this.#openInterest === undefined) return { quote: this.quote(now, nowMs), frames };
    const [funding, openInterest] = [this.#funding, this.#openInterest];
    return {
      quote: this.quote(now, nowMs),
      ...(funding !== undefined && nowMs - funding.atMs <= fundingMs ? { fundingRate: funding.rate } : {}),
      ...(funding !== undefined && nowMs < funding.nextMs ? { fundingNextAt: funding.nextAt } : {}),
      ...(openInterest !== undefined && nowMs - openInterest.atMs <= openInterestMs ? { openInterest: openInterest.quantity } : {}),
      frames,
    };
  }

  #frame(frame: Frame, at: number): FrameSnapshot {
    const values = frame.values();
    for (const name of this.#pricesAmong(values, at)) values[name] = (values[name] ?? Number.NaN) * this.#tickSize;
    const count = Math.min(shown, frame.count);
    const { closes, volumes } = this.#scratch;
    for (let back = 0; back < count; back++) {
      closes[back] = rounded(frame.closeAt(back) * this.#tickSize, this.#tickParts);
      volumes[back] = rounded(frame.volumeAt(back) * this.#lotSize, this.#lotParts);
    }
    // Copies are as long as they need be: lists that were pushed to keep twice the room, and journals keep the lists.
    return { interval: frame.interval, bars: frame.barsSeen, closes: closes.slice(0, count), volumes: volumes.slice(0, count), values };
  }

  /** The names of a frame's values that are ticks and not yet currency; once the asset is warm they stay the same. */
  #pricesAmong(values: Readonly<Record<string, number>>, at: number): readonly string[] {
    const known = this.#prices[at];
    if (known !== undefined) return known;
    const specs = this.#wishes[at]?.indicators ?? {};
    const names = Object.keys(values).filter((name) => {
      const [of = name] = name.split(".");
      const spec = specs[of];
      return spec !== undefined && indicatorUnit[spec.kind] === "price";
    });
    if (this.warm) this.#prices[at] = names;
    return names;
  }
}

/** Steps times step size, without the binary dust: 0.1 * 3 is 0.3. `parts` is the power of ten of which the step is a whole number. */
const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts;
