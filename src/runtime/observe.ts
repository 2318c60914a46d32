import type { AssetSnapshot, LeftOutReason, MarketSnapshot } from "../flow/market/snapshot.ts";
import type { AgesMax, Watched } from "../flow/market/watched.ts";
import type { InstrumentId } from "../words/ids.ts";
import { instantOfMs } from "../words/instant.ts";

const none: readonly never[] = [];

/** The market as it stands, for one cycle: an asset whose data is missing, old or too short is left out and said so (PERP-2). */
export function observe(
  watched: readonly Watched[],
  nowMs: number,
  ages: AgesMax,
  takenAt: Temporal.Instant = instantOfMs(nowMs),
): MarketSnapshot {
  const assets: AssetSnapshot[] = [];
  let leftOut: { instrument: InstrumentId; why: LeftOutReason }[] | undefined;
  for (const asset of watched) {
    const why = missing(asset, nowMs, ages.quoteMs);
    if (why === undefined) assets.push(asset.snapshot(nowMs, ages, takenAt));
    else (leftOut ??= []).push({ instrument: asset.instrument.id, why });
  }
  return { takenAt, assets, leftOut: leftOut ?? none };
}

function missing(asset: Watched, nowMs: number, quoteAgeMsMax: number): LeftOutReason | undefined {
  if (!asset.seen) return "no_data";
  if (nowMs - asset.closedMs > quoteAgeMsMax) return "stale";
  return asset.warm ? undefined : "warming_up";
}
