import { basename } from "node:path";
import type { HistoryKind } from "../../ports/history.ts";
import { intervals, type Interval } from "../../words/interval.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { ReadAsk } from "./file-table.ts";
import { hintsOf, type Format, type Market } from "./file-name.ts";
import type { FileFault } from "./row-fault.ts";
import type { TimeUnit } from "./stamps.ts";
import { pairOf } from "./symbol.ts";

/** What the user said; it wins over what the name says and counts for all files of the command. */
export type FileFlags = {
  readonly symbol?: string;
  readonly interval?: Interval;
  readonly kind?: HistoryKind;
  readonly market?: Market;
  readonly currency?: string;
  readonly zone?: string;
  readonly timeUnit?: TimeUnit | "auto";
  readonly roundDecimals?: number;
};

export type FilePlan = {
  readonly path: string;
  readonly name: string;
  readonly format: Format;
  readonly gzipped: boolean;
  /** Undefined until the file's symbol column has been read. */
  readonly symbol: string | undefined;
  readonly kind: HistoryKind;
  readonly interval: Interval;
  readonly market: Market;
  readonly read: ReadAsk;
};

const isExchangeTraded = (market: Market): boolean => market === "equity" || market === "etf";

const say = (detail: string): Result<FilePlan, FileFault> => err({ code: "say_more", detail });

/** Settles what a file is from its name and the flags, or says which flags are missing. */
export function planFile(path: string, flags: FileFlags): Result<FilePlan, FileFault> {
  const hints = hintsOf(path);
  if (hints.format === undefined)
    return say("the format is told by the ending: .csv, .json, .feather, .parquet or .zip, each also with .gz");
  if (hints.unsupported !== undefined && (flags.interval === undefined || hints.unsupported.startsWith("quote")))
    return err({ code: "not_supported", detail: `the name says ${hints.unsupported}; intervals are ${intervals.join(" ")}, of trades` });
  const symbol = flags.symbol ?? hints.symbol;
  const kind = flags.kind ?? hints.kind ?? "ohlcv";
  const market = flags.market ?? hints.market ?? (kind === "ohlcv" ? marketOf(symbol, hints.interval) : "perpetual");
  const interval = flags.interval ?? hints.interval ?? (kind === "funding" ? "8h" : undefined);
  const missing = [...(interval === undefined ? ["--interval"] : []), ...(market === undefined ? ["--market"] : [])];
  if (interval === undefined || market === undefined) return say(`say ${missing.join(" and ")}: the name does not tell`);
  const daily = interval === "1d" || interval === "1w";
  const day = hints.lean?.day;
  return ok({
    path,
    name: basename(path),
    format: hints.format,
    gzipped: hints.gzipped,
    symbol,
    kind,
    interval,
    market,
    read: {
      kind,
      stamps: {
        zone: flags.zone ?? hints.lean?.zone ?? "UTC",
        unit: flags.timeUnit ?? "auto",
        midnightIsDate: daily && isExchangeTraded(market),
        ...(day === undefined ? {} : { day }),
      },
      roundDecimals: flags.roundDecimals,
      priceShift: hints.lean?.scaled === true ? 4 : 0,
    },
  });
}

/** Exchanges' archive names such as `BTCUSDT-1m` are spot unless they say futures; anything else must be said. */
const marketOf = (symbol: string | undefined, interval: Interval | undefined): Market | undefined =>
  symbol !== undefined && interval !== undefined && pairOf(symbol) !== undefined ? "spot" : undefined;
