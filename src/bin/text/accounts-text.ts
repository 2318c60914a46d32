import { signedMoney } from "../../journal/readable.ts";
import type { AccountRow } from "../../lab/accounts-report.ts";
import { money, sum } from "../../words/money.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";

const shown = (text: string): string => signedMoney(money(text));

/** Accounts that ran side by side as a page: a row for each, and what all of them made together. */
export function accountsText(rows: readonly AccountRow[], title: string): string {
  const reports = rows.flatMap(({ report }) => report ?? []);
  const [first] = reports;
  const made = first?.synthetic === true ? paint.yellow(" on a SYNTHETIC market: these are not real prices") : "";
  const window = first === undefined ? [] : [`${first.data.from} to ${first.data.to} (UTC), ${first.data.interval} bars`];
  const head = ["account", "desk", "decisions", "refused", "trades", "net", "models", "max drawdown", "journal", ""];
  const lines = rows.map(({ account, ended, fault, report }) => [
    account,
    ...(report === null
      ? ["", "", "", "", "", "", "", ""]
      : [
          report.desk,
          report.decisions.total.toLocaleString("en-US"),
          Object.values(report.refusals)
            .reduce((all, each) => all + each, 0)
            .toLocaleString("en-US"),
          String(report.result.trades),
          shown(report.result.netPnl),
          report.result.modelCosts,
          `${(report.result.maxDrawdown * 100).toFixed(1)}%`,
          report.journal.hash.slice(0, 12),
        ]),
    ended === "done" ? "" : paint.red(`${ended}: ${fault ?? ""}`),
  ]);
  const together = signedMoney(sum(reports.map(({ result }) => money(result.netPnl))));
  const shared = reports.reduce(
    (all, { refusals }) =>
      all + Object.entries(refusals).reduce((some, [code, count]) => some + (code.startsWith("group_") ? count : 0), 0),
    0,
  );
  const foot = [
    `${rows.filter(({ ended }) => ended === "done").length} of ${rows.length} accounts ran to the end, ${together} net together`,
  ];
  if (shared > 0) foot.push(`${shared.toLocaleString("en-US")} entries refused by the budget that they share`);
  return `${[paint.bold(title) + made, ...window, ""].join("\n")}\n${columns([head, ...lines], [2, 3, 4, 5, 6, 7])}\n${foot.join("\n")}\n`;
}
