import type { MeasureName, MeasureRow } from "../../lab/performance/baseline-report.ts";
import type { PerformanceSample } from "../../lab/performance/performance-sample.ts";
import type { Interval95 } from "../../lab/prompts/intervals.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";

type Named = { readonly file: string; readonly desk: string; readonly sample: PerformanceSample };

/** Two runs, measure by measure, with the interval of each and of the difference; `unlike` says why they are hardly to be compared. */
export function baselineText(baseline: Named, recent: Named, unlike: readonly string[], measures: readonly MeasureRow[]): string {
  const head = [
    paint.bold("A run against its baseline"),
    `baseline  ${said(baseline)}`,
    `recent    ${said(recent)}`,
    ...unlike.map((line) => paint.yellow(`unlike    ${line}`)),
    "",
    "",
  ].join("\n");
  const rows = measures.map(({ name, baseline: one, recent: other, difference, differs }) => [
    words[name],
    interval(name, one),
    interval(name, other),
    interval(name, difference, true),
    differs ? "yes" : difference === null ? "too little" : "no",
  ]);
  const note =
    'Intervals are 95%, from 2,000 resampled runs: trades one by one, days in blocks. "differs" says that the difference\'s interval leaves out zero.';
  return `${head}${columns([["", "baseline", "recent", "difference", "differs"], ...rows])}\n${note}\n`;
}

const said = ({ file, desk, sample }: Named): string =>
  `${file}: the ${desk} desk, ${sample.tradeNets.length.toLocaleString("en-US")} trades over ${sample.dailyReturns.length.toLocaleString("en-US")} days`;

const words: Readonly<Record<MeasureName, string>> = {
  winRate: "win rate",
  averageWin: "average win",
  averageLoss: "average loss",
  maxDrawdown: "max drawdown",
  sharpe: "Sharpe",
  trades: "trades",
  tradesPerDay: "trades a day",
};

const shares: readonly MeasureName[] = ["winRate", "maxDrawdown"];

function interval(name: MeasureName, of: Interval95 | null, signed = false): string {
  if (of === null) return "n/a";
  const share = shares.includes(name);
  const shown = (value: number): string => {
    const text = share ? `${(value * 100).toFixed(1)}%` : value.toFixed(name === "trades" ? 0 : 2);
    return signed && value > 0 ? `+${text}` : text;
  };
  return `${shown(of.value)} (${shown(of.low)} to ${shown(of.high)})`;
}
