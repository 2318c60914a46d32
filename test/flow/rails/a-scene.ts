import type { Candidate, Scene } from "../../../src/flow/rails/candidate.ts";
import type { Limits } from "../../../src/flow/rails/limits.ts";
import type { Charges } from "../../../src/flow/rails/outlay.ts";
import type { Quote } from "../../../src/flow/market/snapshot.ts";
import type { Position } from "../../../src/flow/portfolio/position.ts";
import type { Latch, LatchName, OpenOrder, Reservation, SentOrder, Standing } from "../../../src/flow/portfolio/standing.ts";
import { clientOrderIdOf, correlationId, instrumentId, intentId, type InstrumentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import type { Equity, Instrument, Option, Perpetual, SpotCrypto } from "../../../src/words/instrument.ts";
import { absolute, money, notional, zeroMoney } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity, quantityOfUnits } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";

/** 2026-03-03T15:00:00Z, a Tuesday. */
export const nowMs = 1_772_550_000_000;
export const at = (msAgo: number): Temporal.Instant => instantOfMs(nowMs - msAgo);

const always = {
  venue: "sim",
  currency: "USDT",
  multiplier: quantity("1"),
  maxQuantity: quantity("1000"),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
} as const;

export const aPerpetual = (with_: Partial<Perpetual> = {}): Perpetual => ({
  ...always,
  kind: "perpetual",
  id: instrumentId("BTCUSDT.PERP"),
  symbol: "BTCUSDT",
  base: "BTC",
  tick: price("0.1"),
  lot: quantity("0.001"),
  minQuantity: quantity("0.001"),
  leverageMax: 20,
  maintenanceMarginRate: rate("0.005"),
  liquidationFeeRate: rate("0.005"),
  fundingIntervalHours: 8,
  ...with_,
});
export const aSpot = (with_: Partial<SpotCrypto> = {}): SpotCrypto => ({
  ...always,
  kind: "spot",
  id: instrumentId("ETHUSDT"),
  symbol: "ETHUSDT",
  base: "ETH",
  tick: price("0.01"),
  lot: quantity("0.0001"),
  minQuantity: quantity("0.001"),
  ...with_,
});
export const anEquity = (with_: Partial<Equity> = {}): Equity => ({
  ...always,
  kind: "equity",
  id: instrumentId("SPY"),
  symbol: "SPY",
  name: "SPDR S&P 500",
  shortable: true,
  tick: price("0.01"),
  lot: quantity("1"),
  minQuantity: quantity("1"),
  ...with_,
});
export const anOption = (with_: Partial<Option> = {}): Option => ({
  ...always,
  kind: "option",
  id: instrumentId("SPY260320C00600000"),
  symbol: "SPY260320C00600000",
  multiplier: quantity("100"),
  tick: price("0.01"),
  lot: quantity("1"),
  minQuantity: quantity("1"),
  underlying: instrumentId("SPY"),
  right: "call",
  strike: price("600"),
  expiry: "2026-03-20",
  exercise: "american",
  ...with_,
});

export const aQuote = (
  of: InstrumentId,
  with_: { [Key in "bid" | "ask" | "last" | "mark"]?: string } & { ageMs?: number; status?: Quote["status"] } = {},
): Quote => ({
  instrument: of,
  bid: price(with_.bid ?? "99.9"),
  ask: price(with_.ask ?? "100.1"),
  last: price(with_.last ?? "100"),
  mark: price(with_.mark ?? "100"),
  status: with_.status ?? "open",
  quotedAt: at(with_.ageMs ?? 200),
});

/** Entered at `entry`; a minus before the quantity makes it short. */
export function aPosition(of: InstrumentId, held: string, entry = "100", with_: Partial<Position> = {}): Position {
  return {
    instrument: of,
    quantity: quantity(held),
    cost: absolute(notional(price(entry), quantity(held), quantity("1"), "up")),
    averageEntry: price(entry),
    openedAt: at(86_400_000),
    marginMode: "cross",
    isolatedMargin: zeroMoney,
    realised: zeroMoney,
    fees: zeroMoney,
    funding: zeroMoney,
    ...with_,
  };
}

export const anOpenOrder = (of: InstrumentId, with_: Partial<OpenOrder> = {}): OpenOrder => ({
  id: clientOrderIdOf("other-order"),
  intent: intentId("other-intent"),
  correlation: correlationId("other"),
  instrument: of,
  side: "buy",
  purpose: "entry",
  type: "limit",
  state: "working",
  quantity: quantity("2"),
  filled: quantity("0"),
  limit: price("100"),
  reduceOnly: false,
  plannedAt: at(600_000),
  ...with_,
});

export const aSentOrder = (of: InstrumentId, with_: Partial<SentOrder> = {}): SentOrder => ({
  id: clientOrderIdOf("sent-order"),
  instrument: of,
  side: "buy",
  purpose: "entry",
  quantity: quantity("2"),
  sentAt: at(30_000),
  ...with_,
});

export const aReservation = (of: InstrumentId, amount: string, with_: Partial<Reservation> = {}): Reservation => ({
  intent: intentId("waiting-intent"),
  instrument: of,
  side: "buy",
  notional: money(amount),
  ...with_,
});

export const aLatch = (name: LatchName): Latch => ({ name, level: "K1", by: "test", reason: "test", latchedAt: at(1000) });

