import type { Settlement } from "../../flow/fills/settlement.ts";
import { divideUnits, exactOne, roundToStep } from "../../words/exact.ts";
import { zeroMoney } from "../../words/money.ts";
import { price, priceOfTicks, priceOfUnits, ticksOfPrice, type Price } from "../../words/price.ts";
import { lotsOfQuantity, opposed, quantityOfLots, quantityOfUnits, type Quantity } from "../../words/quantity.ts";
import { Random } from "../random.ts";
import type { Asset } from "./asset.ts";
import { endCombo } from "./combo-matching.ts";
import type { Exchange } from "./exchange.ts";
import { sweepReduceOnly } from "./execution.ts";
import type { Listed } from "./option-book.ts";

/** OCC exercises by exception what ends at least this far in the money. */
const exercisedFrom = price("0.01");
const worthless = priceOfUnits(0n);
/** How likely a holder who should exercise early does: some forget. */
const earlyChance = 0.9;

/** What exercise would pay a unit of the underlying at its last price; below zero out of the money. */
function intrinsic(listed: Listed): Price {
  const { option, asset, underlying } = listed;
  // Where the underlying trades elsewhere, the option's own last price is all that is known of its worth.
  if (underlying === undefined) return lastOf(asset);
  const { from, into } = listed.sharesEach ?? whole;
  const last = divideUnits(lastOf(underlying) * BigInt(into), BigInt(from), "half_even");
  return priceOfUnits(option.right === "call" ? last - option.strike : option.strike - last);
}

const whole = { from: 1, into: 1 } as const;

const lastOf = (asset: Asset): Price => (Number.isNaN(asset.last) ? worthless : priceOfTicks(asset.last, asset.instrument.tick));

/** Ends every option whose time has come, once the price that decides it is there. */
export function settleExpired(exchange: Exchange, shown: Asset): void {
  const { nowMs, options } = exchange;
  if (options.nextEndMs > nowMs) return;
  for (const listed of options.due(nowMs, shown)) {
    options.end(listed);
    for (const order of listed.asset.orders) exchange.cancel(order, "expired", listed.endsMs);
    for (const combo of exchange.combos)
      if (combo.legs.some(({ asset }) => asset === listed.asset)) endCombo(exchange, combo, "expired", listed.endsMs);
    const { held } = listed.asset;
    if (held === 0) continue;
    const worth = intrinsic(listed);
    if (worth < exercisedFrom) settle(exchange, listed, held, { kind: "expired", price: worthless }, listed.endsMs);
    else exercise(exchange, listed, held, held > 0 ? "exercised" : "assigned", listed.endsMs);
  }
}

/**
 * At the end of a session, before `dividend` (a share) is taken off the price: holders of calls in the money whose time value is below
 * it exercise, and holders of puts with none left. Which of ours are met is drawn from the venue's seed, by contract and day.
 */
export function assignEarly(exchange: Exchange, underlying: Asset, dividend: Price | undefined): void {
  for (const listed of exchange.options.on(underlying.instrument.id)) {
    const { asset, option, ended } = listed;
    if (asset.held >= 0 || ended || option.exercise === "european" || listed.underlying === undefined) continue;
    const worth = intrinsic(listed);
    if (worth < exercisedFrom) continue;
    const timeValue = lastOf(asset) - worth;
    const pays = option.right === "call" ? dividend !== undefined && timeValue < dividend : timeValue < option.tick;
    const draw = new Random(exchange.settings.seed).fork("assignment").fork(`${option.id} ${exchange.nowMs}`);
    if (!pays || !draw.chance(earlyChance)) continue;
    exercise(exchange, listed, -draw.int(1, -asset.held), "assigned", exchange.nowMs);
  }
}

type How = {
  readonly kind: "expired" | "exercised" | "assigned";
  readonly price: Price;
  readonly delivered?: NonNullable<Settlement["delivered"]>;
};

/** Delivers shares where the venue trades them and strike and size fit their grid; pays the difference in cash where it does not. */
function exercise(exchange: Exchange, listed: Listed, lots: number, kind: "exercised" | "assigned", atMs: number): void {
  const delivered = exchange.settings.cashSettled === true ? undefined : sharesOf(listed, lots);
  if (delivered !== undefined) settle(exchange, listed, lots, { kind, price: worthless, delivered }, atMs);
  else settle(exchange, listed, lots, { kind, price: priceOfUnits(roundToStep(intrinsic(listed), listed.option.tick, "down")) }, atMs);
}

function sharesOf({ option, underlying, sharesEach }: Listed, lots: number): Settlement["delivered"] {
  // What a contract of old shares delivers is not on its symbol any more: it is paid out.
  if (underlying === undefined || sharesEach !== undefined) return undefined;
  const { id, lot, tick } = underlying.instrument;
  const contracts = quantityOfLots(lots, option.lot);
  const shares: Quantity = quantityOfUnits(((option.right === "call" ? contracts : opposed(contracts)) * option.multiplier) / exactOne);
  return shares % lot === 0n && option.strike % tick === 0n ? { instrument: id, quantity: shares, price: option.strike } : undefined;
}

function settle(exchange: Exchange, { asset, option, underlying }: Listed, lots: number, how: How, atMs: number): void {
  const { books } = exchange;
  const { delivered } = how;
  books.trade(asset, -lots, ticksOfPrice(how.price, option.tick), zeroMoney);
  if (delivered !== undefined && underlying !== undefined)
    books.trade(
      underlying,
      lotsOfQuantity(delivered.quantity, underlying.instrument.lot),
      ticksOfPrice(delivered.price, underlying.instrument.tick),
      zeroMoney,
    );
  const transaction = exchange.nextTransaction();
  const quantity = quantityOfLots(lots, option.lot);
  exchange.paid({ ...how, transaction, instrument: option.id, quantity, at: exchange.instants.at(atMs) });
  sweepReduceOnly(exchange, asset, atMs);
  if (underlying !== undefined) sweepReduceOnly(exchange, underlying, atMs);
}
