import type { TwinReport, TwinRow, TwinSum } from "../../lab/twin/twin-report.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";

const amount = (value: number): string =>
  `${value < 0 ? "-" : "+"}${Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

const between = ({ perDay }: TwinSum, sign: 1 | -1): string => {
  if (perDay === null) return "too few days";
  const [low, high] = sign === 1 ? [perDay.low, perDay.high] : [0 - perDay.high, 0 - perDay.low];
  return `${amount(perDay.value * sign)} (${amount(low)} to ${amount(high)})`;
};

const verdicts = {
  added: paint.green("added"),
  cost: paint.red("cost"),
  not_clear: "not clear",
  too_few: "too few days",
} as const satisfies Record<TwinRow["verdict"], string>;

const names = {
  rules: "what rules proposed",
  model: "what models proposed",
  arbitration: "what was followed of them",
  shown: "what a person was shown",
  resolved: "what was resolved",
  sent: "what was sent",
} as const;

/** What each who had a say added or cost, as a page of text. */
export function twinText({ rule, stages, rows, unpriced, booked }: TwinReport, title: string): string {
  const { horizonBars, feeBps, spreadBps, slippageBps, borrowBpsYear = 0, optionRails: rails } = rule;
  const head = [
    paint.bold(title),
    `in at the next open, out at stop, target or after ${horizonBars} bars; fee ${feeBps} bps a side, spread ${spreadBps} bps, slippage ${slippageBps} bps, funding as it fell due${borrowBpsYear === 0 ? "" : `, ${borrowBpsYear} bps a year for borrowed shares`}`,
    ...(rails === undefined
      ? []
      : [
          `options: bought at the ask and sold at the bid, or before the horizon at ${rails.stopLossPct}% below what was paid${rails.dayEnd === "never" ? "" : ` and ${rails.dayEndMinutes} minutes before the ${rails.dayEnd === "daily" ? "day's" : "last day's"} close`}`,
        ]),
    "",
  ];
  const wanted = stages.map((row) => [
    names[row.stage],
    row.count.toLocaleString("en-US"),
    row.priced.toLocaleString("en-US"),
    amount(row.wouldHaveBrought),
    between(row, 1),
  ]);
  const turned = rows.map((row) => [
    row.what.replaceAll("_", " "),
    row.by,
    row.count.toLocaleString("en-US"),
    row.priced.toLocaleString("en-US"),
    amount(row.wouldHaveBrought),
    amount(row.added),
    between(row, -1),
    verdicts[row.verdict],
  ]);
  const foot = [
    `the account's own books: ${amount(booked.netBeforeModelCosts)} net, models ${booked.modelCosts === 0 ? "0" : booked.modelCosts.toFixed(4)}`,
    ...Object.entries(unpriced).map(([why, count]) => `${count.toLocaleString("en-US")} not priced: ${why.replaceAll("_", " ")}`),
  ];
  const first = columns([["wanted", "count", "priced", "would have brought", "a day, with its 95% interval"], ...wanted], [1, 2, 3]);
  const second =
    turned.length === 0
      ? "nothing was turned away\n"
      : columns(
          [["turned away", "by", "count", "priced", "would have brought", "added", "a day, with its 95% interval", ""], ...turned],
          [2, 3, 4, 5],
        );
  return `${head.join("\n")}\n${first}\n${second}\n${foot.join("\n")}\n`;
}
