import type { Asset } from "./asset.ts";
import { trail } from "./enlist.ts";
import { watchesLast } from "./meeting.ts";
import { isLive } from "./working.ts";

/**
 * Trails follow only when the bar is over, so that its high cannot raise a stop which its low is then held against. An order that
 * came late in the bar knows nothing of the bar's best price, only of the close.
 */
export function closingPhase(asset: Asset): void {
  const middle = asset.openMs + Math.floor(asset.lengthMs / 2);
  for (const order of asset.orders) {
    if (!isLive(order) || !order.conditional || order.terms.type !== "trailing_stop") continue;
    if (!watchesLast(asset, order) || order.arrivesMs >= asset.closeMs) continue;
    const sawAll = order.fromEvent <= asset.event && order.arrivesMs <= middle;
    const best = order.buying ? asset.low : asset.high;
    trail(order, sawAll ? best : asset.close, asset.instrument.tick);
  }
}
