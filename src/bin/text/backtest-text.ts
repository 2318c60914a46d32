import pc from "picocolors";
import type { BacktestReport } from "../../lab/backtest-report.ts";
import { readableMoney, signedMoney } from "../../journal/readable.ts";
import { parseMoney } from "../../words/money.ts";
import { columns } from "./columns.ts";

/** A decimal string of the report, for reading. */
function amount(text: string, signed = false): string {
  const read = parseMoney(text);
  if (!read.ok) return text;
  return signed ? signedMoney(read.value) : readableMoney(read.value);
}

const percent = (value: number | null): string => (value === null ? "n/a" : `${(value * 100).toFixed(1)}%`);
const ratio = (value: number | null): string => (value === null ? "n/a (too few days)" : value.toFixed(2));
const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

/** A finished backtest as a page of text. */
export function backtestText(report: BacktestReport, strategy: string): string {
  const { data, result, decisions, journal, timing } = report;
  const paint = result.netPnl.startsWith("-") ? pc.red : pc.green;
  const lines = [
    pc.bold(
      `Backtest of the ${report.desk} desk, strategy ${strategy}${report.synthetic ? pc.yellow(", on a SYNTHETIC market: these are not real prices") : ""}`,
    ),
    data.assets.join(", "),
    `${data.from} to ${data.to} (UTC), ${data.interval} bars, ${data.bars.toLocaleString("en-US")} of them`,
    "",
    columns(
      [
        ["equity", `${amount(result.equityStart)} -> ${amount(result.equityEnd)}`, paint(`${amount(result.netPnl, true)} net`)],
        [
          "",
          `realised ${amount(result.realised, true)}, unrealised ${amount(result.unrealised, true)}, fees ${amount(result.fees)}, funding ${amount(result.funding, true)}`,
        ],
        ["buy and hold", `${amount(result.buyAndHold, true)} for the same money, unlevered, without funding`],
        [
          "trades",
          `${result.trades}, ${percent(result.winRate)} won, average win ${result.averageWin === null ? "n/a" : amount(result.averageWin)}, average loss ${result.averageLoss === null ? "n/a" : amount(result.averageLoss)}`,
        ],
        ["risk", `max drawdown ${percent(result.maxDrawdown)}, Sharpe ${ratio(result.sharpe)}, Sortino ${ratio(result.sortino)}`],
        ["activity", `in the market ${percent(result.exposure)} of the time, turnover ${result.turnover.toFixed(1)} times equity`],
        [
          "decisions",
          `${decisions.total.toLocaleString("en-US")} in ${decisions.scans.toLocaleString("en-US")} scans: ${counts(decisions.byOutcome)}`,
        ],
        ["refusals", Object.keys(report.refusals).length === 0 ? "none by the rails" : counts(report.refusals)],
        ...(Object.keys(report.invalid).length === 0 ? [] : [["invalid", counts(report.invalid)]]),
        ...(Object.keys(report.fallbacks).length === 0 ? [] : [["fell back", counts(report.fallbacks)]]),
        ...(report.latches.length === 0 ? [] : [["latched", pc.yellow(`${report.latches.join(", ")}: no new entries since`)]]),
        ...(report.calibration === null
          ? []
          : [
              [
                "calibration",
                `Brier score ${report.calibration.score.toFixed(3)} over ${report.calibration.count} forecasts (0.250 is a coin)`,
              ],
            ]),
        ...result.openPositions.map(({ instrument, quantity, unrealised }) => [
          "still open",
          `${quantity} ${instrument}, ${amount(unrealised, true)} at the last price`,
        ]),
        ["journal", `${journal.facts.toLocaleString("en-US")} facts, hash ${journal.hash.slice(0, 16)}`],
        ["speed", `${(timing.wallMs / 1000).toFixed(1)} s, ${timing.barsPerSecond.toLocaleString("en-US")} bars a second`],
      ].map((row) => [...row]),
    ),
  ];
  if (report.strategies.length > 1) {
    lines.push("by strategy\n");
    lines.push(
      columns(
        [
          ["", "trades", "won", "net"],
          ...report.strategies.map(({ name, trades, winRate, net: own }) => [name, String(trades), percent(winRate), amount(own, true)]),
        ],
        [1, 2, 3],
      ),
    );
  }
  return lines.join("\n");
}
