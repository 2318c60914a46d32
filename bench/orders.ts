import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal } from "../src/adapters/file-journal/file-journal.ts";
import { verifyJournalFile } from "../src/adapters/file-journal/walk-chain.ts";
import type { Strategy } from "../src/flow/proposals/strategy.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { entryTextOf } from "../src/journal/chain.ts";
import { runBacktest, type BacktestRun } from "../src/lab/backtest.ts";
import type { JournalStore } from "../src/ports/journal-store.ts";
import { invariant } from "../src/words/invariant.ts";
import { paired, row } from "./paired.ts";
import { plainOrders, plainRecord } from "./plain-orders.ts";
import { replayPlan } from "./replay-plan.ts";
import { walk } from "./walk.ts";

/**
 * An order at every bar through the public strategy API, all rails, exact books and a hash-chained journal file, against a plain loop
 * with five checks, four chained events an order and the same kind of file. Both sync once, at the end: a backtest has nothing to lose.
 */
const length = Number(process.argv[2] ?? 5_000);
const bars = walk(length, "orders");
const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
const ourPath = join(folder, "ours.journal");
const plainPath = join(folder, "plain.jsonl");
const recordPath = join(folder, "record.jsonl");

/** Without a watcher the desk wakes at every bar: buys when flat, closes when not. */
const everyBar: Strategy = {
  name: "every-bar",
  version: "1",
  description: "In at one bar, out at the next",
  numbers: { allocationBpsMax: 1000, riskBps: 100, stopAtr: 1, rewardToRisk: 1, confidenceMin: 0.5 },
  frames: [{ times: 1, indicators: {} }],
  decide: (asset) =>
    asset.position === undefined
      ? { action: "buy", confidence: 0.6, riskLevel: "low", rationale: "flat", exitPlan: "the next bar" }
      : { action: "close_position", confidence: 0.6, rationale: "held for a bar" },
};

function ordersWith(journal: JournalStore): BacktestRun {
  const plan = replayPlan([{ instrument: bars.instrument, bars }], "none");
  const limits = { ...plan.rules.limits, entriesPerHourMax: 60, ordersPerMinuteMax: 60 };
  return runBacktest({ ...plan, journal, settings: { ...plan.settings, strategy: everyBar }, rules: { ...plan.rules, limits } });
}

function toFile(): BacktestRun {
  rmSync(ourPath, { force: true });
  const opened = FileJournal.open(ourPath, { syncs: "at_close" });
  invariant(opened.ok, "a fresh folder has room for a journal");
  const run = ordersWith(opened.value);
  void opened.value.close();
  return run;
}

function check({ count, state }: BacktestRun): void {
  invariant(
    count.fills >= length - 3,
    `${count.fills} fills of ${length} bars: ${JSON.stringify([...count.refusals, ...count.invalid, ...count.outcomes])}`,
  );
  invariant(state.sequence === count.facts, "every fact was seen");
}

try {
  const expected = plainOrders(bars, plainPath);
  const peer = {
    name: "plain loop",
    run: () => plainOrders(bars, plainPath),
    check: (again: typeof expected) =>
      invariant(again.equity === expected.equity && again.orders === length, "the plain loop repeats itself"),
  };
  const toDisk = paired({ name: "countersign", run: toFile, check }, peer, length, 7, 2);
  const { state } = toFile();
  const chain = verifyJournalFile(ourPath);
  invariant(chain.ok && chain.value.head.sequence === state.sequence, "the file holds every fact, chained");
  console.log(
    `${length} bars, ${state.trades.length} round trips, ${state.sequence} facts; the plain loop writes ${expected.events} events`,
  );
  console.log(row("an order every bar to a file, ns a bar", toDisk));
  const record = readFileSync(ourPath, "utf8").trimEnd().split("\n");
  const records = record.map((line) => JSON.parse(entryTextOf(line)) as object);
  const alone = paired(
    {
      name: "record alone",
      run: () => plainRecord(records, recordPath),
      check: (written: number) => invariant(written === records.length, "every record is written"),
    },
    peer,
    length,
    7,
    2,
  );
  console.log(row("our records alone: JSON.stringify, chain, file", alone));
  const inMemory = paired({ name: "countersign", run: () => ordersWith(new MemoryJournal()), check }, peer, length, 7, 2);
  console.log(row("the same with the journal in memory", inMemory));
} finally {
  rmSync(folder, { recursive: true });
}
