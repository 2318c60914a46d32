import { expect } from "vitest";
import type { Entry } from "../../src/journal/entry.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import type { VenueReport } from "../../src/ports/venue.ts";
import { AccountRunner } from "../../src/runtime/account-runner.ts";
import { driveNow } from "../../src/runtime/drive.ts";
import type { Line } from "../../src/runtime/line.ts";
import { reconcile, type Reconciled } from "../../src/runtime/reconcile.ts";
import { settle } from "../../src/runtime/settle.ts";
import type { HouseRules, Turn } from "../../src/runtime/turn.ts";
import { ManualClock } from "../../src/sim/manual-clock.ts";
import { SilentApprover } from "../../src/sim/silent-approver.ts";
import { accountId, correlationId, deskId } from "../../src/words/ids.ts";
import { optionNamed, OptionsVenue } from "../sim/venue/an-options-venue.ts";

/** A journal over the simulated options venue: orders are placed past it, so that it learns of everything from reports alone. */
export class ToldBooks {
  readonly of: OptionsVenue;
  readonly entries: Entry[] = [];
  readonly #clock: ManualClock;
  readonly runner: AccountRunner;

  constructor(names: readonly string[], costMethod: "average" | "fifo" = "average") {
    this.of = new OptionsVenue(
      names.map((name) => optionNamed(name)),
      { startCash: 1_000_000_000_000_000_000n as never },
    );
    this.#clock = new ManualClock(this.of.nowMs);
    const ports = {
      clock: this.#clock,
      journal: new MemoryJournal(),
      venue: this.of.venue,
      model: { ask: () => expect.unreachable("no model is asked") },
      approver: new SilentApprover(),
    };
    this.runner = new AccountRunner(ports, accountId("paper"), deskId("options"), "digest", (entry) => this.entries.push(entry));
    this.runner.record({
      kind: "opened",
      mode: "simulation",
      venue: "sim",
      seed: "1",
      idSeed: "test",
      startCash: this.of.venue.balance().cash,
      instruments: this.of.venue.instruments,
      settings: { "account.costMethod": costMethod, "account.leverage": 1, "account.marginMode": "cross" },
    });
  }

  drive<Result>(line: (turn: Turn) => Line<Result>): Result {
    if (this.of.nowMs > this.#clock.ms) this.#clock.moveTo(this.of.nowMs);
    const turn: Turn = {
      now: this.#clock.now(),
      trigger: "venue",
      account: accountId("paper"),
      correlation: correlationId("c1"),
      snapshot: { takenAt: this.#clock.now(), assets: [], leftOut: [] },
      state: this.runner.state,
      // Nothing here has a protection plan, so that no rule is asked.
      rules: {} as HouseRules,
      sessionOpen: () => true,
      quote: () => undefined,
    };
    return driveNow(line(turn), (step) => this.runner.perform(turn, step));
  }

  hear(reports: readonly VenueReport[] = this.of.venue.drain()): void {
    this.drive((turn) => settle(turn, reports));
  }

  reconcile(): Reconciled {
    return this.drive((turn) => reconcile(turn, { visibilityMs: 0, differenceMs: 0 }));
  }

  /** Position by position and to the last unit of cash. */
  expectEqual(): void {
    const { state } = this.runner;
    const held = ({ instrument, quantity }: { instrument: string; quantity: bigint }): string => `${quantity} ${instrument}`;
    expect(state.positions.map(held).sort()).toEqual(this.of.venue.positions().map(held).sort());
    expect(state.cash).toBe(this.of.venue.balance().cash);
  }

  facts(kind: string): readonly Entry["fact"][] {
    return this.entries.map(({ fact }) => fact).filter((fact) => fact.kind === kind);
  }
}
