import { historyFaultText, isUsageFault } from "../adapters/history/history-fault-text.ts";
import type { Loaded } from "../config/config.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { councilSymbols } from "../flow/proposals/council-words.ts";
import type { HistoryFault } from "../ports/history.ts";
import { etfMarket } from "../sim/market/etf-market.ts";
import { intervalMs } from "../words/interval.ts";
import type { Window } from "./backtest-history.ts";
import { checkDividends, dividendsOf, paying, type Dividends } from "./dividends-of.ts";
import { Failed } from "./failed.ts";

/** The funds that there are, and by name those that there are not: a council goes on without them. */
export type Funds = { readonly histories: readonly AssetHistory[]; readonly leftOut: readonly string[] };

export async function storedFunds(store: string, { config }: Loaded, window: Window): Promise<Funds> {
  // Loaded when it is needed: DuckDB is large, and a made-up market does without.
  const { parquetHistory } = await import("../adapters/history/parquet-history.ts");
  const history = parquetHistory(store);
  const listed = await history.assets();
  if (!listed.ok) throw failed(listed.error);
  const { interval } = config.council;
  const histories: AssetHistory[] = [];
  const leftOut: string[] = [];
  for (const symbol of councilSymbols) {
    const candles = listed.value.filter((asset) => asset.symbol === symbol && asset.kind === "ohlcv");
    const [stored] = candles;
    if (stored === undefined) {
      leftOut.push(`${symbol}: the store holds no candles of it`);
      continue;
    }
    const loaded = await history.load({ assets: [stored.id], interval, ...window });
    if (!loaded.ok) {
      // One that has nothing in the window is no reason to stop; a store that is damaged is.
      if (!isUsageFault(loaded.error) && loaded.error.code !== "empty_window") throw failed(loaded.error);
      leftOut.push(`${symbol}: ${historyFaultText(loaded.error)}`);
      continue;
    }
    for (const of of loaded.value) {
      if (of.instrument.calendar === "xnys") histories.push(of);
      else leftOut.push(`${symbol}: it trades by the calendar ${of.instrument.calendar}; import it with --market etf`);
    }
  }
  if (histories.length > 0) return { histories: paying(histories, councilDividends(config), "traded"), leftOut };
  throw new Failed(2, [`--data ${store}: none of the eight funds is in it`, ...leftOut]);
}

export function syntheticFunds(sessions: number, { config }: Loaded): Funds {
  const { interval } = config.council;
  if (intervalMs[interval] !== intervalMs["5m"]) throw new Failed(2, `council.interval ${interval}: the made-up funds have bars of 5m`);
  return { histories: paying(etfMarket(config.seed, sessions), councilDividends(config), "made up"), leftOut: [] };
}

/** By symbol; a fund that the store happens not to have may be named all the same, since its week goes on without it. */
export function councilDividends({ council }: Loaded["config"]): Dividends | undefined {
  const dividends = dividendsOf("council.dividends", council.dividends);
  checkDividends("council.dividends", dividends, councilSymbols);
  return dividends;
}

const failed = (fault: HistoryFault): Failed => new Failed(isUsageFault(fault) ? 2 : 1, historyFaultText(fault));
