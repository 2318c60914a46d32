import { approximately } from "../../../words/exact.ts";
import type { AssetContext } from "../../context/gather.ts";
import type { Draft } from "../strategy.ts";

/** The numbers of one asset as rules read them: floats in currency, for thresholds and levels only. */
export type Reading = {
  readonly price: number;
  /** Average true range of the base frame, `atr14` in every style; above zero. */
  readonly atr: number;
  /** Of the base frame: what is around. */
  readonly value: (name: string) => number;
  /** Of the second, coarser frame: what is going on. */
  readonly slow: (name: string) => number;
  readonly direction: "long" | "short" | "flat";
  readonly entry: number;
  readonly stop: number | undefined;
  readonly target: number | undefined;
};

/** Why a rule holds where `read` has nothing to show. */
export const notReady = "indicators are warming up, or nothing moves";

/** Undefined while any frame lacks an indicator, or when nothing moves: rules never act on half a picture, nor on none. */
export function read(
  asset: AssetContext,
  names: { readonly base: readonly string[]; readonly slow: readonly string[] },
): Reading | undefined {
  const [base, slow] = asset.market.frames;
  if (base === undefined) return undefined;
  const ready = names.base.every((name) => base.values[name] !== undefined) && names.slow.every((name) => slow?.values[name] !== undefined);
  const atr = base.values["atr14"] ?? 0;
  if (!ready || !(atr > 0)) return undefined;
  const { position, protection } = asset;
  return {
    price: approximately(asset.market.quote.last),
    atr,
    value: (name) => base.values[name] ?? Number.NaN,
    slow: (name) => slow?.values[name] ?? Number.NaN,
    direction: position === undefined ? "flat" : position.quantity > 0n ? "long" : "short",
    entry: position === undefined ? Number.NaN : approximately(position.averageEntry),
    stop: protection?.stopLoss === undefined ? undefined : approximately(protection.stopLoss),
    target: protection?.takeProfit === undefined ? undefined : approximately(protection.takeProfit),
  };
}

/** Confidence from a score around a middle: 0.5 at zero, toward 0.9 as the score grows past its scale. */
export const confidenceOf = (score: number, scale: number): number =>
  Math.round(Math.min(0.9, Math.max(0.1, 0.5 + 0.4 * Math.tanh(score / scale))) * 1000) / 1000;

/** A stop moved with the price, never back: `undefined` when it would not move by a tenth of a true range. */
export function trailed(reading: Reading, distance: number): number | undefined {
  const { direction, price, stop } = reading;
  if (direction === "flat") return undefined;
  const wanted = direction === "long" ? price - distance : price + distance;
  if (stop === undefined) return wanted;
  const better = direction === "long" ? wanted - stop : stop - wanted;
  return better > distance * 0.1 ? wanted : undefined;
}

/** A stop for a position that has none. */
export function unguarded(reading: Reading, distance: number): Draft | undefined {
  const stop = reading.stop === undefined ? trailed(reading, distance) : undefined;
  return stop === undefined ? undefined : { action: "adjust_orders", stop, confidence: 0.6, rationale: "the position has no stop" };
}

/**
 * How often the open position was added to since it was opened. Only the last few decisions are remembered: once they no longer reach
 * back to the opening nobody knows, and the answer is the highest there is, so that nothing is added.
 */
export function additions({ position, recent }: AssetContext): number {
  if (position === undefined) return 0;
  const since = position.openedAt.epochMilliseconds;
  if (!recent.some(({ decidedAt }) => decidedAt.epochMilliseconds <= since)) return Infinity;
  return recent.filter(
    ({ action, fate, decidedAt }) => action === "adjust_position" && fate === "filled" && decidedAt.epochMilliseconds > since,
  ).length;
}
