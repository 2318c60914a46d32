import { backtestReport, type BacktestReport } from "./backtest-report.ts";
import type { AccountRun } from "./accounts.ts";

/** One account's row; the report is absent where it could not be opened, and of a failed one it says how far it came. */
export type AccountRow = {
  readonly account: string;
  readonly ended: AccountRun["ended"];
  readonly fault: string | null;
  readonly report: BacktestReport | null;
};

/** Runs of several accounts come in, with the time that all of them took together; a row for each goes out, in their order. */
export const accountRows = (runs: readonly AccountRun[], wallMs = 0): readonly AccountRow[] =>
  runs.map(({ account, ended, fault = null, run }) => ({
    account,
    ended,
    fault,
    report: run === undefined ? null : backtestReport(run, wallMs),
  }));
