import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { FileJournal } from "../../src/adapters/file-journal/file-journal.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import type { SpendReport } from "../../src/runtime/spend/spend-report.ts";
import { zeroMoney } from "../../src/words/money.ts";
import { sampleEntries } from "../journal/arbitrary-fact.ts";
import { ALedger, spender } from "../runtime/spend/a-ledger.ts";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, tree } from "./run-cli.ts";

const folder = freshFolder();

beforeAll(() => {
  const opened = FileJournal.open(join(folder, "spend.journal"));
  if (!opened.ok) throw new Error(opened.error.code);
  const a = new ALedger({}, opened.value);
  a.now = Temporal.Instant.from("2025-12-31T23:59:00Z");
  a.reserve("old", "3");
  a.settle("old", "2.5");
  a.now = Temporal.Instant.from("2026-01-04T12:00:00Z");
  a.reserve("paper/p-1/trader/1", "1", spender("p-1"));
  a.settle("paper/p-1/trader/1", "0.0042");
  a.now = Temporal.Instant.from("2026-01-05T12:00:00Z");
  a.reserve("paper/p-2/trader/1", "1", spender("p-2"));
  a.settle("paper/p-2/trader/1", "1.25");
  a.reserve("other/p-3/trader/1", "0.75", spender("p-3", { account: "other", desk: "crypto", provider: "anthropic", model: "claude" }));
  a.reserve("paper/p-4/trader/1", "1");
  a.release("paper/p-4/trader/1");
  void opened.value.close();
}, hookTimeoutMs);

const caps = ["usdPerDayMax=2", "usdPerMonthMax=2", "usdPerDeskDayMax=1.5"].flatMap((each) => ["--set", `models.budgets.${each}`]);
const spend = (...words: string[]) => cli(folder, ["spend", "--ledger", "spend.journal", "--on", "2026-01-05", ...words]);

