import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { FileJournal } from "../../src/adapters/file-journal/file-journal.ts";
import { JournalFailed } from "../../src/adapters/file-journal/journal-failed.ts";
import { faultLine, JournalUnreadable } from "../../src/adapters/file-journal/journal-fault.ts";
import { perps, type PerpsSettings } from "../../src/desks/perps.ts";
import { correlationOf } from "../../src/flow/orders/order-id.ts";
import { AccountState } from "../../src/journal/account-state.ts";
import { entryTextOf } from "../../src/journal/chain.ts";
import { decodeEntry } from "../../src/journal/codec.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { MarketDay } from "../../src/lab/market-day.ts";
import { MarketReplay } from "../../src/lab/replay-market.ts";
import { takeUpAgain } from "../../src/lab/storm/take-up-again.ts";
import { Tape } from "../../src/lab/tape.ts";
import type { JournalStore } from "../../src/ports/journal-store.ts";
import type { Model } from "../../src/ports/model.ts";
import { AccountRunner } from "../../src/runtime/account-runner.ts";
import { driveNow } from "../../src/runtime/drive.ts";
import type { Step } from "../../src/runtime/line.ts";
import { takeUp } from "../../src/runtime/recover.ts";
import { quotesOf, type Turn } from "../../src/runtime/turn.ts";
import type { Shown } from "../../src/sim/hostile-answers.ts";
import { HostileModel } from "../../src/sim/hostile-model.ts";
import { ManualClock } from "../../src/sim/manual-clock.ts";
import { Random } from "../../src/sim/random.ts";
import { approximately } from "../../src/words/exact.ts";
import { idle, reply, spent } from "../lab/handmade.ts";
import { viewOf } from "../lab/a-view.ts";
import type { Assignment } from "./assignment.ts";
import { FarVenue } from "./far-venue.ts";
import { Mortal } from "./mortal.ts";
import { begin, tell } from "./upstream.ts";
import { packed } from "./wire.ts";

const minuteMs = 60_000;

/** The file journal, whose every acknowledgement is told to the parent before anything is done on the strength of it. */
class ToldJournal implements JournalStore {
  readonly #file: FileJournal;
  readonly #mortal: Mortal;
  readonly #commits: boolean;

