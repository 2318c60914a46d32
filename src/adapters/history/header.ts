import type { HistoryKind } from "../../ports/history.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { FileFault } from "./row-fault.ts";

/** Which column of the file is what; -1 for a volume that the file does not have. */
export type Fields = { readonly time: number; readonly values: readonly number[]; readonly symbol: number; readonly unitIsMs: boolean };

/** Header words, lower case, letters and digits only; the first that is found wins. */
const timeWords = [
  "tsms",
  "opentimeinmillis",
  "opentime",
  "timestampms",
  "timestamp",
  "ts",
  "unix",
  "datetime",
  "date",
  "time",
  "calctime",
  "fundingtime",
  "createtime",
];
const millisecondWords = ["tsms", "opentimeinmillis", "timestampms"];
const symbolWords = ["symbol", "ticker", "pair", "instrument"];
const candleWords = [
  ["open", "o"],
  ["high", "h"],
  ["low", "l"],
  ["close", "c"],
  ["volume", "vol", "v", "basevolume"],
];
/** `open` is last: freqtrade writes funding, and everybody mark price candles, in the open column. */
const valueWords = {
  funding: [["fundingrate", "lastfundingrate", "rate", "open"]],
  mark: [["markprice", "mark", "price", "value", "open"]],
  "open-interest": [["sumopeninterest", "openinterest", "oi", "value", "open"]],
  ohlcv: candleWords,
} as const satisfies Record<HistoryKind, readonly (readonly string[])[]>;

export function fieldsOf(header: readonly string[], kind: HistoryKind): Result<Fields, FileFault> {
  const words = header.map((word) => word.toLowerCase().replaceAll(/[^a-z0-9]/g, ""));
  const find = (names: readonly string[]): number => {
    for (const name of names) if (words.includes(name)) return words.indexOf(name);
    return -1;
  };
  const bad = (detail: string): Result<Fields, FileFault> =>
    err({ code: "bad_header", line: 1, detail: `${detail}; the columns are ${header.map((word) => `"${word}"`).join(", ")}` });
  const time = find(timeWords);
  if (time === -1) return bad("no column of times (ts_ms, timestamp, date, open_time, ...)");
  const values = valueWords[kind].map(find);
  const missing = values.findIndex((column, field) => column === -1 && !(kind === "ohlcv" && field === 4));
  if (missing !== -1) return bad(`no column of ${kind} ${(valueWords[kind][missing] ?? []).join(" or ")}`);
  return ok({ time, values, symbol: find(symbolWords), unitIsMs: millisecondWords.includes(words[time] ?? "") });
}

/** Without a header: time, then the values in their usual order, as Binance's and LEAN's archives have them. */
export function fieldsByPosition(cells: number, kind: HistoryKind): Result<Fields, FileFault> {
  const values = valueWords[kind].map((_, index) => index + 1);
  return cells > values.length
    ? ok({ time: 0, values, symbol: -1, unitIsMs: false })
    : err({
        code: "bad_header",
        line: 1,
        detail: `no header, and ${cells} cells in the first line: without a header the order is time, then ${valueWords[kind].map((names) => names[0]).join(", ")}`,
      });
}

export const noVolumeNote = "the file has no volume column: volume is 0 in every row";
