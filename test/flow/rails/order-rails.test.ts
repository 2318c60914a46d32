import { describe, expect, it } from "vitest";
import { clientOrderIdOf, instrumentId, intentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aLatch, anOpenOrder, aPerpetual, aPosition, aReservation, aScene, aSentOrder, at, nowMs } from "./a-scene.ts";
import { askOne, type Row } from "./ask-one.ts";

const btc = instrumentId("BTCUSDT.PERP");
const eth = instrumentId("ETHUSDT");
const mine = clientOrderIdOf("mine");
const close = { purpose: "close", side: "sell" } as const;
const stop = { purpose: "stop_loss", side: "sell", type: "stop", price: "98" } as const;
const target = { purpose: "take_profit", side: "sell", price: "104" } as const;
const long = [aPosition(btc, "2")];
const short = [aPosition(btc, "-2")];
const held = (candidate: object, positions = long, more: object = {}) => aScene({ candidate, standing: { positions, ...more } });
const open = (of: Parameters<typeof anOpenOrder>[1], candidate: object = {}, more: Parameters<typeof aScene>[0] = {}) =>
  aScene({ ...more, candidate, standing: { positions: long, openOrders: [anOpenOrder(btc, of)] } });
const sent = (of: Parameters<typeof aSentOrder>[1], candidate: object = {}) =>
  aScene({ candidate, standing: { sentOrders: [aSentOrder(btc, of)] } });
const times = (count: number, msAgo: number, purpose: "entry" | "close" = "entry") =>
  aScene({ standing: { sentOrders: Array.from({ length: count }, () => aSentOrder(eth, { sentAt: at(msAgo), purpose })) } });

