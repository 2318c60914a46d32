import { grouped } from "../../journal/readable.ts";
import type { CapRow, SpendGroup, SpendReport, SpendRow } from "../../runtime/spend/spend-report.ts";
import { divideUnits, exactOne } from "../../words/exact.ts";
import { money } from "../../words/money.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";

/** A hundredth of a cent: most calls cost less than a cent, and a table in which they all are 0.00 says nothing. */
const shownTo = exactOne / 10_000n;

/** Dollars with two to four decimals, and exactly where that would show a small amount as nothing. */
export function usd(text: string): string {
  const units = money(text);
  const rounded = divideUnits(units, shownTo, "half_even") * shownTo;
  if (rounded === 0n && units !== 0n) return grouped(units);
  const shown = grouped(rounded);
  const decimals = shown.includes(".") ? shown.length - shown.indexOf(".") - 1 : 0;
  return decimals === 0 ? `${shown}.00` : shown.padEnd(shown.length + Math.max(0, 2 - decimals), "0");
}

const count = (of: number): string => of.toLocaleString("en-US");

/** What models cost, as a page of text: sums by each of `groups`, what is left under each cap, and what is still open. */
export function spendText(report: SpendReport, ledger: string, groups: readonly SpendGroup[]): string {
  const { total, on } = report;
  const calls = `${count(total.calls)} call${total.calls === 1 ? "" : "s"}`;
  const parts = [
    `${paint.bold(`Spent on models, ${ledger}`)}\n${usd(total.spent)} USD for ${calls}, ${usd(total.reserved)} reserved; days and months are UTC\n`,
    ...groups.map((group) => rowsText(group, report.by[group])),
    capsText(report.caps, on),
    openText(report.open),
    overrunText(report.overruns),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function rowsText(group: SpendGroup, rows: readonly SpendRow[]): string {
  if (rows.length === 0) return "";
  return columns(
    [
      [`by ${group}`, "calls", "spent", "reserved", "tokens in", "cached", "out", "reasoning"],
      ...rows.map((row) => [
        row.name,
        count(row.calls),
        usd(row.spent),
        usd(row.reserved),
        count(row.tokensIn),
        count(row.tokensCached),
        count(row.tokensOut),
        count(row.tokensReasoning),
      ]),
    ],
    [1, 2, 3, 4, 5, 6, 7],
  );
}

function capsText(caps: readonly CapRow[], on: string): string {
  if (caps.length === 0) return `no caps are set: models.budgets in the configuration sets them\n`;
  return columns(
    [
      [`caps on ${on}`, "limit", "spent", "reserved", "left", "of"],
      ...caps.map(({ cap, limit, of, spent, reserved, left }) => [
        cap,
        cap === "callsPerScanMax" ? limit : usd(limit),
        spent === undefined ? "" : usd(spent),
        reserved === undefined ? "" : usd(reserved),
        left === undefined ? "" : left.startsWith("-") ? paint.red(usd(left)) : usd(left),
        of ?? (cap === "usdPerCall" ? "each call" : "each scan"),
      ]),
    ],
    [1, 2, 3, 4],
  );
}

const openMax = 20;

function openText(open: SpendReport["open"]): string {
  if (open.length === 0) return "";
  const more = open.length > openMax ? `and ${count(open.length - openMax)} before them; --json lists all\n` : "";
  return (
    columns([
      ["open: reserved, not settled", "since", "model", "at most"],
      ...open
        .slice(-openMax)
        .map(({ call, reservedAt, model, worst }) => [call, reservedAt, model, worst === null ? "unknown price" : usd(worst)]),
    ]) + more
  );
}

function overrunText(overruns: SpendReport["overruns"]): string {
  if (overruns.length === 0) return "";
  return columns([
    [paint.yellow("overrun: billed above the worst case"), "model", "reserved", "billed"],
    ...overruns.slice(-openMax).map(({ call, model, worst, cost }) => [call, model, usd(worst), usd(cost)]),
  ]);
}
