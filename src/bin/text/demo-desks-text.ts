import { signedMoney } from "../../journal/readable.ts";
import { money } from "../../words/money.ts";
import type { DemoRow } from "../demo-desks.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";
import { usd } from "./spend-text.ts";

/** The desks of the demo side by side: what each decided, was refused and made, after what its models cost. */
export function demoDesksText(rows: readonly DemoRow[]): string {
  const head = ["desk", "decisions", "refusals", "trades", "net after model cost", "model cost", ""];
  const lines = rows.map(({ name, report, fault }) => [
    name,
    ...(report === undefined
      ? ["", "", "", "", ""]
      : [
          report.decisions.total.toLocaleString("en-US"),
          refusals(report.refusals),
          String(report.result.trades),
          signedMoney(money(report.result.netPnl)),
          usd(report.result.modelCosts),
        ]),
    fault === undefined ? "" : paint.red(`failed: ${fault}`),
  ]);
  return columns([head, ...lines], [1, 2, 3, 4, 5]);
}

const refusals = (of: Readonly<Record<string, number>>): string =>
  Object.values(of)
    .reduce((all, each) => all + each, 0)
    .toLocaleString("en-US");
