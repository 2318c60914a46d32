import { historyFaultText, isUsageFault } from "../adapters/history/history-fault-text.ts";
import type { Loaded } from "../config/config.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { chainOver } from "../sim/market/chain-over.ts";
import type { Dividend } from "../sim/market/chain-spec.ts";
import type { Window } from "./backtest-history.ts";
import { Failed } from "./failed.ts";

/** Contracts of more underlyings than these fill the memory before they fill a watchlist. */
const underlyingsMax = 8;

/**
 * The shares and funds of the store that have minute bars, each with a modelled chain over them. One that cannot have one is named on
 * the standard error and left out; the rest goes on.
 */
export async function storedOptions(
  { config }: Loaded,
  store: string,
  window: Window,
  dividends?: ReadonlyMap<string, readonly Dividend[]>,
): Promise<readonly AssetHistory[]> {
  // Loaded when it is needed: DuckDB is large, and a made-up market does without.
  const { parquetHistory } = await import("../adapters/history/parquet-history.ts");
  const history = parquetHistory(store);
  const listed = await history.assets();
  if (!listed.ok) throw failed(historyFaultText(listed.error), isUsageFault(listed.error));
  const { watchlist, interval, rate, dividendYield } = config.options;
  const minutes = [...new Set(listed.value.filter(({ kind, interval: of }) => kind === "ohlcv" && of === "1m").map(({ id }) => id))];
  const asked = watchlist.length === 0 ? minutes : watchlist;
  if (asked.length === 0)
    throw new Failed(2, `--data ${store}: the store holds no minute bars to make chains over; import some, or run with --synthetic 5`);
  if (asked.length > underlyingsMax)
    throw new Failed(2, `--data ${store}: the store holds minutes of ${asked.length}; name at most ${underlyingsMax} with --watchlist`);
  const chains: AssetHistory[] = [];
  const leftOut: string[] = [];
  for (const asset of asked) {
    const loaded = await history.load({ assets: [asset], interval: "1m", ...window });
    if (!loaded.ok) {
      if (!isUsageFault(loaded.error) && loaded.error.code !== "empty_window") throw failed(historyFaultText(loaded.error), false);
      leftOut.push(historyFaultText(loaded.error));
      continue;
    }
    for (const { instrument, bars } of loaded.value) {
      if (instrument.kind !== "equity" && instrument.kind !== "etf") {
        leftOut.push(`${instrument.id}: a ${instrument.kind} has no chain; import shares and funds with --market equity or etf`);
        continue;
      }
      const chain = chainOver({ instrument, bars }, config.seed, interval, { rate, dividendYield }, dividends?.get(instrument.id) ?? []);
      if (chain.ok) chains.push(...chain.value);
      else leftOut.push(`${instrument.id}: ${chain.error.detail}`);
    }
  }
  if (chains.length === 0) throw new Failed(2, `--data ${store}: nothing is left to trade: ${leftOut.join("; ")}`);
  for (const line of leftOut) process.stderr.write(`left out: ${line}\n`);
  return chains;
}

const failed = (text: string, usage: boolean): Failed => new Failed(usage ? 2 : 1, text);
