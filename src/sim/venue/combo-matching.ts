import { priceOfTicks } from "../../words/price.ts";
import { quantityOfLots } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { bears } from "./combo-desk.ts";
import { isOpen, type Combo, type ComboLeg } from "./combo.ts";
import type { Exchange } from "./exchange.ts";
import { book } from "./execution.ts";
import type { CancelReason } from "../../ports/venue.ts";

/** Quotes of the legs that lie further apart than this are not one market. */
const apartMsMax = 1_000;

/** A quote of one leg came: orders over several contracts meet it once all their legs have one of this moment. */
export function matchCombos(exchange: Exchange, shown: Asset, atMs: number): void {
  for (const combo of exchange.combos) {
    if (!isOpen(combo) || combo.arrivesMs > atMs || !combo.legs.some(({ asset }) => asset === shown)) continue;
    if (!combo.legs.every((leg) => isThere(leg, atMs))) continue;
    match(exchange, combo, atMs);
    const { timeInForce } = combo.terms;
    if (isOpen(combo) && (timeInForce === "ioc" || timeInForce === "fok")) endCombo(exchange, combo, timeInForce, atMs);
  }
}

const isThere = ({ asset, fromEvent }: ComboLeg, atMs: number): boolean =>
  asset.quoted && !asset.halted && asset.event >= fromEvent && asset.bid > 0 && asset.ask >= asset.bid && atMs - asset.lastMs <= apartMsMax;

/**
 * Ticks that a leg trades at: its own side's quote (the natural price), or the middle rounded against us to a tick, for venues whose
 * books of combinations trade inside the quotes of their legs.
 */
function legTicks(exchange: Exchange, { asset, lots }: ComboLeg): number {
  if (exchange.settings.comboPrice !== "mid") return lots > 0 ? asset.ask : asset.bid;
  const middle = (asset.bid + asset.ask) / 2;
  return lots > 0 ? Math.ceil(middle) : Math.floor(middle);
}

const netOf = (exchange: Exchange, legs: readonly ComboLeg[]): bigint =>
  legs.reduce((net, leg) => net + priceOfTicks(legTicks(exchange, leg), leg.asset.instrument.tick) * BigInt(leg.lots), 0n);

/** As many whole units as the least of the legs' sizes, every leg of them or none. */
function match(exchange: Exchange, combo: Combo, atMs: number): void {
  const { legs, terms, units } = combo;
  const net = netOf(exchange, legs);
  if (terms.limit === undefined || net > terms.limit) return;
  const room = legs.map(({ asset, lots }) =>
    Math.floor((lots > 0 ? asset.askSize - asset.bought : asset.bidSize - asset.sold) / Math.abs(lots)),
  );
  const most = Math.min(units - combo.filled, ...room);
  if (most <= 0 || (terms.timeInForce === "fok" && most < units)) return;
  if (!bears(exchange, terms, legs, most, net)) return endCombo(exchange, combo, "venue", atMs);
  combo.filled += most;
  combo.state = combo.filled === units ? "filled" : "part_filled";
  if (combo.state === "filled") drop(exchange, combo);
  const remaining = quantityOfLots(units - combo.filled, legs[0]?.asset.instrument.lot ?? terms.quantity);
  for (const leg of legs) {
    const { asset, lots } = leg;
    const ticks = legTicks(exchange, leg);
    if (lots > 0) asset.bought += lots * most;
    else asset.sold -= lots * most;
    const fill = book(exchange, asset, lots * most, { ticks, reference: asset.last, liquidity: "taker", atMs }, combo);
    exchange.delivery.report({ kind: "filled", fill, remaining });
  }
}

export function endCombo(exchange: Exchange, combo: Combo, why: CancelReason, atMs: number): void {
  combo.state = why === "expired" ? "expired" : "cancelled";
  drop(exchange, combo);
  exchange.delivery.report({ kind: "cancelled", order: combo.terms.id, why, at: exchange.instants.at(atMs) });
}

function drop(exchange: Exchange, combo: Combo): void {
  exchange.combos = exchange.combos.filter((other) => other !== combo);
}
