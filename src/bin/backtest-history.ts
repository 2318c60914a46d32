import { historyFaultText, isUsageFault } from "../adapters/history/history-fault-text.ts";
import type { Loaded } from "../config/config.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { AssetSummary, HistoryFault } from "../ports/history.ts";
import { demoMarket } from "../sim/market/demo-market.ts";
import { intervalMs } from "../words/interval.ts";
import { Failed } from "./failed.ts";
import { didYouMean } from "./one-of.ts";
import { insteadOf } from "./store-folder.ts";

const assetsMax = 10;
const dayMs = 86_400_000;

/** Desks that trade what the store holds of coins and that name their assets and their interval alike. */
export type CoinDesk = "perps" | "crypto";

export type Window = { readonly fromMs?: number; readonly toMs?: number };

/** The assets that the configuration names, or all of the store, over a window. */
export async function storedHistory(
  store: string,
  loadedConfig: Loaded,
  window: Window,
  desk: CoinDesk = "perps",
): Promise<readonly AssetHistory[]> {
  // Loaded when it is needed: DuckDB is large, and a made-up market does without.
  const { parquetHistory } = await import("../adapters/history/parquet-history.ts");
  const history = parquetHistory(store);
  const listed = await history.assets();
  if (!listed.ok) throw failed(listed.error);
  if (!listed.value.some(isCandles)) throw new Failed(2, `--data ${store}: the store holds no candles; ${insteadOf(store)}`);
  const { interval } = loadedConfig.config[desk];
  const asked = storedAssets(store, loadedConfig, listed.value, desk);
  const loaded = await history.load({ assets: asked, interval, ...window });
  if (!loaded.ok) throw failed(loaded.error);
  return loaded.value;
}

/** A made-up market of so many days, with the assets that the configuration names or all of it. */
export function syntheticHistory(days: number, loaded: Loaded, desk: CoinDesk = "perps"): readonly AssetHistory[] {
  const { config } = loaded;
  const { assets, interval } = config[desk];
  if (days * dayMs < intervalMs[interval])
    throw new Failed(2, `--synthetic ${days}: one ${interval} bar is longer; make more days or take a shorter --interval`);
  const all = demoMarket(config.seed, days, interval);
  return assets.length === 0
    ? all
    : assets.map((symbol) => {
        const found = all.find(({ instrument }) => instrument.symbol === symbol || instrument.id === symbol);
        if (found !== undefined) return found;
        throw unknownAsset(
          loaded,
          desk,
          symbol,
          "the synthetic market has",
          all.map(({ instrument }) => instrument.symbol),
        );
      });
}

/** When the last bar of all ends. */
export const endMsOf = (histories: readonly AssetHistory[]): number =>
  Math.max(...histories.map(({ bars }) => (bars.openMs[bars.length - 1] ?? 0) + intervalMs[bars.interval]));

const isCandles = ({ kind }: AssetSummary): boolean => kind === "ohlcv";

/** The assets that were asked for, each known to the store, or all of it. */
function storedAssets(store: string, loaded: Loaded, listed: readonly AssetSummary[], desk: CoinDesk): readonly string[] {
  const { assets } = loaded.config[desk];
  for (const asset of assets)
    if (!listed.some(({ id, symbol }) => asset === id || asset === symbol))
      throw unknownAsset(loaded, desk, asset, `the store ${store} holds`, [...new Set(listed.map(({ symbol }) => symbol))]);
  if (assets.length > 0) return assets;
  const candles = [...new Set(listed.filter(isCandles).map(({ id }) => id))];
  if (candles.length > assetsMax)
    throw new Failed(2, `--data ${store}: the store holds ${candles.length} assets; name at most ${assetsMax} with --assets`);
  return candles;
}

/** Named where it was said: on the command line, in the environment or in the file. */
function unknownAsset({ sources }: Loaded, desk: CoinDesk, asset: string, where: string, known: readonly string[]): Failed {
  const source = sources[`${desk}.assets`] ?? "";
  const guess = didYouMean(asset, known);
  return new Failed(
    2,
    `${source.startsWith("--set") ? "--assets" : source} ${asset}: unknown asset; ${where} ${known.join(", ")}${guess === undefined ? "" : `; ${guess}`}`,
  );
}

const failed = (fault: HistoryFault): Failed => new Failed(isUsageFault(fault) ? 2 : 1, historyFaultText(fault));
