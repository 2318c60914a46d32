import { basename } from "node:path";
import type { HistoryKind } from "../../ports/history.ts";
import { intervals, type Interval } from "../../words/interval.ts";

export type Market = "perpetual" | "spot" | "equity" | "etf";
export type Format = "csv" | "json" | "feather" | "parquet" | "zip";

/** What a file's name and folders say; the flags win over all of it. */
export type NameHints = {
  readonly format: Format | undefined;
  readonly gzipped: boolean;
  readonly symbol?: string;
  readonly interval?: Interval;
  readonly kind?: HistoryKind;
  readonly market?: Market;
  readonly lean?: LeanHints;
  /** Said by the name, and not something the store keeps. */
  readonly unsupported?: string;
};

type LeanHints = { readonly scaled: boolean; readonly zone: string; readonly day?: string };

const kindSuffixes = {
  futures: { kind: "ohlcv", market: "perpetual" },
  funding_rate: { kind: "funding", market: "perpetual" },
  mark: { kind: "mark", market: "perpetual" },
  open_interest: { kind: "open-interest", market: "perpetual" },
  spot: { kind: "ohlcv", market: "spot" },
} as const satisfies Record<string, { readonly kind: HistoryKind; readonly market: Market }>;
const intervalAliases: Readonly<Record<string, Interval>> = { "1wk": "1w", "60m": "1h" };
const leanPath =
  /(?:^|\/)(crypto|cryptofuture|equity|index|forex|future|cfd)\/[^/]+\/(tick|second|minute|hour|daily|margin_interest)\/(?:([^/]+)\/)?([^/]+)$/;

export function hintsOf(path: string): NameHints {
  const slashed = path.replaceAll("\\", "/");
  const name = basename(slashed);
  const gzipped = /\.gz$/i.test(name);
  const plain = name.replace(/\.gz$/i, "");
  const format = formatOf(plain);
  const stem = plain.replace(/\.[A-Za-z0-9]+$/, "");
  const lean = leanPath.exec(slashed);
  return { format, gzipped, ...(lean === null ? hintsOfStem(stem) : hintsOfLean(lean, stem)) };
}

function formatOf(name: string): Format | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  switch (extension) {
    case "csv":
    case "txt":
    case "tsv":
      return "csv";
    case "json":
    case "zip":
    case "parquet":
    case "feather":
      return extension;
    case "arrow":
      return "feather";
    default:
      return undefined;
  }
}

/** Our own text and not the equal one cut out of a name: V8 gives up compiled code that looks something up by another text object. */
const intervalOf = (word: string): Interval | undefined => intervals.find((interval) => interval === word) ?? intervalAliases[word];

type Said = Omit<NameHints, "format" | "gzipped">;

/** `BTCUSDT-1m-futures`, freqtrade's `BTC_USDT_USDT-8h-funding_rate`, Binance's `BTCUSDT-1m-2024-01`, `AAPL-1d`. */
function hintsOfStem(stem: string): Said {
  const match = /^(.+?)-(\d{1,2}(?:m|h|d|w|wk|mo|s))(?:-(.+))?$/.exec(stem);
  if (match === null) {
    const funding = /funding/i.test(stem) ? ({ kind: "funding", market: "perpetual" } as const) : {};
    const symbol = /^([A-Z0-9]{2,10}-[A-Z]{3,5})_/.exec(stem)?.[1];
    return { ...funding, ...(symbol === undefined ? {} : { symbol }) };
  }
  const [, symbol = "", word = "", suffix = ""] = match;
  const interval = intervalOf(word);
  if (interval === undefined) return { symbol, unsupported: `interval ${word}` };
  const known = Object.entries(kindSuffixes).find(([ending]) => ending === suffix)?.[1];
  return { symbol, interval, ...known };
}

const leanIntervals: Readonly<Record<string, Interval>> = { minute: "1m", hour: "1h", daily: "1d", margin_interest: "8h" };
const leanMarkets: Readonly<Record<string, Market>> = { crypto: "spot", cryptofuture: "perpetual", equity: "equity" };

/** LEAN says everything by folders: `crypto/coinbase/minute/btcusd/20180405_trade.zip`, `equity/usa/daily/spy.zip`. */
function hintsOfLean(match: RegExpExecArray, stem: string): Said {
  const [, security = "", resolution = "", folder] = match;
  const [first = "", second] = stem.split("_");
  const type = second ?? "trade";
  if (type === "quote" || security === "forex" || security === "cfd") return { unsupported: "quote bars (bid and ask) instead of trades" };
  const interval = leanIntervals[resolution];
  if (interval === undefined) return { unsupported: `LEAN's ${resolution} resolution` };
  const market = leanMarkets[security];
  const perDay = folder !== undefined;
  const kind: HistoryKind = resolution === "margin_interest" ? "funding" : type === "openinterest" ? "open-interest" : "ohlcv";
  return {
    symbol: (perDay ? folder : first).toUpperCase(),
    interval,
    kind,
    ...(market === undefined ? {} : { market }),
    lean: {
      scaled: security === "equity",
      zone: security === "equity" ? "America/New_York" : "UTC",
      ...(perDay && /^\d{8}$/.test(first) ? { day: first } : {}),
    },
  };
}
