import { perps } from "../../src/desks/perps.ts";
import { correlationOf } from "../../src/flow/orders/order-id.ts";
import type { MarketSnapshot } from "../../src/flow/market/snapshot.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { MarketDay } from "../../src/lab/market-day.ts";
import { Tape } from "../../src/lab/tape.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import type { JournalStore } from "../../src/ports/journal-store.ts";
import { AccountRunner } from "../../src/runtime/account-runner.ts";
import { driveNow, type Perform } from "../../src/runtime/drive.ts";
import { halt, resume } from "../../src/runtime/halt.ts";
import type { Line } from "../../src/runtime/line.ts";
import { observe } from "../../src/runtime/observe.ts";
import { settle } from "../../src/runtime/settle.ts";
import { quotesOf, type Turn } from "../../src/runtime/turn.ts";
import { ManualClock } from "../../src/sim/manual-clock.ts";
import { SilentApprover } from "../../src/sim/silent-approver.ts";
import { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import type { KillLevel } from "../../src/words/order-words.ts";

/** One account over a plan's market, played step by step, so that a test can act between the steps. */
export class Bench {
  readonly plan: BacktestPlan;
  readonly venue: SimVenue;
  readonly clock: ManualClock;
  readonly day: MarketDay;
  runner: AccountRunner;
  /** What a test puts between a line and the runner. */
  through: (perform: Perform) => Perform = (perform) => perform;
  #date = "";

  constructor(plan: BacktestPlan, onEntry?: (entry: Entry) => void) {
    this.plan = plan;
    const instruments = plan.histories.map(({ instrument }) => instrument);
    const tape = new Tape(plan.histories);
    this.clock = new ManualClock(tape.firstMs);
    this.venue = new SimVenue({ ...plan.venue, account: plan.account, instruments });
    this.runner = this.#newRunner(plan.journal, onEntry);
    this.day = new MarketDay(tape, this.venue, this.clock, plan.settings.interval, plan.settings.strategy.frames, plan.venue.spreadBps);
    this.runner.record({
      kind: "opened",
      mode: "simulation",
      venue: "sim",
      seed: "1",
      idSeed: "test",
      startCash: plan.venue.startCash,
      instruments,
      settings: plan.record,
    });
  }

  #newRunner(journal: JournalStore, onEntry?: (entry: Entry) => void): AccountRunner {
    const { plan, clock, venue } = this;
    const ports = {
      clock,
      journal,
      venue: plan.through?.(venue, clock) ?? venue,
      model: plan.model,
      approver: plan.approver ?? new SilentApprover(),
    };
    return new AccountRunner(ports, plan.account, perps.id, plan.digest, onEntry);
  }

  /** A new process over the same venue, with an empty state and this journal. */
  restart(journal: JournalStore): AccountRunner {
    this.runner = this.#newRunner(journal);
    return this.runner;
  }

  /** Plays the next bar and settles what came of it; no decision is taken. False at the end. */
  next(): boolean {
    const { day } = this;
    if (!day.tape.next()) return false;
    this.clock.moveTo(day.tape.openMs);
    const date = this.clock.now().toString().slice(0, 10);
    if (date !== this.#date) this.runner.record({ kind: "day_opened", date, equity: this.#equity() });
    this.#date = date;
    day.open();
    this.#react();
    do day.range();
    while (this.#react());
    day.close();
    this.#react();
    return true;
  }

  wake(): void {
    const turn = this.turn("bar_close");
    this.drive(turn, perps.cycle(turn, this.plan.settings));
  }

  halt(level: Exclude<KillLevel, "none">, by = "ann"): void {
    const turn = this.turn("venue");
    this.drive(turn, halt(turn, level, by, "enough"));
    this.#react();
  }

  resume(by = "ann"): void {
    const turn = this.turn("venue");
    this.drive(turn, resume(turn, by, "looked at it"));
  }

  drive(turn: Turn, line: Line): void {
    driveNow(
      line,
      this.through((step) => this.runner.perform(turn, step)),
    );
  }

  turn(trigger: string): Turn {
    const { day, clock, plan, runner } = this;
    const snapshot = observe(day.watched, clock.ms, plan.rules.ages);
    const correlation = correlationOf(runner.state.opening.idSeed, runner.state.wakes + 1);
    return this.turnOf(trigger, snapshot, correlation);
  }

  turnOf(trigger: string, snapshot: MarketSnapshot, correlation: Turn["correlation"]): Turn {
    const { day, clock, plan, runner } = this;
    return {
      now: clock.now(),
      trigger,
      account: plan.account,
      correlation,
      snapshot,
      state: runner.state,
      rules: plan.rules,
      sessionOpen: (id) => day.sessionOpen(id),
      quote: trigger === "bar_close" ? quotesOf(snapshot) : (id) => day.quote(id),
    };
  }

  #react(): boolean {
    if (!this.runner.pending) return false;
    const turn = this.turn("venue");
    this.drive(turn, settle(turn, this.runner.drain()));
    return true;
  }

  #equity() {
    return this.runner.state.ledger.equity((id) => this.day.quote(id)!.last);
  }
}
