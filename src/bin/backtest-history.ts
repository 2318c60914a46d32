import { statSync } from "node:fs";
import { historyFaultText, isUsageFault } from "../adapters/history/history-fault-text.ts";
import { parquetHistory } from "../adapters/history/parquet-history.ts";
import type { Loaded } from "../config/config.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { HistoryFault } from "../ports/history.ts";
import { demoMarket } from "../sim/market/demo-market.ts";
import { intervalMs } from "../words/interval.ts";
import { Failed } from "./failed.ts";

const assetsMax = 10;
const dayMs = 86_400_000;

export type Window = { readonly fromMs?: number; readonly toMs?: number };

/** The assets that the configuration names, or all of the store, over a window. */
export async function storedHistory(store: string, { config }: Loaded, window: Window): Promise<readonly AssetHistory[]> {
  const { assets, interval } = config.perps;
  const asked = assets.length > 0 ? assets : await storedSymbols(store);
  const loaded = await parquetHistory(store).load({ assets: asked, interval, ...window });
  if (!loaded.ok) throw failed(loaded.error);
  return loaded.value;
}

/** A made-up market of so many days, with the assets that the configuration names or all of it. */
export function syntheticHistory(days: number, { config }: Loaded): readonly AssetHistory[] {
  const { assets, interval } = config.perps;
  if (days * dayMs < intervalMs[interval])
    throw new Failed(2, `--synthetic ${days}: one ${interval} bar is longer; make more days or take a shorter --interval`);
  const all = demoMarket(config.seed, days, interval);
  return assets.length === 0
    ? all
    : assets.map((symbol) => {
        const found = all.find(({ instrument }) => instrument.symbol === symbol || instrument.id === symbol);
        if (found !== undefined) return found;
        throw new Failed(
          2,
          `${symbol}: unknown asset; the synthetic market has ${all.map(({ instrument }) => instrument.symbol).join(", ")}`,
        );
      });
}

/** When the last bar of all ends. */
export const endMsOf = (histories: readonly AssetHistory[]): number =>
  Math.max(...histories.map(({ bars }) => (bars.openMs[bars.length - 1] ?? 0) + intervalMs[bars.interval]));

async function storedSymbols(store: string): Promise<readonly string[]> {
  const instead = `import some with: countersign data import FILE... --store ${store}, or run on a made-up market with --synthetic 30`;
  const there = statSync(store, { throwIfNoEntry: false });
  if (there === undefined) throw new Failed(2, `--data ${store}: there is no such store; ${instead}`);
  if (!there.isDirectory()) throw new Failed(2, `--data ${store}: this is a file; a store is a folder that countersign data import fills`);
  const listed = await parquetHistory(store).assets();
  if (!listed.ok) throw failed(listed.error);
  const symbols = [...new Set(listed.value.filter(({ kind }) => kind === "ohlcv").map(({ id }) => id))];
  if (symbols.length === 0) throw new Failed(2, `--data ${store}: the store holds no candles; ${instead}`);
  if (symbols.length > assetsMax)
    throw new Failed(2, `--data ${store}: the store holds ${symbols.length} assets; name at most ${assetsMax} with --assets`);
  return symbols;
}

const failed = (fault: HistoryFault): Failed => new Failed(isUsageFault(fault) ? 2 : 1, historyFaultText(fault));
