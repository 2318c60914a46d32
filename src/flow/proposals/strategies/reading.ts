import { approximately } from "../../../words/exact.ts";
import type { AssetContext } from "../../context/gather.ts";

/** The numbers of one asset as rules read them: floats in currency, for thresholds and levels only. */
export type Reading = {
  readonly price: number;
  /** Of the base frame: what is around. */
  readonly value: (name: string) => number;
  /** Of the second, coarser frame: what is going on. */
  readonly slow: (name: string) => number;
  readonly direction: "long" | "short" | "flat";
  readonly entry: number;
  readonly stop: number | undefined;
  readonly target: number | undefined;
};

/** Undefined while any frame lacks an indicator: rules never act on half a picture. */
export function read(
  asset: AssetContext,
  names: { readonly base: readonly string[]; readonly slow: readonly string[] },
): Reading | undefined {
  const [base, slow] = asset.market.frames;
  if (base === undefined) return undefined;
  const ready = names.base.every((name) => base.values[name] !== undefined) && names.slow.every((name) => slow?.values[name] !== undefined);
  if (!ready) return undefined;
  const { position, protection } = asset;
  return {
    price: approximately(asset.market.quote.last),
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

/** How often the open position was added to since it was opened. */
export function additions({ position, recent }: AssetContext): number {
  if (position === undefined) return 0;
  const since = position.openedAt.epochMilliseconds;
  return recent.filter(
    ({ action, fate, decidedAt }) => action === "adjust_position" && fate === "filled" && decidedAt.epochMilliseconds >= since,
  ).length;
}
