import type { AssetHistory } from "../../flow/market/bars.ts";
import { Random } from "../random.ts";
import { AssetWalk } from "./asset-walk.ts";
import { CommonFactor } from "./common-factor.ts";
import { checkMarketSpec, type MarketSpec } from "./market-spec.ts";
import { stepGridOf } from "./step-grid.ts";

/**
 * A synthetic market, one history an asset in the order of the specification. The same specification gives the same bytes on every
 * machine, and an asset's path does not depend on which others are asked for. Series run from the start to the last bar's close.
 */
export function generateMarket(spec: MarketSpec): readonly AssetHistory[] {
  checkMarketSpec(spec);
  const grid = stepGridOf(spec.interval);
  const random = new Random(spec.seed).fork("market");
  const factor = new CommonFactor(spec.factor, grid, random.fork("factor"));
  const walks = spec.assets.map((asset) => new AssetWalk(asset, spec, grid, random.fork(asset.instrument.id)));
  for (let bar = 0; bar < spec.bars; bar++) {
    const openMs = spec.startMs + bar * grid.barMs;
    factor.nextBar(openMs);
    for (const walk of walks) walk.nextBar(openMs, factor);
  }
  return walks.map((walk) => walk.history());
}