const rows: readonly Row[] = [
  ["precision", "passed", "whole lots at a whole tick", aScene()],
  ["precision", "precision.quantity", "one unit beyond the lot", aScene({ candidate: { quantity: "2.000000000001" } })],
  ["precision", "precision.quantity", "nothing is not an order", aScene({ candidate: { quantity: "0" } })],
  ["precision", "precision.quantity", "quantities carry no sign", aScene({ candidate: { quantity: "-2" } })],
  ["precision", "precision.price", "one unit beyond the tick", aScene({ candidate: { price: "100.100000000001" } })],
  ["precision", "precision.price", "a market order has no price", aScene({ candidate: { price: "0" } })],
  ["precision", "precision.price", "below zero", aScene({ candidate: { price: "-100" } })],
  [
    "precision",
    "passed",
    "below zero where the instrument may be",
    aScene({ candidate: { price: "-100", instrument: aPerpetual({ priceMayBeNegative: true }) } }),
  ],
  ["precision", "precision.price", "the stop is off the tick", aScene({ candidate: { stopLoss: "98.05" } })],
  ["precision", "precision.price", "the target is off the tick", aScene({ candidate: { takeProfit: "110.05" } })],
  [
    "precision",
    "precision.notional",
    "a notional a unit too small is not its own",
    aScene({ candidate: { notional: money("200.199999999999") } }),
  ],
  ["precision", "precision.price", "exits are held to the tick too", aScene({ candidate: { ...close, price: "99.95" } })],

  ["minimum_order", "passed", "exactly the smallest quantity and notional", aScene({ candidate: { quantity: "0.05", price: "100" } })],
  [
    "minimum_order",
    "minimum_order.notional",
    "one lot below the smallest notional",
    aScene({ candidate: { quantity: "0.049", price: "100" } }),
  ],
  ["minimum_order", "passed", "the rest of a position may be closed below it", aScene({ candidate: { ...close, quantity: "0.001" } })],
  [
    "minimum_order",
    "minimum_order.quantity",
    "no venue takes less than its smallest quantity",
    aScene({ candidate: { ...close, quantity: "0.0009" } }),
  ],

  ["protective_order", "passed", "the stop is below a buy", aScene()],
  ["protective_order", "protective_order.missing_stop", "a stop is required", aScene({ candidate: { stopLoss: undefined } })],
  [
    "protective_order",
    "passed",
    "unless the limits waive it",
    aScene({ candidate: { stopLoss: undefined }, limits: { stopRequired: false } }),
  ],
  ["protective_order", "protective_order.stop_side", "a stop at the price itself", aScene({ candidate: { stopLoss: "100.1" } })],
  ["protective_order", "protective_order.stop_side", "a stop above a buy", aScene({ candidate: { stopLoss: "101" } })],
  ["protective_order", "protective_order.stop_side", "a stop below a sale", aScene({ candidate: { side: "sell", stopLoss: "98" } })],
  ["protective_order", "passed", "exactly the nearest", aScene({ candidate: { price: "100", stopLoss: "99.8" } })],
  ["protective_order", "protective_order.stop_near", "a unit nearer", aScene({ candidate: { price: "100", stopLoss: "99.800000000001" } })],
  ["protective_order", "passed", "exactly the furthest", aScene({ candidate: { price: "100", stopLoss: "90" } })],
  ["protective_order", "protective_order.stop_far", "a unit further", aScene({ candidate: { price: "100", stopLoss: "89.999999999999" } })],
  ["protective_order", "protective_order.target_side", "a target at the price itself", aScene({ candidate: { takeProfit: "100.1" } })],
  ["protective_order", "protective_order.target_side", "a target above a sale", aScene({ candidate: { side: "sell", takeProfit: "105" } })],
  ["protective_order", "passed", "a target three stop distances away", aScene({ candidate: { price: "100", takeProfit: "130" } })],
  [
    "protective_order",
    "protective_order.target_far",
    "a unit further",
    aScene({ candidate: { price: "100", takeProfit: "130.000000000001" } }),
  ],
  ["protective_order", "passed", "a stop as large as the position", held(stop)],
  ["protective_order", "protective_order.too_large", "a lot larger would open a short", held({ ...stop, quantity: "2.001" })],
  ["protective_order", "protective_order.same_side", "a sell stop guards no short", held(stop, short)],
  ["protective_order", "protective_order.no_position", "nothing to guard", held(stop, [])],
  ["protective_order", "protective_order.not_reduce_only", "not marked", held({ ...stop, reduceOnly: false })],
  ["protective_order", "passed", "closes are reduce_only's", held(close, [])],

  [
    "protective_order",
    "protective_order.stop_side",
    "a sale's stop at the price itself",
    aScene({ candidate: { side: "sell", stopLoss: "99.9" } }),
  ],
  [
    "protective_order",
    "protective_order.target_side",
    "a sale's target at the price itself",
    aScene({ candidate: { side: "sell", takeProfit: "99.9" } }),
  ],
  [
    "protective_order",
    "protective_order.stop_far",
    "from a price of zero every distance is too far",
    aScene({ candidate: { price: "0", stopLoss: "-1", instrument: aPerpetual({ priceMayBeNegative: true }) } }),
  ],

  ["unknown_order", "passed", "all orders are accounted for", open({})],
  ["unknown_order", "unknown_order.instrument", "an order of this instrument may have arrived", open({ state: "lost" })],
  ["unknown_order", "passed", "another instrument's may wait", aScene({ standing: { openOrders: [anOpenOrder(eth, { state: "lost" })] } })],
  ["unknown_order", "passed", "exits need not wait for another intent's", open({ state: "lost" }, close)],
  [
    "unknown_order",
    "unknown_order.intent",
    "the same intent is asked about, never sent again",
    open({ state: "lost", intent: intentId("intent-1") }, close),
  ],
  [
    "unknown_order",
    "passed",
    "a lost entry may have filled, and what it bought needs its stop",
    open({ state: "lost", intent: intentId("intent-1") }, { side: "sell", purpose: "stop_loss", type: "stop", reduceOnly: true }),
  ],
  [
    "unknown_order",
    "unknown_order.intent",
    "a lost stop may rest already: a second could fill beside it",
    open(
      { state: "lost", intent: intentId("intent-1"), purpose: "stop_loss" },
      { side: "sell", purpose: "stop_loss", type: "stop", reduceOnly: true },
    ),
  ],

  ["duplicate_exact", "passed", "no order exists yet", aScene()],
  ["duplicate_exact", "passed", "a new id", aScene({ candidate: { order: mine } })],
  [
    "duplicate_exact",
    "duplicate_exact.known",
    "an id used long ago",
    aScene({ candidate: { order: mine }, standing: { known: ["mine"] } }),
  ],
  [
    "duplicate_exact",
    "passed",
    "at the wire it has just been planned",
    open({ id: mine, state: "planned" }, { order: mine }, { stage: "wire" }),
  ],
  [
    "duplicate_exact",
    "duplicate_exact.known",
    "planned already at an earlier stage",
    open({ id: mine, state: "planned" }, { order: mine }),
  ],
  ["duplicate_exact", "duplicate_exact.known", "it was sent", open({ id: mine, state: "sent" }, { order: mine }, { stage: "wire" })],
  [
    "duplicate_exact",
    "duplicate_exact.known",
    "it may have been sent",
    open({ id: mine, state: "lost" }, { order: mine }, { stage: "wire" }),
  ],
  [
    "duplicate_exact",
    "duplicate_exact.known",
    "it is finished",
    aScene({ stage: "wire", candidate: { order: mine }, standing: { known: ["mine"] } }),
  ],
  [
    "duplicate_exact",
    "duplicate_exact.not_planned",
    "what is not in the journal does not leave",
    aScene({ stage: "wire", candidate: { order: mine } }),
  ],
  ["duplicate_exact", "duplicate_exact.no_id", "an order without a name cannot be asked for", aScene({ stage: "wire" })],

  ["duplicate_semantic", "passed", "nothing like it", aScene()],
  ["duplicate_semantic", "duplicate_semantic.sent", "the same again", sent({})],
  ["duplicate_semantic", "duplicate_semantic.sent", "exactly a tenth larger", sent({}, { quantity: "2.2" })],
  ["duplicate_semantic", "passed", "a unit beyond a tenth", sent({}, { quantity: "2.200000000001" })],
  ["duplicate_semantic", "duplicate_semantic.sent", "exactly a tenth smaller", sent({}, { quantity: "1.8" })],
  ["duplicate_semantic", "passed", "a unit beyond that", sent({}, { quantity: "1.799999999999" })],
  ["duplicate_semantic", "duplicate_semantic.sent", "exactly at the end of the window", sent({ sentAt: at(60_000) })],
  ["duplicate_semantic", "passed", "a millisecond past it", sent({ sentAt: at(60_001) })],
  ["duplicate_semantic", "passed", "the other side", sent({ side: "sell" })],
  ["duplicate_semantic", "passed", "another instrument", aScene({ standing: { sentOrders: [aSentOrder(eth)] } })],
  ["duplicate_semantic", "passed", "an exit was no entry", sent({ purpose: "close" })],
  ["duplicate_semantic", "passed", "it takes that order's place", sent({}, { replaces: clientOrderIdOf("sent-order") })],
  ["duplicate_semantic", "duplicate_semantic.open", "the same is planned", open({ plannedAt: at(1), state: "planned" })],
  ["duplicate_semantic", "passed", "it was planned long ago", open({ plannedAt: at(60_001) })],
  [
    "duplicate_semantic",
    "passed",
    "at the wire it is that order",
    open({ id: mine, plannedAt: at(1), state: "planned" }, { order: mine }, { stage: "wire" }),
  ],
  [
    "duplicate_semantic",
    "duplicate_semantic.reserved",
    "the same waits for a person",
    aScene({ standing: { reservations: [aReservation(btc, "200")] } }),
  ],
  [
    "duplicate_semantic",
    "passed",
    "it is the one that waited",
    aScene({ standing: { reservations: [aReservation(btc, "200", { intent: intentId("intent-1") })] } }),
  ],
  ["duplicate_semantic", "duplicate_semantic.resting", "the same stop rests", open({ ...restingStop() }, stop)],
  ["duplicate_semantic", "passed", "a stop at another price", open({ ...restingStop(), stop: price("97") }, stop)],
  ["duplicate_semantic", "passed", "a stop of another size", open({ ...restingStop(), quantity: quantity("1") }, stop)],
  [
    "duplicate_semantic",
    "passed",
    "a stop that replaces it",
    open({ ...restingStop() }, { ...stop, replaces: clientOrderIdOf("other-order") }),
  ],
  [
    "duplicate_semantic",
    "duplicate_semantic.resting",
    "the same target rests as a limit order",
    open({ side: "sell", purpose: "take_profit", reduceOnly: true, limit: price("104") }, target),
  ],

  ["duplicate_semantic", "passed", "the same on the other side is planned", open({ plannedAt: at(1), side: "sell", limit: price("110") })],
  [
    "duplicate_semantic",
    "passed",
    "the same of another instrument is planned",
    aScene({ standing: { openOrders: [anOpenOrder(eth, { plannedAt: at(1) })] } }),
  ],
  [
    "duplicate_semantic",
    "passed",
    "the same stop of another instrument",
    aScene({ candidate: stop, standing: { openOrders: [{ ...restingStop(), instrument: eth }] } }),
  ],
  ["duplicate_semantic", "passed", "a stop on the other side", open({ ...restingStop(), side: "buy" }, stop)],
  ["duplicate_semantic", "passed", "a target at the stop's price is no stop", open({ ...restingStop(), purpose: "take_profit" }, stop)],

  [
    "self_trade",
    "self_trade",
    "our purchase rests at the very price of a sale",
    open({ limit: price("99.9") }, { side: "sell", price: "99.9" }),
  ],

  ["self_trade", "passed", "our sale rests a unit higher", open({ side: "sell", limit: price("100.100000000001") })],
  ["self_trade", "self_trade", "our sale rests at the very price", open({ side: "sell", limit: price("100.1") })],
  ["self_trade", "self_trade", "our sale rests lower", open({ side: "sell", limit: price("100") })],
  ["self_trade", "self_trade", "our purchase rests higher", open({ limit: price("100") }, { side: "sell", price: "99.9" })],
  ["self_trade", "passed", "our purchase rests a unit lower", open({ limit: price("99.899999999999") }, { side: "sell", price: "99.9" })],
  ["self_trade", "passed", "the same side crosses nothing", open({ limit: price("100") })],
  [
    "self_trade",
    "passed",
    "another instrument",
    aScene({ standing: { openOrders: [anOpenOrder(eth, { side: "sell", limit: price("1") })] } }),
  ],
  ["self_trade", "passed", "it is replaced", open({ side: "sell", limit: price("100") }, { replaces: clientOrderIdOf("other-order") })],
  ["self_trade", "self_trade", "an exit is a wash trade as well", open({ limit: price("100") }, close)],
  ["self_trade", "passed", "a stop rests away from the market", open({ limit: price("100") }, stop)],

  ["message_throttle", "passed", "one below the limit", times(9, 1_000)],
  ["message_throttle", "message_throttle", "exactly the limit", times(10, 1_000)],
  ["message_throttle", "message_throttle", "one above", times(11, 1_000)],
  ["message_throttle", "message_throttle", "a millisecond short of a minute counts", times(10, 59_999)],
  ["message_throttle", "passed", "a minute ago is past", times(10, 60_000)],
  ["message_throttle", "passed", "exits carry no risk", times(10, 1_000, "close")],
  ["message_throttle", "not asked", "and are never held up", { ...times(10, 1_000), candidate: aScene({ candidate: close }).candidate }],

  ["repeated_execution", "passed", "one below the limit", aScene({ standing: { entriesFilled: 4 } })],
  ["repeated_execution", "repeated_execution", "exactly the limit", aScene({ standing: { entriesFilled: 5 } })],
  ["repeated_execution", "repeated_execution", "one above", aScene({ standing: { entriesFilled: 6 } })],
  [
    "repeated_execution",
    "repeated_execution.latched",
    "the hour has passed and nobody has looked",
    aScene({ standing: { latches: [aLatch("repeated_execution")] } }),
  ],
  [
    "repeated_execution",
    "passed",
    "it asks about this instrument and the last hour",
    aScene({ standing: { entriesFilledSince: (id, since) => (id === btc && since.epochMilliseconds === nowMs - 3_600_000 ? 0 : 99) } }),
  ],

  [
    "reduce_only",
    "reduce_only.too_large",
    "a reduction shares the position with others on their way",
    open(leaving("1"), { ...close, purpose: "reduce", quantity: "1.001" }),
  ],

  ["reduce_only", "passed", "entries are not its business", aScene()],
  ["reduce_only", "passed", "exactly the position", held(close)],
  ["reduce_only", "reduce_only.too_large", "a unit more would turn it", held({ ...close, quantity: "2.000000000001" })],
  ["reduce_only", "reduce_only.not_marked", "meant but not marked", held({ ...close, reduceOnly: false })],
  ["reduce_only", "reduce_only.no_position", "flat", held(close, [])],
  ["reduce_only", "reduce_only.same_side", "a sale reduces no short", held(close, short)],
  ["reduce_only", "passed", "a purchase does", held({ ...close, side: "buy" }, short)],
  ["reduce_only", "passed", "half is leaving, half is left", open(leaving("1"), { ...close, quantity: "1" })],
  ["reduce_only", "reduce_only.too_large", "a lot more than what is left", open(leaving("1"), { ...close, quantity: "1.001" })],
  [
    "reduce_only",
    "passed",
    "what has filled has left the position already",
    open({ ...leaving("2"), filled: quantity("1") }, { ...close, quantity: "1" }),
  ],
  [
    "reduce_only",
    "passed",
    "the order that it replaces does not count",
    open(leaving("1"), { ...close, replaces: clientOrderIdOf("other-order") }),
  ],
  ["reduce_only", "passed", "stops and targets guard the whole, side by side", open({ ...restingStop() }, close)],
];

function restingStop() {
  const { limit: _limit, ...order } = anOpenOrder(btc, {
    side: "sell",
    purpose: "stop_loss",
    type: "stop",
    reduceOnly: true,
    stop: price("98"),
  });
  return { ...order, limit: undefined as never };
}

function leaving(many: string) {
  return { side: "sell", purpose: "reduce", reduceOnly: true, limit: price("101"), quantity: quantity(many) } as const;
}

describe("rails on the order itself", () => {
  it.each(rows)("%s: %s because %s", (rail, expected, _because, scene) => {
    expect(askOne(rail, scene)).toBe(expected);
  });
});