  constructor(file: FileJournal, mortal: Mortal, commits: boolean) {
    this.#file = file;
    this.#mortal = mortal;
    this.#commits = commits;
  }
  append(entry: Entry): void {
    this.#mortal.reach("before_append");
    this.#file.append(entry);
  }
  commit(): void {
    if (!this.#commits) return;
    this.#file.commit();
    tell({ say: "acknowledged", head: this.#file.head() });
  }
  head(): ReturnType<FileJournal["head"]> {
    return this.#file.head();
  }
  entries(from?: number): Generator<Entry> {
    return this.#file.entries(from);
  }
  close(): ReturnType<FileJournal["close"]> {
    return this.#file.close();
  }
}

/** The real runner; what is planted in it is a bug to be found. */
class DeskRunner extends AccountRunner {
  blind = false;
  override perform(turn: Turn, step: Step): ReturnType<AccountRunner["perform"]> {
    if (!this.blind || step.do !== "place") return super.perform(turn, step);
    const { maybeSent: _, ...first } = step;
    return super.perform(turn, first);
  }
}

/** One process of a desk: it takes up what the journal holds, plays the market from where the venue has it, and ends. */
class DeskProcess {
  readonly #of: Assignment;
  readonly #settings: PerpsSettings;
  readonly #mortal: Mortal;
  readonly #dropped: Entry | undefined;
  readonly #file: FileJournal;
  readonly #journal: ToldJournal;
  readonly #clock: ManualClock;
  readonly #venue: FarVenue;
  readonly #day: MarketDay;
  readonly #runner: DeskRunner;

  constructor(of: Assignment) {
    this.#of = of;
    this.#settings = { ...of.settings, strategy: idle };
    this.#mortal = new Mortal(of);
    this.#dropped = of.planted === "begins_anew" ? this.#dropCut() : undefined;
    this.#file = this.#opened();
    this.#journal = new ToldJournal(this.#file, this.#mortal, of.planted !== "skips_the_commit");
    const instruments = of.histories.map(({ instrument }) => instrument);
    const tape = new Tape(of.histories);
    const { account, venue, digest } = of.plan;
    this.#clock = new ManualClock(tape.firstMs);
    this.#venue = new FarVenue({ ...venue, account, instruments }, this.#mortal.reach);
    this.#venue.muted = of.market !== undefined;
    this.#day = new MarketDay(tape, this.#venue, this.#clock, "1m", idle.frames, venue.spreadBps);
    const ports = {
      clock: this.#clock,
      journal: this.#journal,
      venue: this.#venue,
      model: this.#model(),
      approver: { ask: (_intent: unknown, binding: string) => ({ yes: true, by: "ann", binding }) as const },
    };
    this.#runner = new DeskRunner(ports, account, perps.id, digest, (entry) => this.#recorded(entry));
    this.#runner.blind = of.planted === "sends_blindly";
  }

  run(): void {
    this.#catchUp();
    this.#takeUp();
    const { rules, plan } = this.#of;
    new MarketReplay({
      desk: perps,
      day: this.#day,
      runner: this.#runner,
      account: plan.account,
      rules,
      settingsAt: () => this.#settings,
      cadence: "bar",
      reconcileMs: 3 * minuteMs,
    }).runNow();
    this.#journal.commit();
    tell({ say: "done", view: packed(viewOf(this.#runner.state)) });
    void this.#journal.close();
  }

  #opened(): FileJournal {
    this.#mortal.takingUp = true;
    const opened = FileJournal.open(this.#of.path, { disk: this.#mortal.disk });
    if (!opened.ok) throw new JournalUnreadable(opened.error);
    this.#mortal.takingUp = false;
    return opened.value;
  }

  /** What had been before this process is in the columns it looks at; the bar in which the last one died goes on at the venue. */
  #catchUp(): void {
    const { market } = this.#of;
    const { tape } = this.#day;
    if (market === undefined) return;
    while (tape.openMs !== market.openMs && tape.next()) {
      this.#day.open();
      this.#venue.muted = tape.openMs !== market.openMs || market.closed;
      this.#day.finish();
    }
    this.#venue.muted = false;
  }

  #takeUp(): void {
    const { plan, seed, rules, planted } = this.#of;
    if (this.#journal.head().sequence === 0) {
      this.#runner.record({
        kind: "opened",
        mode: "simulation",
        venue: this.#venue.name,
        seed,
        idSeed: `c${seed.replaceAll(/[^a-z0-9]/g, "")}`.slice(0, 8),
        startCash: plan.venue.startCash,
        instruments: this.#venue.instruments,
        settings: plan.record,
      });
      this.#journal.commit();
      return;
    }
    this.#readSnapshot();
    if (planted === "begins_anew") this.#beginAnew();
    else takeUpAgain(this.#runner, this.#journal.entries(), { desk: perps, settings: this.#settings, rules });
  }

  /** The planted bug: the decision that was cut short is dropped from the journal, and taken again under another name. */
  #beginAnew(): void {
    const { state } = this.#runner;
    takeUp(this.#journal.entries(), state);
    if (this.#dropped?.fact.kind !== "woke") return;
    const { snapshot, trigger } = this.#dropped.fact;
    const turn: Turn = {
      now: this.#dropped.at,
      trigger,
      account: this.#of.plan.account,
      correlation: correlationOf(state.opening.idSeed, 100_000 + this.#of.process),
      snapshot,
      state,
      rules: this.#of.rules,
      sessionOpen: () => true,
      quote: quotesOf(snapshot),
    };
    driveNow(perps.cycle(turn, this.#settings), (step) => this.#runner.perform(turn, step));
  }

  #dropCut(): Entry | undefined {
    if (!existsSync(this.#of.path)) return undefined;
    const lines = readFileSync(this.#of.path, "utf8").split("\n");
    const woke = lines.findLastIndex((line) => line.includes('"fact":{"kind":"woke"'));
    if (woke < 0 || lines.slice(woke).some((line) => line.includes('"fact":{"kind":"scanned"'))) return undefined;
    const entry = decodeEntry(entryTextOf(lines[woke] ?? ""));
    writeFileSync(this.#of.path, `${lines.slice(0, woke).join("\n")}\n`);
    return entry.ok ? entry.value : undefined;
  }

  /** The old one or the new one, whole, on this very chain, and with the state that the entries up to it give. */
  #readSnapshot(): void {
    const read = this.#file.readSnapshot();
    if (!read.ok) {
      if (read.error.code === "ignored") throw new Error(read.error.what);
      return;
    }
    const { at, state: kept } = read.value;
    const state = new AccountState();
    for (const entry of this.#journal.entries()) {
      if (entry.sequence > at.sequence) break;
      state.apply(entry);
    }
    if (packed(snapshotOf(state)) !== packed(kept)) throw new Error(`the snapshot at entry ${at.sequence} is not what its entries give`);
  }

  /** A whole decision is put on disk, also where it sent nothing, and now and then a snapshot behind it. */
  #recorded({ fact }: Entry): void {
    if (this.#clock.ms >= this.#of.calmMs) this.#mortal.calm = true;
    if (fact.kind !== "scanned") return;
    this.#journal.commit();
    if (this.#runner.state.wakes % 3 === 0 && this.#of.planted === undefined)
      this.#file.writeSnapshot(this.#file.head(), snapshotOf(this.#runner.state));
  }

  #model(): Model {
    const { seed, process: number, calmMs, planted } = this.#of;
    const shown = (): Shown[] =>
      this.#day.watched
        .filter(({ seen }) => seen)
        .map(({ instrument: { symbol, tick }, lastTicks }) => ({
          symbol,
          last: lastTicks * approximately(tick),
          tick: approximately(tick),
        }));
    if (planted === "begins_anew") return greedy(shown);
    const hostile = new HostileModel(new Random(`${seed} process ${number}`), shown);
    return {
      ask: (question) => {
        hostile.quiet = this.#clock.ms >= calmMs;
        return hostile.ask(question);
      },
    };
  }
}

/** Wants a little more of everything, whenever it is asked: a decision that is taken twice is then bought twice. */
const greedy = (shown: () => readonly Shown[]): Model => ({
  ask: () => {
    const assets = shown();
    const below = ({ last, tick }: Shown): number => Number.parseFloat((Math.round((last * 0.98) / tick) * tick).toPrecision(12));
    const wishes = assets.map((each) => [each.symbol, { action: "buy", usd: 2_000, sl: below(each), confidence: 0.9 }] as const);
    return {
      ...spent,
      outcome: "ok",
      text: reply(
        assets.map(({ symbol }) => symbol),
        Object.fromEntries(wishes),
      ),
    };
  },
});

const snapshotOf = ({ sequence, wakes, wallet, positions, openOrders }: AccountState): Record<string, unknown> => ({
  wakes,
  books: packed([sequence, wallet, positions, openOrders]),
});

try {
  new DeskProcess(begin()).run();
} catch (fault) {
  // As the command line ends: what the world did is one line, and only our own bug has a stack.
  const worlds = fault instanceof JournalFailed || fault instanceof JournalUnreadable;
  process.stderr.write(
    worlds ? `${fault instanceof JournalUnreadable ? faultLine(fault.fault) : fault.message}\n` : `${(fault as Error).stack}\n`,
  );
  process.exitCode = 1;
}
