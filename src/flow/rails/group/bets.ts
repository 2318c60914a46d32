import { divideUnits } from "../../../words/exact.ts";
import type { InstrumentId, IntentId } from "../../../words/ids.ts";
import type { Instrument } from "../../../words/instrument.ts";
import { moneyOfUnits, notional, timesRate, type Money } from "../../../words/money.ts";
import type { Price } from "../../../words/price.ts";
import type { Quantity } from "../../../words/quantity.ts";
import { factor } from "../../../words/rate.ts";
import type { Bet } from "../../portfolio/group-standing.ts";
import type { Position } from "../../portfolio/position.ts";
import type { OpenOrder, Reservation } from "../../portfolio/standing.ts";
import { overMultiple, sizeOf } from "../fractions.ts";
import { addsRisk, remainder } from "../open-orders.ts";

/** What an account holds comes in, with what is known of prices; its bets and its margin go out. */
export type Books = {
  readonly positions: readonly Position[];
  readonly openOrders: readonly OpenOrder[];
  readonly reservations: readonly Reservation[];
  readonly leverage: number;
};

export type Sight = {
  instrument(id: InstrumentId): Instrument | undefined;
  mark(id: InstrumentId): Price | undefined;
  delta(id: InstrumentId): number | undefined;
};

export type BetsAndMargin = { readonly bets: readonly Bet[]; readonly margin: Money };
type Direction = 1 | -1;
type Worth = { readonly underlying: string; readonly worth: bigint; readonly direction: Direction };

/** A coin, a share or what an option is on: under this name desks share one bet. */
export function underlyingOf(instrument: Instrument, sight: Pick<Sight, "instrument">): string {
  switch (instrument.kind) {
    case "perpetual":
    case "spot":
      return instrument.base;
    case "equity":
    case "etf":
      return instrument.symbol;
    case "option": {
      const known = sight.instrument(instrument.underlying);
      return known === undefined ? instrument.underlying : underlyingOf(known, sight);
    }
  }
}

/**
 * What so much of an instrument at `at` stakes on its underlying. An option whose delta nobody knows stakes as much as what it is on,
 * and one whose underlying has no price stands at its strike: a bet is never counted short.
 */
export function betOf(instrument: Instrument, quantity: Quantity, at: Price, sight: Sight): Worth {
  const underlying = underlyingOf(instrument, sight);
  const long = quantity >= 0n;
  if (instrument.kind !== "option") {
    const worth = sizeOf(notional(at, quantity, instrument.multiplier, long === at >= 0n ? "up" : "down"));
    return { underlying, worth, direction: long === at >= 0n ? 1 : -1 };
  }
  const delta = sight.delta(instrument.id) ?? (instrument.right === "call" ? 1 : -1);
  const moved = sizeOf(
    notional(sight.mark(instrument.underlying) ?? instrument.strike, quantity, instrument.multiplier, long ? "up" : "down"),
  );
  const worth = timesRate(moneyOfUnits(moved), factor(Math.min(1, Math.abs(delta))), "up");
  return { underlying, worth, direction: long === delta >= 0 ? 1 : -1 };
}

/** Initial margin of a notional at the account's own leverage; everything but a perpetual needs the whole of it. */
export const marginAt = (worth: bigint, instrument: Instrument, leverage: number): bigint =>
  instrument.kind === "perpetual" ? overMultiple(worth, Math.min(leverage, instrument.leverageMax)) : worth;

/** Undefined where something held or on its way has no price or is not known: exposure is never guessed. `intent` and `skip` are left out. */
export function betsOf(
  books: Books,
  sight: Sight,
  skip: (order: OpenOrder) => boolean = () => false,
  intent?: IntentId,
): BetsAndMargin | undefined {
  const found = new Map<string, { longs: bigint; shorts: bigint; buys: bigint; sells: bigint }>();
  let margin = 0n;
  const add = ({ underlying, worth, direction }: Worth, held: boolean): void => {
    const bet = found.get(underlying) ?? { longs: 0n, shorts: 0n, buys: 0n, sells: 0n };
    found.set(underlying, bet);
    bet[direction === 1 ? (held ? "longs" : "buys") : held ? "shorts" : "sells"] += worth;
  };

  for (const { instrument: id, quantity, isolatedMargin } of books.positions) {
    const instrument = sight.instrument(id);
    const mark = sight.mark(id);
    if (instrument === undefined || mark === undefined) return undefined;
    add(betOf(instrument, quantity, mark, sight), true);
    const needed = marginAt(sizeOf(notional(mark, quantity, instrument.multiplier, "up")), instrument, books.leverage);
    margin += needed > isolatedMargin ? needed : isolatedMargin;
  }
  for (const order of books.openOrders) {
    if (!addsRisk(order) || skip(order)) continue;
    const instrument = sight.instrument(order.instrument);
    const at = order.limit ?? order.stop ?? sight.mark(order.instrument);
    if (instrument === undefined || at === undefined) return undefined;
    const left = remainder(order);
    add(turned(betOf(instrument, left, at, sight), order.side), false);
    margin += marginAt(sizeOf(notional(at, left, instrument.multiplier, "up")), instrument, books.leverage);
  }
  for (const reservation of books.reservations) {
    if (reservation.intent === intent) continue;
    const instrument = sight.instrument(reservation.instrument);
    const worth = sizeOf(reservation.notional);
    if (instrument === undefined) return undefined;
    const bet = staked(instrument, worth, sight);
    if (bet === undefined) return undefined;
    add(turned(bet, reservation.side), false);
    margin += marginAt(worth, instrument, books.leverage);
  }
  const bets = [...found]
    .map(([underlying, { longs, shorts, buys, sells }]) => ({
      underlying,
      longs: moneyOfUnits(longs),
      shorts: moneyOfUnits(shorts),
      buys: moneyOfUnits(buys),
      sells: moneyOfUnits(sells),
    }))
    .sort((one, other) => (one.underlying < other.underlying ? -1 : 1));
  return { bets, margin: moneyOfUnits(margin) };
}

/** What so much money of an instrument stakes, bought; an option without a price could be any number of contracts. */
function staked(instrument: Instrument, worth: bigint, sight: Sight): Worth | undefined {
  const underlying = underlyingOf(instrument, sight);
  if (instrument.kind !== "option") return { underlying, worth, direction: 1 };
  const mark = sight.mark(instrument.id);
  if (mark === undefined || mark <= 0n) return undefined;
  const one = betOf(instrument, instrument.lot, mark, sight);
  const costs = notional(mark, instrument.lot, instrument.multiplier, "down");
  return costs <= 0n ? undefined : { ...one, worth: divideUnits(worth * one.worth, costs, "up") };
}

/** What is sold stakes the other way. */
export const turned = (of: Worth, side: "buy" | "sell"): Worth => (side === "buy" ? of : { ...of, direction: of.direction === 1 ? -1 : 1 });

export const grossOf = ({ longs, shorts, buys, sells }: Bet): bigint => longs + shorts + buys + sells;
