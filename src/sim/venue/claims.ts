import { absolute, larger, minus, plus, timesRate, zeroMoney, type Money } from "../../words/money.ts";
import type { Asset } from "./asset.ts";
import { worthOf } from "./books.ts";
import type { Exchange } from "./exchange.ts";
import { contractFee } from "./fees.ts";
import { collateralOf, worthAt } from "./margin.ts";
import { securedMore, securedNow } from "./secured.ts";
import type { Group, Working } from "./working.ts";

/** What an order would trade if it filled: it claims margin, cash or holdings from the moment it is placed. */
export type Claim = { readonly buying: boolean; readonly lots: number; readonly ticks: number; readonly group: Group | undefined };

/** Its limit, its trigger, or else the last price. Sales at a limit below the market are valued at the market. */
export function claimTicks(asset: Asset, limit: number, trigger: number, buying: boolean): number {
  if (Number.isNaN(limit) && Number.isNaN(trigger)) return Number.isNaN(asset.last) ? Math.round(asset.markTicks) : asset.last;
  if (Number.isNaN(limit)) return trigger;
  return buying || Number.isNaN(asset.last) ? limit : Math.max(limit, asset.last);
}

const claimOf = (asset: Asset, order: Working): Claim => ({
  buying: order.buying,
  lots: order.lots - order.filled,
  ticks: claimTicks(asset, order.limit, order.trigger, order.buying),
  group: order.group,
});

const none: readonly Claim[] = [];

/** Claims of everything that could add risk; of orders that cancel one another only the largest counts. */
function claimsIn(asset: Asset, extra: Claim | undefined, without: Working | undefined): readonly Claim[] {
  // Most orders find no other: their maps and lists would be most of what a placing costs.
  if (asset.orders.length === 0) return extra === undefined ? none : [extra];
  const single: Claim[] = [];
  const grouped = new Map<Group, Claim>();
  const add = (claim: Claim): void => {
    if (claim.group === undefined) {
      single.push(claim);
      return;
    }
    const known = grouped.get(claim.group);
    if (known === undefined || claimSize(asset, claim) > claimSize(asset, known)) grouped.set(claim.group, claim);
  };
  for (const order of asset.orders) if (!order.terms.reduceOnly && order !== without) add(claimOf(asset, order));
  if (extra !== undefined) add(extra);
  return [...single, ...grouped.values()];
}

const claimSize = (asset: Asset, claim: Claim): Money => absolute(worthOf(asset, claim.lots, claim.ticks));

function sidesOf(asset: Asset, claims: readonly Claim[]): { readonly bought: Money; readonly sold: Money } {
  let bought = zeroMoney;
  let sold = zeroMoney;
  for (const claim of claims) {
    if (claim.buying) bought = plus(bought, claimSize(asset, claim));
    else sold = plus(sold, claimSize(asset, claim));
  }
  return { bought, sold };
}

/**
 * What one instrument's position and orders set aside. A perpetual: the larger of what it could become, long or short, over leverage.
 * Anything else: purchases in full with their fee, and for what is or would be sold short its whole worth beside the proceeds.
 */
function committedIn(exchange: Exchange, asset: Asset, extra?: Claim, without?: Working): Money {
  if (asset.held === 0 && asset.orders.length === 0 && extra === undefined) return zeroMoney;
  const { books, settings } = exchange;
  const claims = claimsIn(asset, extra, without);
  const { bought, sold } = sidesOf(asset, claims);
  const worth = asset.held === 0 ? zeroMoney : worthAt(books, asset, asset.mark);
  if (asset.perpetual === undefined) {
    const covering = worth < 0n ? larger(zeroMoney, plus(bought, worth)) : bought;
    // Options that are sold short are secured together with what is beside them (secured.ts).
    const short = asset.instrument.kind === "option" ? zeroMoney : larger(zeroMoney, minus(sold, worth));
    const lots = claims.reduce((sum, claim) => (claim.buying ? sum + claim.lots : sum), 0);
    const fee = contractFee(settings, asset, lots) ?? timesRate(covering, settings.takerFee, "up");
    return plus(plus(covering, fee), short);
  }
  const open = absolute(worth);
  const most = larger(open, larger(plus(worth, bought), minus(sold, worth)));
  return books.isolated ? plus(books.holding(asset).margin, books.initialMargin(minus(most, open))) : books.initialMargin(most);
}

/** Whether an order adds to what its instrument sets aside and the account cannot bear that. */
export function overstrains(exchange: Exchange, asset: Asset, claim: Claim, without: Working | undefined): boolean {
  const wanted = committedIn(exchange, asset, claim, without);
  const secured = securedMore(exchange, asset, claim.buying ? claim.lots : -claim.lots, without);
  if (secured === undefined) return true;
  if (wanted <= committedIn(exchange, asset, undefined, without) && secured <= 0n) return false;
  let free = minus(minus(collateralOf(exchange.books), wanted), plus(secured, securedNow(exchange, without)));
  for (const other of exchange.assets) if (other !== asset) free = minus(free, committedIn(exchange, other));
  return free < 0n;
}

/** What positions and orders set aside now, all instruments together. */
export function committedNow(exchange: Exchange): Money {
  let sum = zeroMoney;
  for (const asset of exchange.assets) sum = plus(sum, committedIn(exchange, asset));
  return sum;
}

/** Lots that a holder could still sell when selling short is not possible. */
export function sellableLots(asset: Asset, group: Group | undefined, without: Working | undefined): number {
  let lots = asset.held;
  for (const order of claimsIn(asset, undefined, without))
    if (!order.buying && (group === undefined || order.group !== group)) lots -= order.lots;
  return lots;
}
