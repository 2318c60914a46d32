import type { AssetContext, Context } from "../context/gather.ts";
import type { TraderDecision } from "./read-trader.ts";

export type TraderRefusal = "unknown_symbol" | "over_decisions_max" | "size_over_maximum";
export type CheckedDecision =
  | { readonly decision: TraderDecision; readonly asset: AssetContext }
  | { readonly decision: TraderDecision; readonly refused: TraderRefusal };

/**
 * An answer's decisions come in; each goes out with its asset or with why it does not count, so that one that is wrong leaves the others
 * as they are. Of more than `decisionsMax` the surest count, and of two alike the one that was written first.
 */
export function checkTrader(
  decisions: readonly TraderDecision[],
  { assets }: Context,
  { decisionsMax, sizePctMax }: { readonly decisionsMax: number; readonly sizePctMax: number },
): readonly CheckedDecision[] {
  const heard = new Set([...decisions].sort((a, b) => b.confidence - a.confidence).slice(0, decisionsMax));
  return decisions.map((decision) => {
    if (!heard.has(decision)) return { decision, refused: "over_decisions_max" };
    const asset = assets.find(({ instrument }) => instrument.symbol === decision.symbol);
    if (asset === undefined) return { decision, refused: "unknown_symbol" };
    return (decision.sizePct ?? 0) > sizePctMax ? { decision, refused: "size_over_maximum" } : { decision, asset };
  });
}
