import * as fc from "fast-check";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import type { LatchName } from "../../../src/flow/portfolio/standing.ts";
import type { Instrument } from "../../../src/words/instrument.ts";
import { clientOrderIdOf, instrumentId, intentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import {
  aLatch,
  anEquity,
  anOpenOrder,
  anOption,
  aPerpetual,
  aPosition,
  aQuote,
  aReservation,
  aScene,
  aSentOrder,
  aSpot,
  at,
} from "./a-scene.ts";

const instruments: readonly Instrument[] = [
  aPerpetual(),
  aPerpetual({ id: instrumentId("SOLUSDT.PERP"), leverageMax: 5, maxQuantity: quantity("30") }),
  aSpot(),
  anEquity(),
  anOption(),
  anEquity({ id: instrumentId("GME"), shortable: false }),
];

const ids = instruments.map(({ id }) => id);

/** Mostly the first, at times one of the others: a scene where everything is odd reaches only the first rails. */
const mostly = <Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>, weight = 12): fc.Arbitrary<Value> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: odd, weight: 1 });
const tenths = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from * 10, max: to * 10 }).map((count) => (count / 10).toFixed(1));
const aroundHundred = tenths(99, 101);
const side = fc.constantFrom("buy" as const, "sell" as const);
const whichOf = fc.constantFrom(...instruments);
const wholes = (to: number): fc.Arbitrary<string> => fc.integer({ min: 1, max: to }).map(String);

const quote = fc.record({
  bid: mostly(tenths(99.8, 100), tenths(-1, 110), 20),
  ask: mostly(tenths(100, 100.3), tenths(-1, 110), 20),
  last: mostly(tenths(99.5, 100.5), tenths(-1, 110), 20),
  mark: mostly(tenths(99.5, 100.5), tenths(-1, 110), 40),
  ageMs: mostly(fc.integer({ min: 0, max: 1_999 }), fc.integer({ min: -2, max: 2_002 })),
  status: mostly(fc.constant("open" as const), fc.constantFrom("halted" as const, "auction" as const, "closed" as const), 20),
});

const position = fc.record({
  of: whichOf,
  held: fc
    .integer({ min: -30, max: 30 })
    .filter((count) => count !== 0)
    .map(String),
  entry: aroundHundred,
  isolated: mostly(fc.constant(0), fc.integer({ min: 1, max: 500 }), 4),
});
const order = fc.record({
  of: whichOf,
  side,
  purpose: fc.constantFrom(
    "entry" as const,
    "entry" as const,
    "reduce" as const,
    "close" as const,
    "stop_loss" as const,
    "take_profit" as const,
  ),
  state: mostly(fc.constantFrom("working" as const, "planned" as const), fc.constant("lost" as const)),
  quantity: wholes(12),
  filled: fc.integer({ min: 0, max: 3 }).map(String),
  limit: fc.option(tenths(95, 105), { nil: undefined, freq: 8 }),
  stop: fc.option(tenths(95, 105), { nil: undefined, freq: 1 }),
  agoMs: fc.constantFrom(1, 59_999, 60_000, 60_001, 600_000),
  own: mostly(fc.constant(false), fc.constant(true)),
  marked: mostly(fc.constant(true), fc.constant(false)),
});
const sent = fc.record({
  of: whichOf,
  side,
  quantity: wholes(12),
  agoMs: fc.constantFrom(1, 59_999, 60_000, 60_001),
  purpose: fc.constantFrom("entry" as const, "entry" as const, "close" as const),
});
const reserved = fc.record({ of: whichOf, side, notional: wholes(2_000), own: fc.boolean() });

const points = (...of: number[]): fc.Arbitrary<number> => mostly(fc.constant(100_000), fc.constantFrom(...of), 3);
const limits = fc.record({
  orderNotionalMax: mostly(fc.constant(money("1000000")), wholes(2_000).map(money), 2),
  orderEquityBpsMax: points(100, 500, 1_000, 2_000),
  positionNotionalMax: mostly(fc.constant(money("1000000")), wholes(4_000).map(money), 2),
  concentrationBpsMax: points(500, 1_000, 2_000, 5_000),
  grossExposureBpsMax: points(1_000, 5_000, 10_000),
  netExposureBpsMax: points(500, 2_000, 5_000),
  leverageMax: mostly(fc.constant(10), fc.constantFrom(1, 2, 4, 5), 3),
  liquidationDistanceBpsMin: fc.constantFrom(100, 1_000, 5_000, 20_000),
  riskPerTradeBpsMax: points(1, 5, 20, 100),
  positionsMax: fc.constantFrom(2, 4, 9),
  stopRequired: mostly(fc.constant(true), fc.constant(false), 4),
  allowed: mostly(fc.constant(ids), fc.constant(ids.slice(0, 1)), 20),
});

