import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { demoPlans } from "../../src/bin/demo-plans.ts";
import { journalEntries } from "../../src/bin/read-journal.ts";
import { momentText } from "../../src/bin/text/demo-desk-text.ts";
import { Played } from "../../src/bin/text/moments/played.ts";
import { readableMoney, signedMoney } from "../../src/journal/readable.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { minus, money, moneyOfUnits, plus, zeroMoney } from "../../src/words/money.ts";
import { cli, expectDone, freshFolder, hookTimeoutMs, root, shell, tree, type Ran } from "./run-cli.ts";

const desks = ["perps", "options", "crypto", "equities", "council"] as const;
type Desk = (typeof desks)[number];

const folder = freshFolder();
let demo: Ran;
const journals = new Map<Desk, readonly Entry[]>();
beforeAll(async () => {
  demo = await cli(folder, ["demo"]);
  for (const desk of desks) journals.set(desk, [...journalEntries(join(folder, `.countersign/demo-${desk}.journal`))]);
}, hookTimeoutMs);

const entriesOf = (desk: Desk): readonly Entry[] => journals.get(desk) ?? [];

/** What was told of one desk, from its heading to the next. */
const told = (desk: Desk): string => {
  const [before = ""] = demo.out.split("\ndesk  ");
  const from = before.indexOf(`\n${desk.toUpperCase()}  `);
  const next = desks[desks.indexOf(desk) + 1];
  return before.slice(from, next === undefined ? undefined : before.indexOf(`\n${next.toUpperCase()}  `));
};

/** The commands after the heading, each on one line. */
const printed = (): string[] =>
  (demo.out.split("\nWhat to try next\n")[1] ?? "")
    .replace(/ \\\n\s+/g, " ")
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.trim());

const signs: readonly (readonly [desk: Desk, sentence: string, because: string, shows: RegExp])[] = [
  ["perps", "a wish that a rail refused, with its numbers", "PERP-1", / wants +to (?:buy|sell) .*\n +refused +\w+, [\d,.]+ over [\d,.]+\n/],
  ["perps", "a wish that was countersigned and filled", "LINE-1", /countersigned \d+ rails; [^]*?filled +(?:bought|sold) [^]*?with\s+stop/],
  [
    "perps",
    "what a trade brought",
    "a newcomer asks that first",
    /closed +\w+ at its (?:stop|target) on [\d :-]+: [+-]?[\d,.]+ after all costs/,
  ],
  ["options", "an entry through both gates", "OPT-2", /model +APPROVE[^]*?gate 1 +passed\n +gate 2 +passed\n +countersigned/],
  ["options", "gate 1 with what it measured", "OPT-2", /model +SELL[^]*?gate 1 +stopped: \w+ -?[\d.]+ against -?[\d.]+\n/],
  [
    "options",
    "gate 2 and the person behind it",
    "LINE-5",
    /gate 2 +stopped: confidence [\d.]+ against [\d.]+\n +person +waits in the queue/,
  ],
  ["options", "a hard rail that asks nobody", "OPT-6", /hard rail +\w+ on the [^]*?filled +sold/],
  [
    "crypto",
    "both convictions and the line of the table",
    "DUAL-2",
    /rules +\w+ \w+, [\d.]+% sure[^]*?AI trader +\w+ \w+, \d+% sure[^]*?table +BLEND: /,
  ],
  ["crypto", "a disagreement that comes to an order", "DUAL-2", /disagree[^]*?table +(?:AI|LOCAL|NONE): [^]*?countersigned \d+ rails/],
  ["crypto", "what is left to the arbiter", "DUAL-3", /table +NONE: [^]*?arbiter +asked, follows /],
  [
    "equities",
    "an edge that was acted on",
    "EQ-3",
    /acted on[^]*?(?:% said is [\d.]+% calibrated|% to win, uncalibrated), [\d.]+ to 1; [\d.]+ bps after [\d.]+ of costs[^]*?size +by range [\d,.]+, by Kelly [\d,.]+[^]*?filled/,
  ],
  [
    "equities",
    "an edge that was passed up, calibrated",
    "EQ-8",
    /passed up[^]*?% said is [\d.]+% calibrated, [^]*?refused +p_win_low, [\d.]+ below [\d.]+/,
  ],
  [
    "equities",
    "a worthy trade that a rail refused",
    "the rails have the last word",
    /refused by a rail[^]*?refused +\w+, [\d,.]+ below [\d,.]+/,
  ],
  [
    "council",
    "the pitches, the blind review and the ranking",
    "COUN-4",
    /pitched +pm-one [^]*?reviewed +without names: pm-one scores P-[^]*?ranked +pm-\w+ \d/,
  ],
  ["council", "the chairman", "COUN-5", /decided +(?:LONG|SHORT|FLAT) \w+ .*by the (?:chairman|ranking), \d against/],
  ["council", "a pending trade and its yes", "COUN-6", /pending +(?:buy|sell) \w+ for about [^]*?approved +by \w+ at [^]*?filled/],
  ["council", "a checkpoint", "COUN-8", /checkpoint +\d\d:\d\d \w+ \w+: /],
];

