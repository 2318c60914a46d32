import type { Asset } from "./asset.ts";
import { chargeBorrow, nightsOwed } from "./borrow.ts";
import { closingPhase } from "./closing.ts";
import { matchCombos } from "./combo-matching.ts";
import type { Exchange } from "./exchange.ts";
import { settleExpired } from "./expiry.ts";
import { openingPhase } from "./opening.ts";
import { passesBy } from "./quiet.ts";
import { quotingPhase, takeQuote } from "./quoting.ts";
import { rangingPhases } from "./ranging.ts";

// A bar comes in numbers and not in a record: one a bar would be most of what a quiet market costs.

export function beginBar(
  exchange: Exchange,
  asset: Asset,
  openMs: number,
  lengthMs: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
): void {
  if (asset.held < 0) chargeBorrow(exchange, asset, openMs);
  asset.takeBar(openMs, lengthMs, open, high, low, close, volume);
  exchange.nowMs = openMs;
  if (asset.busy) openingPhase(exchange, asset);
}

/** The first print of a session, before any bar of it is played. */
export function printOpen(exchange: Exchange, asset: Asset, ticks: number, atMs: number): void {
  if (asset.held < 0) chargeBorrow(exchange, asset, atMs);
  asset.last = ticks;
  asset.lastMs = atMs;
}

export function playRange(exchange: Exchange, asset: Asset): void {
  if (asset.busy && asset.inBar && !asset.halted) rangingPhases(exchange, asset);
}

export function finishBar(exchange: Exchange, asset: Asset): void {
  if (asset.inBar && asset.orders.length > 0) closingPhase(exchange, asset);
  endOf(exchange, asset);
}

/** A bar from its open to its close, or nothing of it and false where it may touch something of ours. */
export function wholeBar(
  exchange: Exchange,
  asset: Asset,
  openMs: number,
  lengthMs: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
): boolean {
  if (asset.held < 0 && nightsOwed(exchange, asset, openMs) > 0) return false;
  if (asset.busy && !passesBy(exchange, asset, openMs, lengthMs, open, high, low)) return false;
  asset.takeBar(openMs, lengthMs, open, high, low, close, volume);
  endOf(exchange, asset);
  return true;
}

function endOf(exchange: Exchange, asset: Asset): void {
  asset.endBar();
  exchange.nowMs = asset.closeMs;
  settleExpired(exchange, asset);
}

export function playQuote(
  exchange: Exchange,
  asset: Asset,
  bid: number,
  ask: number,
  bidSize: number,
  askSize: number,
  atMs: number,
): void {
  if (asset.held < 0) chargeBorrow(exchange, asset, atMs);
  takeQuote(asset, bid, ask, bidSize, askSize, atMs);
  exchange.nowMs = atMs;
  if (asset.busy) quotingPhase(exchange, asset, bid, ask, atMs);
  if (exchange.combos.length > 0) matchCombos(exchange, asset, atMs);
  settleExpired(exchange, asset);
}