describe("countersign spend (MOD-6)", () => {
  it("adds up by day, desk, model, role and account, and shows caps, what is open and what overran", async () => {
    const run = await spend(...caps);
    expectDone(run);
    expect(run.out).toContain("3.7542 USD for 4 calls, 0.75 reserved; days and months are UTC");
    expect(run.out).toMatch(/^by day +calls +spent +reserved +tokens in +cached +out +reasoning$/m);
    expect(run.out).toMatch(/^2026-01-05 +2 +1\.25 +0\.75 +1,900 +500 +400 +100$/m);
    expect(run.out).toMatch(/^anthropic\/claude +1 +0\.00 +0\.75 +0 +0 +0 +0$/m);
    expect(run.out).toMatch(/^usdPerDayMax +2\.00 +1\.25 +0\.75 +0\.00 +2026-01-05$/m);
    expect(run.out).toMatch(/^usdPerMonthMax +2\.00 +1\.2542 +0\.75 +-0\.0042 +2026-01$/m);
    expect(run.out).toMatch(/^usdPerDeskDayMax +1\.50 +0\.00 +0\.75 +0\.75 +desk crypto on 2026-01-05$/m);
    expect(run.out).toMatch(/^other\/p-3\/trader\/1 +2026-01-05T12:00:00Z +anthropic\/claude +0\.75$/m);
    expect(run.out).toMatch(/^paper\/p-2\/trader\/1 +openai\/gpt-5 +1\.00 +1\.25$/m);
  });

  it.each(["day", "desk", "model", "role", "account"])("adds up by %s alone", async (by) => {
    const run = await spend("--by", by);
    expectDone(run);
    expect([...run.out.matchAll(/^by (\w+)/gm)].map(([, group]) => group)).toEqual([by]);
  });

  it("writes JSON in exact decimals, on the standard output or into a file", async () => {
    const run = await spend("--json", "-", ...caps);
    expectDone(run);
    const report = JSON.parse(run.out) as SpendReport;
    expect(report.total).toMatchObject({ calls: 4, spent: "3.7542", reserved: "0.75", tokensIn: 5700 });
    expect(report.by.model.map(({ name, spent }) => [name, spent])).toEqual([
      ["anthropic/claude", "0"],
      ["openai/gpt-5", "3.7542"],
    ]);
    expect(report.caps.find(({ cap }) => cap === "usdPerMonthMax")?.left).toBe("-0.0042");
    expect(report.open.map(({ call, worst }) => [call, worst])).toEqual([["other/p-3/trader/1", "0.75"]]);
    expect(report.overruns).toEqual([{ call: "paper/p-2/trader/1", model: "openai/gpt-5", worst: "1", cost: "1.25" }]);
    const written = await spend("--json", "spend.json", ...caps);
    expectDone(written);
    expect(JSON.parse(readFileSync(join(folder, "spend.json"), "utf8"))).toEqual(report);
  });

  it("is a journal like any other: it is verified, shown and exported", async () => {
    expectDone(await cli(folder, ["journal", "verify", "spend.journal"]));
    const shown = await cli(folder, ["journal", "show", "spend.journal", "p-2"]);
    expectDone(shown);
    expect(shown.out).toContain("spend reserved      paper/p-2/trader/1 at most 1 for openai/gpt-5 as trader of perps on paper  [p-2]");
    expect(shown.out).toContain("spend settled       paper/p-2/trader/1 cost 1.25 (prices), 1,900 + 400 tokens, OVERRUN of 0.25  [p-2]");
    const exported = await cli(folder, ["journal", "export", "spend.journal", "--kind", "spend_settled"]);
    expectDone(exported);
    expect(exported.out.trimEnd().split("\n")).toHaveLength(3);
  });

  it("says so where nothing is capped and nothing was asked", async () => {
    const own = freshFolder();
    const journal = new MemoryJournal();
    expect(new ALedger({}, journal).kinds).toEqual(["capped"]);
    writeFileSync(join(own, "empty.journal"), [...journal.lines()].join(""));
    const run = await cli(own, ["spend", "--ledger", "empty.journal", "--by", "day"]);
    expectDone(run);
    expect(run.out).toContain("0.00 USD for 0 calls, 0.00 reserved");
  });

  it.concurrent.each([
    ["no ledger yet", ["spend"], 2, /^--ledger \.countersign\/spend\.journal: there is no such file; a desk that asks a model begins one/],
    ["a ledger that is not there", ["spend", "--ledger", "gone"], 2, /^--ledger gone: there is no such file/],
    ["a folder", ["spend", "--ledger", "."], 2, /^\.: this is a directory or a device/],
    ["a text", ["spend", "--ledger", "text"], 1, /^text: this is not a journal/],
    ["a broken ledger", ["spend", "--ledger", "broken"], 1, /^broken: broken at entry 3: /],
    ["an account's journal", ["spend", "--ledger", "foreign"], 1, /^foreign: entry 1 is day opened: this is the journal of something else/],
    ["an unknown group", ["spend", "--by", "models"], 2, /It is one of day, desk, model, role, account; did you mean model\?/],
    ["a day that is none", ["spend", "--on", "2026-02-30"], 2, /It is a day such as 2026-01-05\./],
    ["a cap that is none", ["spend", "--set", "models.budgets.usdPerDay=1"], 2, /models\.budgets\.usdPerDay: there is no such key/],
    ["an output in no folder", ["spend", "--json", "gone/out.json"], 2, /^--json gone\/out\.json: there is no folder gone/],
  ] as const)("refuses %s in one line", async (_, words, exit, says) => {
    const own = freshFolder();
    const whole = readFileSync(join(folder, "spend.journal"), "utf8").split("\n");
    writeFileSync(join(own, "text"), "hello\n");
    writeFileSync(join(own, "broken"), whole.toSpliced(2, 1).join("\n"));
    const foreign = new MemoryJournal();
    const [entry] = sampleEntries(1, 1);
    foreign.append({ ...entry!, fact: { kind: "day_opened", date: "2026-01-05", equity: zeroMoney } });
    writeFileSync(join(own, "foreign"), [...foreign.lines()].join(""));
    expectRefused(await cli(own, words), exit, says);
    expect(tree(own)).toEqual(["broken", "foreign", "text"]);
  });
});
