import type { Asset } from "./asset.ts";

/**
 * A call auction collects orders: they may be placed and cancelled, and nothing trades. Orders that may not wait end at the next open,
 * as in a halt. The first open after its end uncrosses: whatever crosses that price takes it, as arriving orders do.
 */
export function callAuction(asset: Asset, on: boolean): void {
  if (on) {
    asset.halted = true;
    asset.collects = true;
    asset.uncrosses = false;
  } else if (asset.collects) {
    // A bar under way was made while nothing of ours could trade, so its range proves no fill.
    if (asset.inBar) asset.uncrosses = true;
    else endStop(asset);
  }
}

/** A halt takes an auction's place, and ends in continuous trading. */
export function callHalt(asset: Asset, on: boolean): void {
  endStop(asset);
  asset.halted = on;
}

function endStop(asset: Asset): void {
  asset.halted = false;
  asset.collects = false;
  asset.uncrosses = false;
}

/** Asked at an open or a quote of a stopped instrument: whether this is the price that an ended auction waited for. */
export function uncrossesNow(asset: Asset): boolean {
  if (!asset.uncrosses) return false;
  endStop(asset);
  return true;
}
