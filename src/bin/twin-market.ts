import type { Config, Loaded } from "../config/config.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { PriceRule } from "../lab/twin/price-trade.ts";
import type { DeskId } from "../words/ids.ts";
import { storedHistory, syntheticHistory, type CoinDesk, type Window } from "./backtest-history.ts";
import { storedShares, syntheticShares } from "./equities-history.ts";
import { optionsHistory } from "./options-history.ts";

export type MarketWish = { readonly data: string; readonly synthetic?: number; readonly window: Window };

/** The market that a journal was written on, read again or made again from its settings; a desk of the user's trades coins as perps does. */
export async function marketOf(desk: DeskId, loaded: Loaded, { data, synthetic, window }: MarketWish): Promise<readonly AssetHistory[]> {
  if (desk === "equities")
    return (synthetic === undefined ? await storedShares(data, loaded, window) : syntheticShares(synthetic, loaded)).histories;
  if (desk === "options") return optionsHistory(loaded, data, synthetic, window);
  const coins: CoinDesk = desk === "crypto" ? "crypto" : "perps";
  return synthetic === undefined ? storedHistory(data, loaded, window, coins) : syntheticHistory(synthetic, loaded, coins);
}

/** What trading cost there, from the same settings; the horizon is the desk's own unless another is asked for. */
export function priceRuleOf(desk: DeskId, { equities, options, venue, perps, crypto }: Config, horizonBars?: number): PriceRule {
  const costs = { feeBps: venue.takerFeeBps, spreadBps: venue.spreadBps, slippageBps: venue.slippageBps };
  if (desk === "equities")
    return {
      ...costs,
      feeBps: equities.feeBps,
      spreadBps: equities.spreadBps,
      slippageBps: equities.slippageBps,
      horizonBars: horizonBars ?? equities.horizonDays,
    };
  if (desk === "options") return { ...costs, feeBps: options.feeBps, horizonBars: horizonBars ?? 60 };
  return { ...costs, horizonBars: horizonBars ?? (desk === "crypto" ? crypto.horizonBars : perps.horizonBars) };
}
