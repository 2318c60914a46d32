import type { Quote } from "../../flow/market/snapshot.ts";
import type { Position } from "../../flow/portfolio/position.ts";
import type { OpenOrder, SentOrder, Standing } from "../../flow/portfolio/standing.ts";
import type { Candidate, Scene } from "../../flow/rails/candidate.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import { clientOrderIdOf, correlationId, instrumentId, intentId, type InstrumentId } from "../../words/ids.ts";
import { instantOfMs } from "../../words/instant.ts";
import type { Instrument, Perpetual } from "../../words/instrument.ts";
import { absolute, money, notional, timesRate, zeroMoney, type Money } from "../../words/money.ts";
import { price, priceTimes, toTick, type Price } from "../../words/price.ts";
import { magnitude, quantity, quantityFor, toLot, type Quantity } from "../../words/quantity.ts";
import { bps, oneMinus, onePlus, rate } from "../../words/rate.ts";

/** A Tuesday afternoon: nothing of a probe depends on the time it runs at. */
const nowMs = Temporal.Instant.from("2026-03-03T15:00:00Z").epochMilliseconds;
export const msAgo = (ms: number): Temporal.Instant => instantOfMs(nowMs - ms);

export const perpetual = (name = "PROBE", of: Partial<Perpetual> = {}): Perpetual => ({
  kind: "perpetual",
  id: instrumentId(`${name}.PERP`),
  symbol: name,
  base: name,
  venue: "probe",
  currency: "USDT",
  tick: price("0.001"),
  lot: quantity("0.001"),
  multiplier: quantity("1"),
  minQuantity: quantity("0.001"),
  maxQuantity: quantity("100000000000"),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
  leverageMax: 1_000,
  maintenanceMarginRate: rate("0.005"),
  liquidationFeeRate: rate("0.0125"),
  fundingIntervalHours: 8,
  ...of,
});

const middle = price("100");
export const quoteOf = (id: InstrumentId, of: Partial<Quote> = {}): Quote => ({
  instrument: id,
  bid: price("99.999"),
  ask: price("100.001"),
  last: middle,
  mark: middle,
  status: "open",
  quotedAt: msAgo(0),
  ...of,
});

/** Longs above zero, shorts below, at a price of 100. */
export const holding = (id: InstrumentId, worth: Money): Position => {
  const held = toLot(quantityFor(worth, middle, quantity("1"), "down"), quantity("0.001"), "down");
  return {
    instrument: id,
    quantity: held,
    cost: absolute(notional(middle, magnitude(held), quantity("1"), "half_even")),
    averageEntry: middle,
    openedAt: msAgo(86_400_000),
    marginMode: "cross",
    isolatedMargin: zeroMoney,
    realised: zeroMoney,
    fees: zeroMoney,
    funding: zeroMoney,
  };
};

export const openOrder = (id: InstrumentId, of: Partial<OpenOrder>): OpenOrder => ({
  id: clientOrderIdOf("another"),
  intent: intentId("another"),
  correlation: correlationId("another"),
  instrument: id,
  side: "buy",
  purpose: "entry",
  type: "limit",
  state: "working",
  quantity: quantity("0.001"),
  filled: quantity("0"),
  limit: middle,
  reduceOnly: false,
  plannedAt: msAgo(3_000_000),
  ...of,
});

export const sentOrder = (id: InstrumentId, of: Partial<SentOrder> = {}): SentOrder => ({
  id: clientOrderIdOf("sent"),
  instrument: id,
  side: "buy",
  purpose: "entry",
  quantity: quantity("1"),
  sentAt: msAgo(0),
  ...of,
});

export type Wish = {
  readonly limits: Limits;
  readonly instrument?: Instrument;
  /** What the order is worth; the smallest that the venue takes, when nothing is said. */
  readonly worth?: Money;
  readonly equity?: Money;
  readonly stopBps?: number;
  readonly quote?: Partial<Quote>;
  /** Beside the candidate's own instrument, each with a good quote. */
  readonly others?: readonly Perpetual[];
  readonly candidate?: Partial<Candidate>;
  readonly standing?: Partial<Standing>;
  readonly sessionOpen?: boolean;
};

/** An entry that every rail lets pass under these limits, and then whatever the wish changes about it. */
export function soundScene(wish: Wish): Scene {
  const { limits, instrument = perpetual(), others = [], candidate = {}, standing = {} } = wish;
  const equity = wish.equity ?? money("1000000");
  const size = candidate.quantity ?? sizeOf(wish.worth ?? money("20"), instrument);
  const at = candidate.price ?? price("100.001");
  const known = new Map<InstrumentId, Instrument>([instrument, ...others].map((each) => [each.id, each]));
  const quotes = new Map(
    [quoteOf(instrument.id, wish.quote), ...others.map(({ id }) => quoteOf(id))].map((quote) => [quote.instrument, quote]),
  );
  const stopBps = wish.stopBps ?? Math.max(limits.stopDistanceBpsMin + 1, Math.min(100, limits.stopDistanceBpsMax - 1));
  const positions = standing.positions ?? [];
  return {
    now: instantOfMs(nowMs),
    stage: "release",
    candidate: {
      intent: intentId("probe"),
      instrument,
      side: "buy",
      purpose: "entry",
      type: "limit",
      reduceOnly: false,
      quantity: size,
      price: at,
      notional: absolute(notional(at, size, instrument.multiplier, "up")),
      stopLoss: toTick(priceTimes(at, oneMinus(bps(stopBps)), "up"), instrument.tick, "up"),
      ...candidate,
    },
    standing: {
      positions,
      openOrders: [],
      reservations: [],
      sentOrders: [],
      latches: [],
      killLevel: "none",
      marginMode: "cross",
      leverage: 10,
      cash: equity,
      equity,
      dayStartEquity: equity,
      peakEquity: equity,
      position: (id) => positions.find((held) => held.instrument === id),
      openOrder: (id) => standing.openOrders?.find((open) => open.id === id),
      knowsOrder: () => false,
      protection: () => undefined,
      entriesFilledSince: () => 0,
      ...standing,
    },
    quote: (id) => quotes.get(id),
    instrument: (id) => known.get(id),
    sessionOpen: wish.sessionOpen ?? true,
    limits: { ...limits, allowed: [instrument.id, ...others.map(({ id }) => id)] },
    charges: { takerFee: rate("0.0005") },
  };
}

/** Rounded up to the next lot, so that what should just pass a limit does. */
const sizeOf = (worth: Money, { lot, multiplier }: Instrument): Quantity =>
  toLot(quantityFor(worth, price("100.001"), multiplier, "up"), lot, "up");

/** So many basis points of an amount. */
export const shareOf = (amount: Money, points: number): Money => timesRate(amount, bps(points), "down");
export const above = (at: Price, points: number): Price => toTick(priceTimes(at, onePlus(bps(points)), "up"), price("0.001"), "up");
