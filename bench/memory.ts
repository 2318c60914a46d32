import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { FileJournal } from "../src/adapters/file-journal/file-journal.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { runBacktest, type BacktestRun } from "../src/lab/backtest.ts";
import type { JournalStore } from "../src/ports/journal-store.ts";
import { invariant } from "../src/words/invariant.ts";
import { replayPlan } from "./replay-plan.ts";
import { walk } from "./walk.ts";

/**
 * What a bar replay holds on to beyond its columns, for the same strategy over ever more bars: what grows with the bars would be a leak,
 * what grows with the round trips is the record of them.
 */
const lengths = [125_000, 250_000, 500_000, 1_000_000];
const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const heapBytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

function kept(length: number, journal: JournalStore): { readonly bytes: number; readonly run: BacktestRun } {
  const bars = walk(length, "orders");
  const before = heapBytes();
  const run = runBacktest({ ...replayPlan([{ instrument: bars.instrument, bars }], "none"), journal });
  const bytes = heapBytes() - before;
  invariant(run.state.sequence === run.count.facts, "every fact was seen");
  return { bytes, run };
}

function toFile(path: string): JournalStore {
  rmSync(path, { force: true });
  const opened = FileJournal.open(path, { syncs: "at_close" });
  invariant(opened.ok, "a fresh folder has room for a journal");
  return opened.value;
}

try {
  // The first run of a process also compiles, and what that takes is not the replay's.
  kept(50_000, new MemoryJournal());
  for (const [name, store] of [
    ["journal in a file", () => toFile(join(folder, "kept.journal"))],
    ["journal in memory", () => new MemoryJournal()],
  ] as const) {
    for (const length of lengths) {
      const journal = store();
      const { bytes, run } = kept(length, journal);
      const { trades, sequence } = run.state;
      console.log(
        `${name}, ${length.toLocaleString("en-US").padStart(9)} bars: ${(bytes / 1e6).toFixed(1).padStart(5)} MB kept, ` +
          `${(bytes / length).toFixed(0)} bytes a bar, ${(bytes / trades.length).toFixed(0)} a round trip of ${trades.length}, ${sequence} facts`,
      );
      void journal.close();
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
