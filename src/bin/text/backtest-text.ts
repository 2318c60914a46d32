import type { Interval95 } from "../../lab/prompts/intervals.ts";
import type { BacktestReport } from "../../lab/backtest-report.ts";
import type { ModelUseRow } from "../../lab/model-use.ts";
import { columns, wrapped } from "./columns.ts";
import { readableMoney, signedMoney } from "../../journal/readable.ts";
import { money } from "../../words/money.ts";
import { paint } from "./paint.ts";
import { usd } from "./spend-text.ts";

/** A report's decimal string for reading: two decimals and groups of three. */
const amount = (text: string, signed = false): string => (signed ? signedMoney : readableMoney)(money(text));

const percent = (value: number | null): string => (value === null ? "n/a" : `${(value * 100).toFixed(1)}%`);
const ratio = (value: number | null): string => (value === null ? "n/a (too few days)" : value.toFixed(2));

/** The most frequent first. */
const counts = (of: Readonly<Record<string, number>>): string[] =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count.toLocaleString("en-US")}`);

const lineWidth = 90;

/** A name in front of the first line only. */
const listed = (name: string, entries: readonly string[]): string[][] =>
  wrapped(entries, lineWidth).map((line, at) => [at === 0 ? name : "", line]);

const madeUp = " on a SYNTHETIC market: these are not real prices";

/**
 * A finished run as a page of text. `title` says what ran, for example `Backtest of the perps desk, strategy swing`; `market` is said
 * after it where not all of the market is real.
 */
export function backtestText(report: BacktestReport, title: string, market = madeUp): string {
  const { data, result, decisions } = report;
  const net = amount(result.netPnl, true);
  const made = report.synthetic ? paint.yellow(market) : "";
  const head = [
    paint.bold(title) + made,
    ...wrapped(data.assets, lineWidth),
    `${data.from} to ${data.to} (UTC), ${data.interval} bars, ${data.bars.toLocaleString("en-US")} of them`,
    "",
  ];
  const equity = `${amount(result.equityStart)} -> ${amount(result.equityEnd)}, `;
  const rows: string[][] = [
    ["equity", `${equity}${net.startsWith("-") ? paint.red(`${net} net`) : paint.green(`${net} net`)}`],
    [
      "",
      `realised ${amount(result.realised, true)}, unrealised ${amount(result.unrealised, true)}, fees ${amount(result.fees)}${result.borrow === "0" ? "" : ` (${amount(result.borrow)} of them for borrowed shares)`}, funding ${amount(result.funding, true)}${report.models.questions === 0 ? "" : `, models ${usd(result.modelCosts)}`}`,
    ],
    ...models(report),
    ...arms(report),
    ["buy and hold", `${amount(result.buyAndHold, true)} for the same money, unlevered, without funding`],
    [
      "trades",
      `${result.trades}, ${percent(result.winRate)} won, average win ${result.averageWin === null ? "n/a" : amount(result.averageWin)}, average loss ${result.averageLoss === null ? "n/a" : amount(result.averageLoss)}`,
    ],
    ["risk", `max drawdown ${percent(result.maxDrawdown)}, Sharpe ${ratio(result.sharpe)}, Sortino ${ratio(result.sortino)}`],
    ["activity", `in the market ${percent(result.exposure)} of the time, turnover ${result.turnover.toFixed(1)} times equity`],
    ["decisions", `${decisions.total.toLocaleString("en-US")} in ${decisions.scans.toLocaleString("en-US")} scans`],
    ...listed("", counts(decisions.byOutcome)),
    ...warmUp(report),
    ...(Object.keys(report.refusals).length === 0 ? [["refusals", "none by the rails"]] : listed("refusals", counts(report.refusals))),
    ...listed("invalid", counts(report.invalid)),
    ...listed("fell back", counts(report.fallbacks)),
    ...report.latches.map(({ name, latchedAt }, at) => [
      at === 0 ? "latched" : "",
      paint.yellow(`${name}: ${name === "local_only" ? "the AI trader is not heard" : "no new entries"} since ${latchedAt}`),
    ]),
    ...calibration(report),
    ...result.openPositions.map(({ instrument, quantity, unrealised }, at) => [
      at === 0 ? "still open" : "",
      `${quantity.startsWith("-") ? "short" : "long"} ${quantity.replace("-", "")} ${instrument}, ${amount(unrealised, true)} at the last price`,
    ]),
    ["journal", `${report.journal.facts.toLocaleString("en-US")} facts, hash ${report.journal.hash.slice(0, 16)}`],
    ["speed", `${(report.timing.wallMs / 1000).toFixed(1)} s, ${report.timing.barsPerSecond.toLocaleString("en-US")} bars a second`],
  ];
  return `${head.join("\n")}\n${columns(rows)}${byStrategy(report)}`;
}

/** A prompt test beside its intervals: whether one arm is better is theirs to say, not the sums'. */
function arms({ arms: all }: BacktestReport): string[][] {
  // Prompts for other questions are no arms of one test: those are versions of one prompt.
  const kindOf = (prompt: string): string => prompt.replace(/@.*/, "");
  const rows = all.filter(({ prompt }) => all.some((other) => other.prompt !== prompt && kindOf(other.prompt) === kindOf(prompt)));
  const between = ({ value, low, high }: Interval95, text: (value: number) => string): string =>
    `${text(value)} (${text(low)} to ${text(high)})`;
  return rows.map(({ prompt, asked, trades, net, netMean, winRate }, at) => [
    at === 0 ? "prompt arms" : "",
    `${prompt}: asked ${asked.toLocaleString("en-US")}, ${trades} trades, ${amount(net, true)} net` +
      (netMean === null ? "" : `, mean ${between(netMean, (value) => value.toFixed(2))}`) +
      (winRate === null ? "" : `, won ${between(winRate, (value) => `${(value * 100).toFixed(0)}%`)}`),
  ]);
}

/** What models cost stands beside what was made without that cost; a desk that asked none has no such lines. */
function models({ models, result }: BacktestReport): string[][] {
  if (models.questions === 0) return [];
  const cached = models.tokensCached === 0 ? "" : ` (${models.tokensCached.toLocaleString("en-US")} cached)`;
  const tokens = `${models.tokensIn.toLocaleString("en-US")}${cached} + ${models.tokensOut.toLocaleString("en-US")} tokens`;
  const rows = (of: readonly ModelUseRow[]): string[] =>
    of.map(({ name, calls, cost }) => `${name} ${calls.toLocaleString("en-US")} for ${usd(cost)}`);
  const outcomes = models.byOutcome.map(({ name, questions, cost }) => `${name} ${questions.toLocaleString("en-US")} for ${usd(cost)}`);
  return [
    [
      "models",
      `${usd(models.cost)} for ${models.calls.toLocaleString("en-US")} calls, ${tokens}; ${amount(result.netBeforeModelCosts, true)} net before it`,
    ],
    ...listed("", rows(models.byRole)),
    ...listed("", rows(models.byModel)),
    ...listed("", outcomes),
  ];
}

/** Nothing but zeros would look like a strategy that saw no chance. */
function warmUp({ decisions }: BacktestReport): string[][] {
  if (decisions.total === 0 || decisions.byOutcome["warming_up"] !== decisions.total) return [];
  return [["", paint.yellow("nothing was decided: the indicators of the strategy never had enough bars; give it a longer window")]];
}

function calibration({ calibration: brier }: BacktestReport): string[][] {
  if (brier === null) return [];
  return [["calibration", `Brier score ${brier.score.toFixed(3)} over ${brier.count} forecasts (0.250 is a coin)`]];
}

function byStrategy({ strategies }: BacktestReport): string {
  if (strategies.length < 2) return "";
  const rows = strategies.map(({ name, trades, winRate, net }) => [name, String(trades), percent(winRate), amount(net, true)]);
  return `\n${columns([["by strategy", "trades", "won", "net"], ...rows], [1, 2, 3])}`;
}
