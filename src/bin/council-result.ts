import { WeekReports, type WeekReport } from "../flow/reports/council-week.ts";
import type { Entry } from "../journal/entry.ts";
import type { SeatRun } from "../lab/council/council-run.ts";
import { backtestReport, type BacktestReport } from "../lab/backtest-report.ts";
import { leaderboard, meetingsIn, type LeaderboardRow } from "../lab/council/leaderboard.ts";

export type CouncilResult = {
  readonly leaderboard: readonly LeaderboardRow[];
  readonly weeks: readonly WeekReport[];
  readonly accounts: Readonly<Record<string, BacktestReport>>;
  readonly leftOut: readonly string[];
};

/** The runs of all accounts come in; what a person or a script asks of them goes out. */
export function councilResult(runs: readonly SeatRun[], leftOut: readonly string[], seed: string, wallMs: number): CouncilResult {
  const council = runs.find(({ name }) => name === "council");
  return {
    leaderboard: leaderboard(
      runs.map(({ name, run }) => ({ name, curve: run.curve, state: run.state, startCash: run.plan.venue.startCash })),
      council === undefined ? [] : meetingsIn(council.journal.entries()),
      seed,
    ),
    weeks: council === undefined ? [] : weeksOf(council.journal.entries()),
    accounts: Object.fromEntries(runs.map(({ name, run }) => [name, backtestReport(run, wallMs / runs.length)])),
    leftOut,
  };
}

export function weeksOf(entries: Iterable<Entry>): readonly WeekReport[] {
  const reports = new WeekReports();
  for (const { fact } of entries)
    switch (fact.kind) {
      case "pack_frozen":
      case "left_out":
      case "pitched":
      case "peers_reviewed":
      case "pitches_ranked":
      case "chairman_decided":
      case "pitch_resolved":
        reports.see(fact);
        break;
      default:
    }
  return reports.reports();
}
