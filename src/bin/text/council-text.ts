import type { WeekReport } from "../../flow/reports/council-week.ts";
import type { CouncilTrade } from "../../journal/council-log.ts";
import type { LeaderboardRow } from "../../lab/council/leaderboard.ts";
import type { Interval95 } from "../../lab/prompts/intervals.ts";
import { formatExact } from "../../words/exact.ts";
import type { Instrument } from "../../words/instrument.ts";
import { quantityFor, toLot } from "../../words/quantity.ts";
import { columns } from "./columns.ts";

const percent = (value: number): string => `${value.toFixed(2)}%`;
const interval = (of: Interval95 | null, show: (value: number) => string): string =>
  of === null ? "too few" : `${show(of.value)} (${show(of.low)} to ${show(of.high)})`;
const asBps = (value: number): string => value.toFixed(0);
const asShare = (value: number): string => `${(value * 100).toFixed(0)}%`;

/** Every account's record beside the flat baseline. */
export function leaderboardText(rows: readonly LeaderboardRow[]): string {
  const table = rows.map(({ account, netPct, weekBps, weeks, trades, winRate, maxDrawdownPct, shown }) => [
    account,
    percent(netPct),
    interval(weekBps, asBps),
    String(weeks),
    String(trades),
    interval(winRate, asShare),
    percent(maxDrawdownPct),
    Object.entries(shown)
      .map(([status, count]) => `${count} ${status}`)
      .join(", "),
  ]);
  const head = ["account", "net", "bps a week (95%)", "weeks", "trades", "won (95%)", "drawdown", "shown to a person"];
  const luck = rows.every(({ weekBps }) => weekBps === null || (weekBps.low < 0 && weekBps.high > 0))
    ? "No account's week is distinguishable from zero.\n"
    : "";
  return `Leaderboard\n${columns([head, ...table])}${luck}`;
}

export function weekText(of: WeekReport): string {
  const rows: string[][] = [
    ["known", `risk ${of.risk}, analysts agree on ${of.agreed}, pack ${of.packHash.slice(0, 12)}`],
    ...of.events.map((event) => ["event", event]),
    ...of.refusedEvents.map((event) => ["event refused", event]),
    ...of.leftOut.map((line) => ["left out", line]),
    ...of.pitches.map(({ member, pitch, score, gainBps }) => [
      "pitch",
      `${member} ${pitch}, ranked ${score === null ? "nowhere" : score.toFixed(2)}${gainBps === null ? "" : `, ${gainBps > 0 ? "+" : ""}${gainBps.toFixed(0)} bps by the next meeting`}`,
    ]),
    [
      "decided",
      `${of.decision}${of.by === "nobody" ? "" : ` by the ${of.by}`}${of.breach === null ? "" : `; the chairman was refused, ${of.breach}`}`,
    ],
    ...of.dissent.map((line) => ["dissent", line]),
  ];
  return `Week of ${of.week}\n${columns(rows.map((row) => [`  ${row[0] ?? ""}`, row[1] ?? ""]))}`;
}

/** What waits for a person, in the words that his yes is bound to. */
export function pendingText(
  rows: readonly { readonly account: string; readonly trade: CouncilTrade; readonly instrument: Instrument }[],
): string {
  return rows
    .map(({ account, trade: of, instrument: { currency, multiplier, lot } }) => {
      const shares = toLot(quantityFor(of.notional, of.price, multiplier, "half_even"), lot, "down");
      const size = `about ${formatExact(shares)} shares for ${formatExact(of.notional)} ${currency} at ${formatExact(of.price)} ${currency}`;
      const levels =
        of.action === "enter" || of.action === "flip" ? `, stop ${of.stopPct}%, target ${of.targetPct}%, horizon ${of.horizon}` : "";
      const out = of.outBefore.length === 0 ? "" : `, out before ${of.outBefore.join(" and ")}`;
      return `${of.trade}  ${account}  ${of.action} ${of.side} ${of.instrument} ${size}, conviction ${of.conviction}${levels}${out}\n  ${of.rationale}\n  until ${of.expiresAt.toString()}, binding ${of.binding.slice(0, 16)}${of.asked > 1 ? `, shown ${of.asked} times` : ""}\n`;
    })
    .join("");
}
