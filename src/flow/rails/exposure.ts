import type { Instrument } from "../../words/instrument.ts";
import { maintenanceMargin } from "../../words/margin.ts";
import { moneyOfUnits, notional, timesRate, type Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { OpenOrder } from "../portfolio/standing.ts";
import type { Position } from "../portfolio/position.ts";
import type { Scene } from "./candidate.ts";
import { overMultiple, sizeOf, timesMultiple } from "./fractions.ts";
import type { Limits } from "./limits.ts";
import { addsRisk, isCandidate, remainder } from "./open-orders.ts";
import { outlayOf, outlayPrice } from "./outlay.ts";

/**
 * What is held and what is on its way in, without the candidate itself: its own planned order, its own reservation and the order it
 * replaces are left out, so that nothing counts twice. Positions stand at mark, orders at their own price, reservations as reserved.
 */
export type Exposure = {
  /** Everything, both sides added. */
  readonly gross: Money;
  /** Positions alone, longs less shorts. */
  readonly net: Money;
  /** What would be bought and sold if every entry on its way filled. */
  readonly buys: Money;
  readonly sells: Money;
  /** The same for the candidate's instrument; `held` is signed. */
  readonly held: Money;
  readonly heldBuys: Money;
  readonly heldSells: Money;
  /** Initial margin of all of it at the leverage allowed; a cash instrument needs its whole value, and with the fee while it is on its way. */
  readonly margin: Money;
  /** That margin without the cash instruments held, which are paid already: what must still be covered by cash. */
  readonly cashNeeded: Money;
  /** Equity that other perpetuals need to stand: maintenance of cross positions, all that is set apart for isolated ones. */
  readonly othersMaintenance: Money;
};

/** The smaller of ours and, for a perpetual, the venue's. */
export const leverageMaxOf = (instrument: Instrument, limits: Limits): number =>
  instrument.kind === "perpetual" ? Math.min(limits.leverageMax, instrument.leverageMax) : limits.leverageMax;

/** Initial margin of a perpetual's notional at the leverage allowed, rounded up. */
export const marginOf = (worth: bigint, instrument: Instrument, limits: Limits): bigint =>
  overMultiple(worth, leverageMaxOf(instrument, limits));

/** The most notional of a perpetual whose initial margin is within `free`. */
export const roomAtMargin = (free: bigint, instrument: Instrument, limits: Limits): bigint =>
  timesMultiple(free, leverageMaxOf(instrument, limits));

/** What a quantity is worth at a price, without a sign, rounded up: exposure is never counted short. */
export const worthOf = (at: Price, quantity: Quantity, instrument: Instrument): bigint =>
  sizeOf(notional(at, quantity, instrument.multiplier, at > 0n === quantity > 0n ? "up" : "down"));

const believable = (at: Price, instrument: Instrument): boolean => at > 0n || instrument.priceMayBeNegative;

/** Undefined when anything held or on its way has no price or no known instrument: exposure is never guessed. */
export function exposureOf(scene: Scene): Exposure | undefined {
  const { standing, candidate, limits } = scene;
  let gross = 0n;
  let net = 0n;
  let buys = 0n;
  let sells = 0n;
  let held = 0n;
  let heldBuys = 0n;
  let heldSells = 0n;
  let margin = 0n;
  let cashNeeded = 0n;
  let othersMaintenance = 0n;

  for (const position of standing.positions) {
    const instrument = scene.instrument(position.instrument);
    const quote = scene.quote(position.instrument);
    if (instrument === undefined || quote === undefined || !believable(quote.mark, instrument)) return undefined;
    const worth = worthOf(quote.mark, position.quantity, instrument);
    const signed = position.quantity > 0n ? worth : 0n - worth;
    const own = position.instrument === candidate.instrument.id;
    gross += worth;
    net += signed;
    if (own) held += signed;
    if (instrument.kind !== "perpetual") {
      margin += worth;
      continue;
    }
    const needed = marginOf(worth, instrument, limits);
    const setAside = needed > position.isolatedMargin ? needed : position.isolatedMargin;
    margin += setAside;
    cashNeeded += setAside;
    if (own) continue;
    othersMaintenance +=
      position.marginMode === "isolated"
        ? setApart(position, signed)
        : maintenanceMargin(moneyOfUnits(worth), instrument.maintenanceMarginRate);
  }

  for (const order of standing.openOrders) {
    if (!addsRisk(order) || isCandidate(order, scene)) continue;
    const instrument = scene.instrument(order.instrument);
    const at = priceOf(order, scene);
    if (instrument === undefined || at === undefined || !believable(at, instrument)) return undefined;
    const worth = worthOf(at, remainder(order), instrument);
    const needed = instrument.kind === "perpetual" ? marginOf(worth, instrument, limits) : outlayOfOpen(order, at, instrument);
    if (needed === undefined) return undefined;
    count(order.side, order.instrument, worth, needed);
  }
  for (const reservation of standing.reservations) {
    if (reservation.intent === candidate.intent) continue;
    const instrument = scene.instrument(reservation.instrument);
    if (instrument === undefined) return undefined;
    const worth = sizeOf(reservation.notional);
    count(reservation.side, reservation.instrument, worth, marginOfReserved(worth, instrument));
  }

  function outlayOfOpen(order: OpenOrder, at: Price, instrument: Instrument): bigint | undefined {
    const quote = scene.quote(order.instrument);
    if (quote === undefined && order.side === "sell") return undefined;
    return outlayOf(quote === undefined ? at : outlayPrice(at, order.side, quote), remainder(order), instrument, scene.charges);
  }

  /** It is judged once more before it becomes an order, so that here its notional does, with the fee that goes by it. */
  function marginOfReserved(worth: bigint, instrument: Instrument): bigint {
    if (instrument.kind === "perpetual") return marginOf(worth, instrument, limits);
    return worth + timesRate(moneyOfUnits(worth), scene.charges.takerFee, "up");
  }

  function count(side: "buy" | "sell", id: Instrument["id"], worth: bigint, needed: bigint): void {
    const own = id === candidate.instrument.id;
    gross += worth;
    if (side === "buy") {
      buys += worth;
      if (own) heldBuys += worth;
    } else {
      sells += worth;
      if (own) heldSells += worth;
    }
    margin += needed;
    cashNeeded += needed;
  }

  return {
    gross: moneyOfUnits(gross),
    net: moneyOfUnits(net),
    buys: moneyOfUnits(buys),
    sells: moneyOfUnits(sells),
    held: moneyOfUnits(held),
    heldBuys: moneyOfUnits(heldBuys),
    heldSells: moneyOfUnits(heldSells),
    margin: moneyOfUnits(margin),
    cashNeeded: moneyOfUnits(cashNeeded),
    othersMaintenance: moneyOfUnits(othersMaintenance),
  };
}

/** An order that has no price of its own would trade near the mark. */
export const priceOf = (order: OpenOrder, scene: Scene): Price | undefined =>
  order.limit ?? order.stop ?? scene.quote(order.instrument)?.mark;

/** An isolated position's margin and its unrealised result count in equity but back nothing else. */
function setApart({ isolatedMargin, cost, quantity }: Position, signed: bigint): bigint {
  const unrealised = quantity > 0n ? signed - cost : signed + cost;
  const apart = isolatedMargin + unrealised;
  return apart > 0n ? apart : 0n;
}

/** What the candidate's own side of its instrument holds already; what is held the other way round offsets nothing. */
export function sameSideHeld(exposure: Exposure, side: "buy" | "sell"): bigint {
  const held = side === "buy" ? exposure.held : 0n - exposure.held;
  return (held > 0n ? held : 0n) + (side === "buy" ? exposure.heldBuys : exposure.heldSells);
}
