import { approximately } from "../../words/exact.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { AssetContext, Context } from "../context/gather.ts";
import type { Decisive } from "./read-decisive.ts";

/** A rule of EQ-1 that one decision breaks, with the numbers. */
export type Undecided = {
  readonly code:
    | "p_win_missing"
    | "level_missing"
    | "invalidation_missing"
    | "ev_missing"
    | "stop_wrong_side"
    | "target_wrong_side"
    | "entry_away"
    | "no_position";
  readonly measured?: number | bigint;
  readonly limit?: number | bigint;
};

export type UnknownDecision = { readonly code: "unknown_symbol" | "symbol_twice" | "symbol_missing"; readonly symbol: string };

/** The answer as a whole: every share of the question is decided once, and no other. */
export function pairDecisions(
  decisions: readonly Decisive[],
  context: Context,
): Result<readonly { readonly decision: Decisive; readonly asset: AssetContext }[], UnknownDecision> {
  const bySymbol = new Map<string, Decisive>();
  for (const decision of decisions) {
    const { symbol } = decision;
    if (bySymbol.has(symbol)) return err({ code: "symbol_twice", symbol });
    bySymbol.set(symbol, decision);
  }
  const paired: { readonly decision: Decisive; readonly asset: AssetContext }[] = [];
  for (const asset of context.assets) {
    const { symbol } = asset.instrument;
    const decision = bySymbol.get(symbol);
    if (decision === undefined) return err({ code: "symbol_missing", symbol });
    bySymbol.delete(symbol);
    paired.push({ decision, asset });
  }
  const [extra] = bySymbol.keys();
  return extra === undefined ? ok(paired) : err({ code: "unknown_symbol", symbol: extra });
}

/** What a decision to trade must bring (EQ-1); undefined when it does. A pass needs nothing, a close something to be closed. */
export function checkDecisive(decision: Decisive, { market, position }: AssetContext, entryGapBpsMax: number): Undecided | undefined {
  const { direction, pWin, ev, entry, stop, target, invalidation } = decision;
  if (direction === "pass") return undefined;
  if (direction === "close") return position === undefined ? { code: "no_position" } : undefined;
  if (pWin === undefined) return { code: "p_win_missing" };
  if (ev === undefined) return { code: "ev_missing" };
  if (invalidation.trim() === "") return { code: "invalidation_missing" };
  if (entry === undefined || stop === undefined || target === undefined) return { code: "level_missing" };
  const { last } = market.quote;
  const long = direction === "long";
  if (long ? stop >= last : stop <= last) return { code: "stop_wrong_side", measured: stop, limit: last };
  if (long ? target <= last : target >= last) return { code: "target_wrong_side", measured: target, limit: last };
  // Levels belong to the entry they were thought of with: far from the market they are those of another trade.
  const gapBps = (Math.abs(approximately(entry) - approximately(last)) / approximately(last)) * 10_000;
  return gapBps <= entryGapBpsMax ? undefined : { code: "entry_away", measured: gapBps, limit: entryGapBpsMax };
}
