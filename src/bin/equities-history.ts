import { historyFaultText, isUsageFault } from "../adapters/history/history-fault-text.ts";
import type { Loaded } from "../config/config.ts";
import { calendarOf } from "../flow/market/calendar/calendar.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { AssetSummary, HistoryFault } from "../ports/history.ts";
import { shareMarket } from "../sim/market/share-market.ts";
import { instantOfMs } from "../words/instant.ts";
import type { Window } from "./backtest-history.ts";
import { checkDividends, dividendsOf, paying } from "./dividends-of.ts";
import { Failed } from "./failed.ts";
import { didYouMean } from "./one-of.ts";

const assetsMax = 60;

/** Shares and funds that were left out, each with why: the rest goes on. */
export type Shares = { readonly histories: readonly AssetHistory[]; readonly leftOut: readonly string[] };

/** Daily bars of the shares and funds that the configuration names, or all of the store, over a window. */
export async function storedShares(store: string, { config }: Loaded, window: Window): Promise<Shares> {
  // Loaded when it is needed: DuckDB is large, and a made-up market does without.
  const { parquetHistory } = await import("../adapters/history/parquet-history.ts");
  const history = parquetHistory(store);
  const listed = await history.assets();
  if (!listed.ok) throw failed(listed.error);
  const asked = askedOf(
    store,
    config.equities.assets,
    listed.value.filter(({ kind }) => kind === "ohlcv"),
  );
  const histories: AssetHistory[] = [];
  const leftOut: string[] = [];
  for (const asset of asked) {
    const loaded = await history.load({ assets: [asset], interval: "1d", ...window });
    if (!loaded.ok) {
      // One that has nothing in the window, or no daily bars, is no reason to stop; a store that is damaged is.
      if (!isUsageFault(loaded.error) && loaded.error.code !== "empty_window") throw failed(loaded.error);
      leftOut.push(`${asset}: ${historyFaultText(loaded.error)}`);
      continue;
    }
    for (const of of loaded.value) {
      const why = unfit(of);
      if (why === undefined) histories.push(of);
      else leftOut.push(`${asset}: ${why}`);
    }
  }
  if (histories.length > 0) return { histories: withDividends(histories, config, "traded"), leftOut };
  throw new Failed(2, [`--data ${store}: nothing is left to trade`, ...leftOut]);
}

export function syntheticShares(sessions: number, { config }: Loaded): Shares {
  const { assets } = config.equities;
  const all = shareMarket(config.seed, sessions);
  const symbols = all.map(({ instrument }) => instrument.symbol);
  const unknown = assets.find((asset) => !symbols.includes(asset));
  if (unknown !== undefined) throw unknownShare(unknown, "the synthetic market has", symbols);
  const chosen = assets.length === 0 ? all : all.filter(({ instrument }) => assets.includes(instrument.symbol));
  return { histories: withDividends(chosen, config, "made up"), leftOut: [] };
}

function withDividends(
  histories: readonly AssetHistory[],
  { equities }: Loaded["config"],
  prices: Parameters<typeof paying>[2],
): readonly AssetHistory[] {
  const dividends = dividendsOf("equities.dividends", equities.dividends);
  const symbols = histories.map(({ instrument }) => instrument.symbol);
  checkDividends("equities.dividends", dividends, symbols);
  return paying(histories, dividends, prices);
}

function askedOf(store: string, assets: readonly string[], listed: readonly AssetSummary[]): readonly string[] {
  for (const asset of assets)
    if (!listed.some(({ id, symbol }) => asset === id || asset === symbol))
      throw unknownShare(asset, `the store ${store} holds`, [...new Set(listed.map(({ symbol }) => symbol))]);
  if (assets.length > 0) return assets;
  const daily = [...new Set(listed.filter(({ interval }) => interval === "1d").map(({ id }) => id))];
  if (daily.length === 0)
    throw new Failed(2, `--data ${store}: the store holds no daily bars; countersign data import brings some, or run with --synthetic 400`);
  if (daily.length > assetsMax)
    throw new Failed(2, `--data ${store}: the store holds ${daily.length}; name at most ${assetsMax} with --assets`);
  return daily;
}

/** What this desk cannot trade; a bar on a day without a session is a stamp that is wrong, and then which ones are right is a guess. */
function unfit({ instrument, bars }: AssetHistory): string | undefined {
  if (instrument.calendar !== "xnys") return `it trades by the calendar ${instrument.calendar}, and this desk by New York sessions`;
  const calendar = calendarOf("xnys");
  const wrong = bars.openMs.find((ms) => {
    const at = instantOfMs(ms);
    return !calendar.covers(at) || calendar.session(at.toZonedDateTimeISO("UTC").toPlainDate()) === undefined;
  });
  return wrong === undefined ? undefined : `${instantOfMs(wrong).toString().slice(0, 10)} has a bar and no session in New York`;
}

function unknownShare(asset: string, where: string, known: readonly string[]): Failed {
  const guess = didYouMean(asset, known);
  return new Failed(2, `--assets ${asset}: unknown; ${where} ${known.join(", ")}${guess === undefined ? "" : `; ${guess}`}`);
}

const failed = (fault: HistoryFault): Failed => new Failed(isUsageFault(fault) ? 2 : 1, historyFaultText(fault));
