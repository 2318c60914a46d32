import { mkdirSync, rmSync } from "node:fs";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { faultLine } from "../adapters/file-journal/journal-fault.ts";
import type { Entry } from "../journal/entry.ts";
import { runAccounts } from "../lab/accounts.ts";
import { backtestReport, type BacktestReport } from "../lab/backtest-report.ts";
import type { Money } from "../words/money.ts";
import type { DemoDesk } from "./demo-plans.ts";
import { Failed } from "./failed.ts";
import { atListPrice } from "./list-price.ts";
import type { Moment } from "./text/moments/moment.ts";
import { Played } from "./text/moments/played.ts";
import { turnedAway } from "./turned-away.ts";

const folder = ".countersign";
/** Facts from one word on the way to the next: some tenths of a second. */
const toldEvery = 200;

/** Where a desk of the demo keeps its journal. */
export const demoJournal = (desk: string): string => `${folder}/demo-${desk}.journal`;

/** How a desk of the demo ended; one that failed says why and stops no other. */
export type DemoRow = {
  readonly desk: DemoDesk;
  readonly entries: readonly Entry[];
  readonly report?: BacktestReport;
  readonly moments: readonly Moment[];
  readonly turnedAway: ReadonlyMap<string, number>;
  readonly atListPrice?: Money;
  readonly fault?: string;
};

/** Runs one desk to its end; `onWay` hears now and then how far it has come. */
export function runDemoDesk(desk: DemoDesk, onWay: (at: Temporal.Instant) => void): DemoRow {
  const journal = freshJournal(demoJournal(desk.name));
  const entries: Entry[] = [];
  const startedMs = performance.now();
  try {
    const plan = desk.plan(journal);
    const onEntry = (entry: Entry): void => {
      plan.onEntry?.(entry);
      if (entries.push(entry) % toldEvery === 0) onWay(entry.at);
    };
    const [account] = runAccounts([{ ...plan, onEntry }]);
    const report = account?.run === undefined ? {} : { report: backtestReport(account.run, performance.now() - startedMs) };
    const { fault } = account ?? {};
    return {
      desk,
      entries,
      ...report,
      moments:
        fault === undefined ? desk.moments(new Played(entries)).toSorted((one, other) => Temporal.Instant.compare(one.at, other.at)) : [],
      turnedAway: turnedAway(entries),
      atListPrice: atListPrice(entries),
      ...(fault === undefined ? {} : { fault }),
    };
  } catch (cause) {
    if (cause instanceof Failed) throw cause;
    return { desk, entries, moments: [], turnedAway: new Map(), fault: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    void journal.close();
  }
}

/** A new journal in place of the last demo's, unless another demo is writing that one. Nothing outside is touched: the disk is waited for once. */
function freshJournal(path: string): FileJournal {
  mkdirSync(folder, { recursive: true });
  const last = FileJournal.open(path, { syncs: "at_close" });
  if (last.ok) void last.value.close();
  else if (last.error.code === "locked") throw new Failed(1, faultLine(last.error));
  for (const file of [path, `${path}.snapshot`]) rmSync(file, { force: true });
  const opened = FileJournal.open(path, { syncs: "at_close" });
  if (!opened.ok) throw new Failed(1, faultLine(opened.error));
  return opened.value;
}
