import { readableMoney, signedMoney } from "../../journal/readable.ts";
import { money, sum } from "../../words/money.ts";
import type { DemoRow } from "../demo-desks.ts";
import { listPriced } from "../list-price.ts";
import { columns } from "./columns.ts";
import { hanging } from "./hanging.ts";
import { paint } from "./paint.ts";
import { usd } from "./spend-text.ts";

/** The desks of the demo side by side: what each decided, had refused and made, after what its models cost and beside what they would have. */
export function demoDesksText(rows: readonly DemoRow[], width: number): string {
  const head = ["desk", "decisions", "refusals", "trades", "net after model cost", "cost", "list price"];
  const lines = rows.map(({ desk, report, turnedAway, atListPrice, fault }) =>
    report === undefined || fault !== undefined
      ? [desk.name, "failed"]
      : [
          desk.name,
          report.decisions.total.toLocaleString("en-US"),
          [...turnedAway.values()].reduce((all, each) => all + each, 0).toLocaleString("en-US"),
          String(report.result.trades),
          signedMoney(money(report.result.netPnl)),
          usd(report.result.modelCosts),
          atListPrice === undefined ? "" : readableMoney(atListPrice),
        ],
  );
  const notes = Object.entries({ refusals, cost, "list price": prices(rows) }).flatMap(([name, note]) =>
    hanging(`${name}: `, note, width, 2),
  );
  return `${columns([head, ...lines], [1, 2, 3, 4, 5, 6])}\n${notes.map((line) => `${paint.dim(line)}\n`).join("")}`;
}

const refusals = "wishes to trade that rules turned away: rails, the gates of options, the thresholds of equities; not a model's own no.";
const cost = "what the models charged: the house model is a script, and free.";

function prices(rows: readonly DemoRow[]): string {
  const { name, price } = listPriced;
  const all = readableMoney(sum(rows.flatMap(({ atListPrice }) => (atListPrice === undefined ? [] : [atListPrice]))));
  const rates = `${readableMoney(price.inputPerMTok)} USD for a million tokens in and ${readableMoney(price.outputPerMTok)} out`;
  return `the same calls asked of ${name}, at ${rates}, a token counted as four characters: ${all} USD in all. A model that reasons bills more.`;
}
