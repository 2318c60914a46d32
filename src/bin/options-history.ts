import type { Loaded } from "../config/config.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { demoOptions } from "../sim/market/demo-options.ts";
import type { Window } from "./backtest-history.ts";
import { checkDividends, dividendsOf } from "./dividends-of.ts";
import { Failed } from "./failed.ts";
import { storedOptions } from "./stored-options.ts";

/** A market of chains: made up whole for so many sessions, or a modelled chain over the real minute bars of the store. */
export async function optionsHistory(
  loaded: Loaded,
  store: string,
  synthetic: number | undefined,
  window: Window,
): Promise<readonly AssetHistory[]> {
  const { config } = loaded;
  const { interval, rate, dividendYield, watchlist } = config.options;
  const dividends = dividendsOf("options.dividends", config.options.dividends);
  const histories =
    synthetic === undefined
      ? await storedOptions(loaded, store, window, dividends)
      : demoOptions(config.seed, synthetic, interval, { rate, dividendYield }, dividends);
  const shares = histories.filter(({ instrument }) => instrument.kind !== "option").map(({ instrument }) => instrument.id);
  checkDividends("options.dividends", dividends, shares);
  for (const symbol of watchlist)
    if (!shares.some((id) => id === symbol))
      throw new Failed(2, `--watchlist ${symbol}: no chain is on it; this market has ${shares.join(", ")}`);
  return histories;
}