/** Wide enough that a test which tightens one limit hears of no other. */
export const someLimits = (with_: Partial<Limits> = {}): Limits => ({
  allowed: ["BTCUSDT.PERP", "ETHUSDT", "SPY", "SPY260320C00600000", "SOLUSDT.PERP"].map(instrumentId),
  priceCollarBps: 100,
  referenceGapBpsMax: 200,
  quoteAgeMsMax: 2_000,
  spreadBpsMax: 50,
  orderNotionalMax: money("1000000"),
  orderEquityBpsMax: 100_000,
  positionNotionalMax: money("1000000"),
  concentrationBpsMax: 100_000,
  grossExposureBpsMax: 200_000,
  netExposureBpsMax: 200_000,
  leverageMax: 10,
  liquidationDistanceBpsMin: 100,
  dailyLossBpsMax: 200,
  drawdownBpsMax: 1_000,
  ordersPerMinuteMax: 10,
  entriesPerHourMax: 5,
  duplicateWindowMs: 60_000,
  duplicateSizeBps: 1_000,
  positionsMax: 5,
  stopRequired: true,
  stopDistanceBpsMin: 20,
  stopDistanceBpsMax: 1_000,
  riskPerTradeBpsMax: 10_000,
  ...with_,
});

type Wanted = Omit<Partial<Candidate>, "quantity" | "price" | "stopLoss" | "takeProfit"> & {
  quantity?: string;
  price?: string;
  stopLoss?: string | undefined;
  takeProfit?: string;
};

type Told = Omit<Partial<Standing>, "cash" | "equity" | "dayStartEquity" | "peakEquity"> & {
  cash?: string;
  equity?: string;
  dayStartEquity?: string;
  peakEquity?: string;
  entriesFilled?: number;
  known?: readonly string[];
};

export type SceneWanted = {
  stage?: Scene["stage"];
  candidate?: Wanted;
  standing?: Told;
  limits?: Partial<Limits>;
  sessionOpen?: boolean;
  /** Nothing where nothing is said, so that most rows need no fee in their heads. */
  charges?: Charges;
  /** By id; the candidate's instrument has a good quote at 100 unless it is named here. */
  quotes?: readonly Quote[];
  noQuotes?: boolean;
  /** Instruments known beside the candidate's. */
  instruments?: readonly Instrument[];
};

/** A buy of 2 BTCUSDT.PERP at 100.1 with a stop at 98 on 10,000 of equity, which every rail passes. */
export function aScene(wanted: SceneWanted = {}): Scene {
  const { candidate = {}, standing = {} } = wanted;
  const instrument = candidate.instrument ?? aPerpetual();
  const entry = (candidate.purpose ?? "entry") === "entry";
  const side = candidate.side ?? "buy";
  const { quantity: many, price: limit, stopLoss, takeProfit, ...rest } = candidate;
  const size = quantity(many ?? "2");
  const priced = price(limit ?? (side === "buy" ? "100.1" : "99.9"));
  const stop = "stopLoss" in candidate ? stopLoss : entry ? (side === "buy" ? "98" : "102") : undefined;

  const known = new Map<InstrumentId, Instrument>(
    [aPerpetual(), aSpot(), anEquity(), anOption(), ...(wanted.instruments ?? []), instrument].map((of) => [of.id, of]),
  );
  const quotes = new Map(
    (wanted.noQuotes === true ? [] : [aQuote(instrument.id), ...(wanted.quotes ?? [])]).map((of) => [of.instrument, of]),
  );
  return {
    now: instantOfMs(nowMs),
    stage: wanted.stage ?? "proposal",
    candidate: {
      intent: intentId("intent-1"),
      instrument,
      side,
      purpose: "entry",
      type: "limit",
      reduceOnly: !entry,
      quantity: size,
      price: priced,
      notional: absolute(notional(priced, size, instrument.multiplier, "up")),
      ...(stop === undefined ? {} : { stopLoss: price(stop) }),
      ...(takeProfit === undefined ? {} : { takeProfit: price(takeProfit) }),
      ...rest,
    },
    standing: aStanding(standing),
    quote: (id) => quotes.get(id),
    instrument: (id) => known.get(id),
    sessionOpen: wanted.sessionOpen ?? true,
    limits: someLimits(wanted.limits),
    charges: wanted.charges ?? { takerFee: rate("0") },
  };
}

function aStanding({ cash, equity, dayStartEquity, peakEquity, entriesFilled = 0, known = [], ...rest }: Told): Standing {
  const positions = rest.positions ?? [];
  const openOrders = rest.openOrders ?? [];
  const worth = money(equity ?? "10000");
  return {
    positions,
    openOrders,
    reservations: [],
    sentOrders: [],
    latches: [],
    killLevel: "none",
    marginMode: "cross",
    leverage: 10,
    cash: cash === undefined ? worth : money(cash),
    equity: worth,
    dayStartEquity: dayStartEquity === undefined ? worth : money(dayStartEquity),
    peakEquity: peakEquity === undefined ? worth : money(peakEquity),
    position: (id) => positions.find((held) => held.instrument === id),
    openOrder: (id) => openOrders.find((open) => open.id === id),
    knowsOrder: (id) => known.includes(id) || openOrders.some((open) => open.id === id),
    protection: () => undefined,
    entriesFilledSince: () => entriesFilled,
    ...rest,
  };
}

/** The same scene at another size and stage, as the next stage would build it. */
export function resized(scene: Scene, to: { quantity: bigint; stage?: Scene["stage"] }): Scene {
  const { candidate } = scene;
  const size = quantityOfUnits(to.quantity);
  const worth = absolute(notional(candidate.price, size, candidate.instrument.multiplier, "up"));
  return { ...scene, stage: to.stage ?? scene.stage, candidate: { ...candidate, quantity: size, notional: worth } };
}
