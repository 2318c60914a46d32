import { ticksOfPrice, type Price } from "../../words/price.ts";
import { lotsOfQuantity } from "../../words/quantity.ts";
import { worthOf } from "./books.ts";
import { claimTicks, overstrains, sellableLots, type Claim } from "./claims.ts";
import { isShortable } from "./shorting.ts";
import { rejection, termsChecks, type Check, type Rejection, type Request } from "./terms-checks.ts";

const ticksOrNone = (price: Price | undefined, tick: Price): number => (price === undefined ? Number.NaN : ticksOfPrice(price, tick));

function claimOf({ asset, terms, group }: Request): Claim {
  const { tick, lot } = asset.instrument;
  const limit = terms.type === "limit" || terms.type === "stop_limit" ? ticksOrNone(terms.limit, tick) : Number.NaN;
  const trigger = terms.type === "stop" ? ticksOrNone(terms.stop, tick) : Number.NaN;
  const buying = terms.side === "buy";
  return { buying, lots: lotsOfQuantity(terms.quantity, lot), ticks: claimTicks(asset, limit, trigger, buying), group };
}

const worthwhile: Check = (request) => {
  const { asset, terms } = request;
  // Small remainders must be closable, so what only reduces has no smallest worth.
  if (terms.reduceOnly) return undefined;
  const claim = claimOf(request);
  return worthOf(asset, claim.lots, Math.abs(claim.ticks)) < asset.instrument.minNotional
    ? rejection("below_minimum", "the order is worth less than the smallest notional")
    : undefined;
};

/** As exchanges do: a stop whose trigger has already been passed is no stop. */
const untriggered: Check = ({ asset, terms }) => {
  if (terms.stop === undefined || (terms.type !== "stop" && terms.type !== "stop_limit")) return undefined;
  const trigger = ticksOfPrice(terms.stop, asset.instrument.tick);
  const price = terms.triggerBy === "mark" ? asset.markTicks : asset.last;
  const passed = terms.side === "buy" ? price >= trigger : price <= trigger;
  return passed ? rejection("would_trigger", "the trigger has already been passed") : undefined;
};

const reducing: Check = ({ asset, terms }) => {
  if (!terms.reduceOnly) return undefined;
  const reduces = terms.side === "buy" ? asset.held < 0 : asset.held > 0;
  return reduces ? undefined : rejection("reduce_only", "there is no position that this order would reduce");
};

const leverage: Check = ({ exchange, asset }) =>
  asset.perpetual !== undefined && exchange.settings.leverage > asset.perpetual.leverageMax
    ? rejection("leverage", `${asset.instrument.id} allows a leverage of ${asset.perpetual.leverageMax} at most`)
    : undefined;

const affordable: Check = (request) => {
  const { exchange, asset, terms, group, replaces } = request;
  if (terms.reduceOnly) return undefined;
  const claim = claimOf(request);
  if (!claim.buying && !isShortable(asset.instrument, exchange.settings) && claim.lots > sellableLots(asset, group, replaces))
    return rejection("insufficient_margin", "more than is held and not already being sold, and it may not be sold short");
  return overstrains(exchange, asset, claim, replaces)
    ? rejection("insufficient_margin", "the account does not have what this order would set aside")
    : undefined;
};

const checks: readonly Check[] = [...termsChecks, untriggered, reducing, leverage, worthwhile, affordable];

/** The first reason to reject an order, if there is one. Nothing is changed by asking. */
export function rejectionOf(request: Request): Rejection | undefined {
  for (const check of checks) {
    const rejected = check(request);
    if (rejected !== undefined) return rejected;
  }
  return undefined;
}
