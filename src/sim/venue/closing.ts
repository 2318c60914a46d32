import type { Asset } from "./asset.ts";
import { trail } from "./enlist.ts";
import type { Exchange } from "./exchange.ts";
import { crosses, watchesLast } from "./meeting.ts";
import { isLive, isPriced, rests } from "./working.ts";

/**
 * A limit that came within the bar, and that its close does not cross, is in the book when the next bar opens.
 * Trails follow only when the bar is over, so that its high cannot raise a stop which its low is then held against. An order that
 * came late in the bar knows nothing of the bar's best price, only of the close.
 */
export function closingPhase(exchange: Exchange, asset: Asset): void {
  if (asset.quiet === asset.orders) return;
  const middle = asset.openMs + Math.floor(asset.lengthMs / 2);
  for (const order of asset.orders) {
    if (!isLive(order)) continue;
    if (!order.conditional) {
      const waits = isPriced(order) && !rests(order) && order.arrivesMs < asset.closeMs && !asset.halted;
      if (waits && !crosses(exchange, asset, order, asset.close)) order.restsFrom = asset.event;
      continue;
    }
    if (order.terms.type !== "trailing_stop") continue;
    if (!watchesLast(asset, order) || order.arrivesMs >= asset.closeMs) continue;
    const sawAll = order.fromEvent <= asset.event && order.arrivesMs <= middle;
    const best = order.buying ? asset.low : asset.high;
    trail(order, sawAll ? best : asset.close, asset.instrument.tick);
  }
}
