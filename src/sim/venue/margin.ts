import type { VenueBalance } from "../../ports/venue.ts";
import { approximately } from "../../words/exact.ts";
import { absolute, minus, notional, plus, timesRate, zeroMoney, type Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Asset } from "./asset.ts";
import type { Books } from "./books.ts";

/** Signed worth of what we hold, at a price. */
export const worthAt = (books: Books, asset: Asset, price: Price): Money =>
  asset.held === 0 ? zeroMoney : notional(price, books.holding(asset).quantity, asset.instrument.multiplier, "half_even");

/** What a perpetual position would gain if it were closed at a price, before fees. */
function unrealisedAt(books: Books, asset: Asset, price: Price): Money {
  if (asset.held === 0) return zeroMoney;
  const { cost } = books.holding(asset);
  const worth = worthAt(books, asset, price);
  return asset.held > 0 ? minus(worth, cost) : plus(worth, cost);
}

/** The least that must stand behind a position: its notional times the maintenance rate, rounded up. */
export const maintenanceAt = (books: Books, asset: Asset, price: Price): Money =>
  asset.perpetual === undefined
    ? zeroMoney
    : timesRate(absolute(worthAt(books, asset, price)), asset.perpetual.maintenanceMarginRate, "up");

/** Cash, holdings at their marks, and what open perpetuals have gained. */
function equityOf(books: Books): Money {
  let equity = books.cash;
  for (const asset of books.open) {
    const value = asset.perpetual === undefined ? worthAt(books, asset, asset.mark) : unrealisedAt(books, asset, asset.mark);
    equity = plus(equity, value);
  }
  return equity;
}

export const balanceOf = (books: Books): VenueBalance => ({ cash: books.cash, equity: equityOf(books) });

/** What counts against margin calls and for new orders: holdings paid in full are no collateral, but a short of them is owed. */
export function collateralOf(books: Books): Money {
  let collateral = books.cash;
  for (const asset of books.open) {
    if (asset.perpetual !== undefined) {
      if (!books.isolated) collateral = plus(collateral, unrealisedAt(books, asset, asset.mark));
    } else if (asset.held < 0) collateral = plus(collateral, worthAt(books, asset, asset.mark));
  }
  return collateral;
}

/** Whether the position, or in cross mode the whole account, stands with this instrument at `price` and the others at their marks. */
export function standsAt(books: Books, asset: Asset, price: Price): boolean {
  let spare = minus(unrealisedAt(books, asset, price), maintenanceAt(books, asset, price));
  if (books.isolated) return plus(spare, books.holding(asset).margin) >= 0n;
  spare = plus(spare, books.cash);
  for (const other of books.open) {
    if (other === asset) continue;
    if (other.perpetual !== undefined) {
      const gained = unrealisedAt(books, other, other.mark);
      spare = plus(spare, minus(gained, maintenanceAt(books, other, other.mark)));
    } else if (other.held < 0) spare = plus(spare, worthAt(books, other, other.mark));
  }
  return spare >= 0n;
}

/**
 * A screen in doubles before the exact question: true only when the account stands by a millionth of all amounts involved, which
 * is far more than doubles can be wrong by. It makes an open position cost nanoseconds a bar.
 */
export function standsClearlyAt(books: Books, asset: Asset, ticks: number): boolean {
  let spare = books.isolated ? approximately(books.holding(asset).margin) : books.approximateCash;
  let amounts = Math.abs(spare);
  for (const each of books.open) {
    if (books.isolated && each !== asset) continue;
    const { perTick, signedCost } = books.holding(each);
    const worth = perTick * (each === asset ? ticks : each.markTicks);
    amounts += Math.abs(worth) + Math.abs(signedCost);
    if (each.perpetual !== undefined) spare += worth - signedCost - Math.abs(worth) * each.maintenance;
    else if (each.held < 0) spare += worth;
  }
  return spare > amounts * 1e-6;
}
