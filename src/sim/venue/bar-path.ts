import type { Asset } from "./asset.ts";

/** A millionth of a tick: what double arithmetic may be off by, and no price may be rounded over. */
const grain = 1e-6;

/** The price in ticks at an instant of the bar: a straight line from open to close, for who arrives in between. */
export function pathPrice(asset: Asset, atMs: number): number {
  if (atMs <= asset.openMs) return asset.open;
  const straight = asset.open + ((asset.close - asset.open) * (atMs - asset.openMs)) / asset.lengthMs;
  return Math.min(asset.high, Math.max(asset.low, straight));
}

/** A price moved against us by `bps` and rounded to a whole tick against us; it stays above zero where prices must. */
export function worsened(asset: Asset, ticks: number, bps: number, buying: boolean): number {
  const moved = (Math.abs(ticks) * bps) / 10_000;
  const price = buying ? Math.ceil(ticks + moved - grain) : Math.floor(ticks - moved + grain);
  return asset.instrument.priceMayBeNegative ? price : Math.max(1, price);
}
