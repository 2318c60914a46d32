import type { Config, Loaded } from "../config/config.ts";
import { council } from "../desks/council.ts";
import { cryptoDesk } from "../desks/crypto.ts";
import { equities } from "../desks/equities.ts";
import { options } from "../desks/options.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { OptionRails } from "../lab/twin/option-rails.ts";
import type { PriceRule } from "../lab/twin/price-trade.ts";
import { approximately } from "../words/exact.ts";
import type { DeskId } from "../words/ids.ts";
import { intervalMs } from "../words/interval.ts";
import { storedHistory, syntheticHistory, type CoinDesk, type Window } from "./backtest-history.ts";
import { storedFunds, syntheticFunds } from "./council-history.ts";
import { storedShares, syntheticShares } from "./equities-history.ts";
import { optionsHistory } from "./options-history.ts";
import { optionsSettings } from "./options-plan.ts";

export type MarketWish = { readonly data: string; readonly synthetic?: number; readonly window: Window };

type Market = {
  /** Read again, or made again from the journal's own settings. */
  readonly histories: (loaded: Loaded, wish: MarketWish) => Promise<readonly AssetHistory[]>;
  readonly costs: (config: Config) => Omit<PriceRule, "horizonBars">;
  readonly horizonBars: (config: Config) => number;
};

const venueCosts = ({ venue }: Config): Omit<PriceRule, "horizonBars"> => ({
  feeBps: venue.takerFeeBps,
  spreadBps: venue.spreadBps,
  slippageBps: venue.slippageBps,
});

const coins = (desk: CoinDesk): Market => ({
  histories: async (loaded, { data, synthetic, window }) =>
    synthetic === undefined ? storedHistory(data, loaded, window, desk) : syntheticHistory(synthetic, loaded, desk),
  costs: venueCosts,
  horizonBars: (config) => config[desk].horizonBars,
});

const markets: Readonly<Record<string, Market>> = {
  [cryptoDesk.id]: coins("crypto"),
  [equities.id]: {
    histories: async (loaded, { data, synthetic, window }) =>
      (synthetic === undefined ? await storedShares(data, loaded, window) : syntheticShares(synthetic, loaded)).histories,
    costs: ({ equities: { feeBps, spreadBps, slippageBps, borrowBpsYear } }) => ({ feeBps, spreadBps, slippageBps, borrowBpsYear }),
    horizonBars: (config) => config.equities.horizonDays,
  },
  [council.id]: {
    histories: async (loaded, { data, synthetic, window }) =>
      (synthetic === undefined ? await storedFunds(data, loaded, window) : syntheticFunds(synthetic, loaded)).histories,
    costs: ({ council: { feeBps, spreadBps, slippageBps } }) => ({ feeBps, spreadBps, slippageBps }),
    // Five sessions of six and a half hours: the council decides for a week.
    horizonBars: (config) => Math.round((5 * 390 * intervalMs["1m"]) / intervalMs[config.council.interval]),
  },
  [options.id]: {
    histories: (loaded, { data, synthetic, window }) => optionsHistory(loaded, data, synthetic, window),
    costs: (config) => ({ ...venueCosts(config), feeBps: config.options.feeBps, optionRails: optionRailsOf(config) }),
    horizonBars: () => 60,
  },
};

/** The desk's own, so that what was never bought is sold when what was bought is. */
function optionRailsOf(config: Config): OptionRails {
  const { limits, dayEnd } = optionsSettings(config, []);
  return { stopLossPct: limits.stopLossPct, dayEndMinutes: limits.dayEndMinutes, dayEnd };
}

/** What an option entry that nobody sized would have been of, in the account's currency. */
export const optionPremiumOf = ({ options: { premiumUsdMax } }: Config): number => approximately(premiumUsdMax);

/** A desk of the user's trades coins as perps does. */
const marketFor = (desk: DeskId): Market => markets[desk] ?? coins("perps");

/** The market that a journal was written on. */
export const marketOf = (desk: DeskId, loaded: Loaded, wish: MarketWish): Promise<readonly AssetHistory[]> =>
  marketFor(desk).histories(loaded, wish);

/** What trading cost there, from the same settings; the horizon is the desk's own unless another is asked for. */
export function priceRuleOf(desk: DeskId, config: Config, horizonBars?: number): PriceRule {
  const market = marketFor(desk);
  return { ...market.costs(config), horizonBars: horizonBars ?? market.horizonBars(config) };
}