type Drawn = { readonly of: Instrument; readonly held: string; readonly entry: string; readonly isolated: number };

/** Exits want something to leave, so often the first position is the candidate's own. */
function heldOf(of: {
  readonly of: Instrument;
  readonly side: "buy" | "sell";
  readonly heldHere: string;
  readonly positions: readonly Drawn[];
}) {
  const [first, ...more] = of.positions;
  const isLong = (of.side === "sell") === (of.heldHere === "opposite");
  const many = (first?.held ?? "7").replace("-", "");
  const own = { of: of.of, held: isLong ? many : `-${many}`, entry: first?.entry ?? "100", isolated: first?.isolated ?? 0 };
  const held = of.heldHere === "nothing" ? of.positions : [own, ...more.filter((drawn) => drawn.of.id !== of.of.id)];
  return held.map(({ of: { id, kind }, held: count, entry, isolated }) =>
    aPosition(
      id,
      count,
      entry,
      isolated === 0 || kind !== "perpetual" ? {} : { marginMode: "isolated", isolatedMargin: money(String(isolated)) },
    ),
  );
}

/** Scenes around every limit: numbers are coarse on purpose, so that exactly-at happens often. */
export const scenes: fc.Arbitrary<Scene> = fc
  .record({
    of: mostly(fc.constantFrom(...instruments.slice(0, 2)), whichOf, 1),
    stage: fc.constantFrom("proposal" as const, "proposal" as const, "release" as const, "wire" as const, "replace" as const),
    side,
    purpose: mostly(
      fc.constant("entry" as const),
      fc.constantFrom("reduce" as const, "close" as const, "stop_loss" as const, "take_profit" as const),
      2,
    ),
    quantity: mostly(wholes(20), fc.constantFrom("0.001", "0.05", "0.5", "1500", "2.0005", "0")),
    price: mostly(tenths(99.3, 100.7), tenths(88, 112), 10),
    stopBy: mostly(fc.integer({ min: 2, max: 101 }), fc.constantFrom(-1, 0), 20),
    targetBy: fc.option(mostly(fc.integer({ min: 1, max: 310 }), fc.constantFrom(-1, 0), 20), { nil: undefined, freq: 1 }),
    stop: mostly(fc.constant(true), fc.constant(false), 20),
    marked: mostly(fc.constant(true), fc.constant(false), 20),
    order: mostly(fc.constant("planned"), fc.constantFrom("none", "sent", "new", "old"), 8),
    heldHere: fc.constantFrom("nothing", "nothing", "opposite", "opposite", "same"),
    replaces: mostly(fc.constant(false), fc.constant(true), 6),
    quotes: fc.array(quote, { minLength: instruments.length, maxLength: instruments.length }),
    unquoted: mostly(fc.constant(-1), fc.integer({ min: 0, max: instruments.length - 1 }), 30),
    sessionOpen: mostly(fc.constant(true), fc.constant(false), 20),
    positions: fc.uniqueArray(position, { maxLength: 3, selector: ({ of }) => of.id }),
    orders: fc.array(order, { maxLength: 2 }),
    sent: fc.oneof(
      { weight: 4, arbitrary: fc.array(sent, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(sent, { minLength: 9, maxLength: 14 }) },
    ),
    reserved: fc.array(reserved, { maxLength: 2 }),
    latches: mostly(
      fc.constant<LatchName[]>([]),
      fc.constantFrom<LatchName>("daily_loss", "drawdown", "kill", "repeated_execution", "ledger_mismatch").map((name) => [name]),
      20,
    ),
    killLevel: mostly(fc.constant("none" as const), fc.constantFrom("K1" as const, "K2" as const, "K3" as const, "K4" as const), 20),
    equity: mostly(fc.constantFrom("10000", "9801", "5000", "1000"), fc.constantFrom("9800", "0", "-5"), 8),
    dayStart: mostly(fc.constant("same"), fc.constantFrom("10000", "0")),
    peak: mostly(fc.constant("same"), fc.constantFrom("10000", "0")),
    cash: fc.constantFrom("same", "same", "500", "0"),
    marginMode: mostly(fc.constant("cross" as const), fc.constant("isolated" as const), 3),
    leverage: fc.constantFrom(1, 2, 4, 5, 10, 20),
    entriesFilled: mostly(fc.constant(0), fc.constantFrom(4, 5, 6), 12),
    ordersPerMinuteMax: fc.constantFrom(2, 3, 10),
    charges: fc.record({
      takerFee: fc.constantFrom("0", "0.0005", "0.01").map(rate),
      feePerContract: fc.constantFrom(money("0"), money("0.65")),
    }),
    byContract: fc.boolean(),
    limits,
  })
  .map((r) => {
    const tick = (by: number): string => (Number(r.price) + (r.side === "buy" ? -by : by) / 10).toFixed(1);
    const orderId = clientOrderIdOf("mine");
    const own = anOpenOrder(r.of.id, {
      id: orderId,
      intent: intentId("intent-1"),
      side: r.side,
      purpose: r.purpose,
      quantity: quantity(r.quantity),
      state: r.order === "sent" ? "sent" : "planned",
      plannedAt: at(1),
    });
    const others = r.orders.map(({ of, own: sameIntent, agoMs, marked, ...o }, index) => {
      const { limit: _limit, ...open } = anOpenOrder(of.id, {
        side: o.side,
        purpose: o.purpose,
        state: o.state,
        quantity: quantity(o.quantity),
        filled: quantity(o.filled),
        id: clientOrderIdOf(`o${index}`),
        reduceOnly: o.purpose !== "entry" && marked,
        plannedAt: at(agoMs),
        ...(sameIntent ? { intent: intentId("intent-1") } : {}),
      });
      return {
        ...open,
        ...(o.limit === undefined ? {} : { limit: price(o.limit) }),
        ...(o.stop === undefined ? {} : { stop: price(o.stop), type: "stop" as const }),
      };
    });
    return aScene({
      stage: r.stage,
      candidate: {
        instrument: r.of,
        side: r.side,
        purpose: r.purpose,
        reduceOnly: r.purpose !== "entry" && r.marked,
        quantity: r.quantity,
        price: r.price,
        stopLoss: r.stop && r.purpose === "entry" ? tick(r.stopBy) : undefined,
        ...(r.targetBy === undefined || r.purpose !== "entry" ? {} : { takeProfit: tick(-r.targetBy) }),
        ...(r.order === "none" || (r.stage !== "wire" && r.order === "planned") ? {} : { order: orderId }),
        ...(r.replaces ? { replaces: clientOrderIdOf("o0") } : {}),
      },
      standing: {
        equity: r.equity,
        cash: r.cash === "same" ? r.equity : r.cash,
        dayStartEquity: r.dayStart === "same" ? r.equity : r.dayStart,
        peakEquity: r.peak === "same" ? r.equity : r.peak,
        positions: heldOf(r),
        openOrders: [...others, ...((r.stage === "wire" && r.order === "planned") || r.order === "sent" ? [own] : [])],
        known: r.order === "old" ? ["mine"] : [],
        // Oldest first, as a standing has them.
        sentOrders: r.sent
          .toSorted((a, b) => b.agoMs - a.agoMs)
          .map(({ of, agoMs, quantity: many, ...s }, index) =>
            aSentOrder(of.id, { ...s, quantity: quantity(many), sentAt: at(agoMs), id: clientOrderIdOf(`s${index}`) }),
          ),
        reservations: r.reserved.map(({ of, notional, own: sameIntent, side: way }) =>
          aReservation(of.id, notional, { side: way, intent: intentId(sameIntent ? "intent-1" : "waiting") }),
        ),
        latches: r.latches.map(aLatch),
        killLevel: r.killLevel,
        marginMode: r.marginMode,
        leverage: r.leverage,
        entriesFilled: r.entriesFilled,
      },
      sessionOpen: r.sessionOpen,
      noQuotes: r.unquoted >= 0 && instruments[r.unquoted]?.id === r.of.id,
      quotes: instruments.flatMap(({ id }, index) => (index === r.unquoted ? [] : [aQuote(id, r.quotes[index])])),
      instruments,
      charges: r.byContract ? r.charges : { takerFee: r.charges.takerFee },
      limits: { ...r.limits, ordersPerMinuteMax: r.ordersPerMinuteMax },
    });
  });
