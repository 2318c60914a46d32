import { backtestReport, type BacktestReport } from "../lab/backtest-report.ts";
import { runAccounts, type AnyPlan } from "../lab/accounts.ts";
import { demoDesksText } from "./text/demo-desks-text.ts";

/** A desk of the demo; its plan is made when its turn comes, since making a market takes a moment of its own. */
export type DemoDesk = { readonly name: string; readonly plan: () => AnyPlan };

/** How a desk of the demo ended; one that failed says why and stops no other. */
export type DemoRow = { readonly name: string; readonly report?: BacktestReport; readonly fault?: string };

export type DemoOutput = { readonly write: (text: string) => void; readonly isTerminal: boolean };

/** Runs each desk to its end with one line that moves, then a table of all, with those that ran `before`. */
export function demoDesks(desks: readonly DemoDesk[], before: readonly DemoRow[], { write, isTerminal }: DemoOutput): readonly DemoRow[] {
  const width = Math.max(0, ...desks.map(({ name }) => name.length));
  const rows = desks.map(({ name, plan }): DemoRow => {
    const label = name.padEnd(width);
    const line = (text: string): void => write(isTerminal ? `\r\u001b[K  ${label}  ${text}` : "");
    line("making a market");
    const startedMs = performance.now();
    const row = ran(name, plan, (done, steps) => line(`${Math.floor((100 * done) / Math.max(1, steps))}% of its market`));
    const { report, fault = "it could not be opened" } = row;
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const said =
      report === undefined || row.fault !== undefined
        ? `failed: ${fault}`
        : `${report.decisions.total.toLocaleString("en-US")} decisions over ${report.data.bars.toLocaleString("en-US")} bars in ${seconds} s`;
    write(`${isTerminal ? "\r\u001b[K" : ""}  ${label}  ${said}\n`);
    return row;
  });
  write(`\n${demoDesksText([...before, ...rows])}`);
  return rows;
}

function ran(name: string, plan: () => AnyPlan, onStep: (done: number, steps: number) => void): DemoRow {
  const startedMs = performance.now();
  try {
    const [account] = runAccounts([plan()], onStep);
    const report = account?.run === undefined ? {} : { report: backtestReport(account.run, performance.now() - startedMs) };
    return { name, ...report, ...(account?.fault === undefined ? {} : { fault: account.fault }) };
  } catch (cause) {
    return { name, fault: cause instanceof Error ? cause.message : String(cause) };
  }
}