describe("npm start, the demo", () => {
  it("is what npm start runs", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
    expect(scripts.start).toBe("node src/bin/countersign.ts demo");
  });

  it("says that all is made up, keeps a journal for each desk and leaves nothing else behind", () => {
    expectDone(demo);
    expect(demo.out).toMatch(/^Five desks at work on markets that are made up \(seed demo\)/);
    const files = desks.map((desk) => `.countersign/demo-${desk}.journal`);
    expect(tree(folder)).toEqual([".countersign", ...files.toSorted()]);
  });

  it.each(signs)("shows of %s %s: %s", (desk, _, __, shows) => {
    expect(told(desk)).toMatch(shows);
  });

  it.each(desks)("tells %s in a few lines that fit a hundred columns, each of them found in its journal", (desk) => {
    const text = told(desk);
    const moments =
      demoPlans("demo")
        .find(({ name }) => name === desk)
        ?.moments(new Played(entriesOf(desk))) ?? [];
    for (const moment of moments) expect(text).toContain(momentText(moment, 100));
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    // The heading, what ran and what was turned away: the rest is of the moments.
    const ofMoments = moments.flatMap((moment) => momentText(moment, 100).trim().split("\n")).length;
    expect(moments.length).toBeGreaterThanOrEqual(3);
    expect(ofMoments).toBeLessThanOrEqual(24);
    expect(lines.length - ofMoments).toBeLessThanOrEqual(5);
  });

  it("counts in its table what the journals add up to", () => {
    const table = demo.out.split("\ndesk  ")[1]?.split("\n") ?? [];
    for (const desk of desks) {
      const cells = table.find((line) => line.startsWith(`${desk} `))?.split(/ {2,}/);
      expect(cells).toEqual([desk, ...counted(entriesOf(desk))]);
    }
  });

  it("prints commands that work as printed, at least one for each desk", async () => {
    const lines = printed();
    expect(lines.map((line) => line.split(" ")[1])).toEqual([
      "decisions",
      "replay",
      "twin",
      "replay",
      "decisions",
      "journal",
      "journal",
      "rails",
      "backtest",
      "data",
    ]);
    for (const desk of desks) expect(lines.some((line) => line.includes(`demo-${desk}.journal`))).toBe(true);
    const runs = await Promise.all(lines.map((line) => shell(folder, line)));
    for (const run of runs) expectDone(run);
    // The what-if that it promises does differ, the gates are priced, and the arbitration comes again.
    expect(runs[1]?.out).toMatch(/, from here on:\n- [^]*\n\+ order planned/);
    expect(runs[2]?.out).toMatch(/\ngated +exit: gate 1 /);
    expect(runs[5]?.out).toContain("chairman decided");
  });

  it("starts over on a second run, and tells the same story", async () => {
    const again = await cli(folder, ["demo"]);
    expectDone(again);
    const story = (out: string): string => out.replace(/ in \d+\.\d s\n/g, "\n");
    expect(story(again.out)).toBe(story(demo.out));
    const other = await cli(folder, ["demo", "--seed", "monday"]);
    expectDone(other);
    for (const desk of desks) expect(other.out).toMatch(new RegExp(`\n${desk.toUpperCase()}  [^]*?\n\n  \\d{4}-\\d\\d-\\d\\d `));
    expect(other.out.split("\ndesk  ")[1]).not.toBe(demo.out.split("\ndesk  ")[1]);
  });
});

/** A row of the table, added up by hand. */
function counted(entries: readonly Entry[]): string[] {
  const trades = new Played(entries).state.trades.length;
  let [decisions, refusals, tokensIn, tokensOut] = [0, 0, 0, 0];
  let [start, end, cost] = [zeroMoney, zeroMoney, zeroMoney];
  for (const { fact } of entries) {
    if (fact.kind === "opened") start = fact.startCash;
    if (fact.kind === "closed") end = fact.equity;
    if (fact.kind === "scanned") decisions += fact.candidates;
    if (fact.kind === "refused" || fact.kind === "order_withheld" || fact.kind === "proposal_refused") refusals++;
    if (fact.kind === "option_gated" && ["SELL", "APPROVE"].includes(fact.action) && !(fact.gate1 && fact.gate2)) refusals++;
    if (fact.kind === "arbitrated")
      refusals += [...fact.proposals_local, ...fact.proposals_ai].filter(({ fate }) => fate.startsWith("refused")).length;
    if (fact.kind === "model_answered") {
      cost = plus(cost, fact.answer.cost);
      tokensIn += fact.answer.tokensIn;
      tokensOut += fact.answer.tokensOut;
    }
  }
  // 2 and 10 dollars for a million: 2 and 10 units of 10^-6.
  const list = moneyOfUnits((BigInt(tokensIn) * money("2") + BigInt(tokensOut) * money("10")) / 1_000_000n);
  return [
    decisions.toLocaleString("en-US"),
    refusals.toLocaleString("en-US"),
    String(trades),
    signedMoney(minus(end, start)),
    readableMoney(cost),
    readableMoney(list),
  ];
}
