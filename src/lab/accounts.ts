import type { DeskSettings } from "../runtime/desk.ts";
import { drive, driveNow, type Perform } from "../runtime/drive.ts";
import type { Line } from "../runtime/line.ts";
import type { ManualClock } from "../sim/manual-clock.ts";
import type { AccountId } from "../words/ids.ts";
import { prepare, type BacktestPlan, type BacktestRun } from "./backtest.ts";
import type { MarketReplay } from "./replay-market.ts";

/** What became of one account of several; a fault is its own and leaves the others as they are. */
export type AccountRun = {
  readonly account: AccountId;
  /** As far as it came; absent where the account could not even be opened. */
  readonly run?: BacktestRun<DeskSettings>;
  readonly ended: "done" | "failed" | "hung";
  readonly fault?: string;
};

/** Waits for a piece of an account's work, and no longer than it should take: false where a port has still not answered by then. */
export type Patience = (work: Promise<void>) => Promise<boolean>;

/** Plans of different desks in one list. */
export type AnyPlan = BacktestPlan<DeskSettings>;

/** A plan holds its desk and that desk's settings, and nothing takes them apart: for a runner they are one. */
export const anyPlan = <Settings extends DeskSettings>(plan: BacktestPlan<Settings>): AnyPlan => plan as unknown as AnyPlan;

/**
 * Several accounts over one market, each with its own venue, journal, state and faults (PERP-6, LINE-6). They march together: whoever is
 * earliest in the market's time goes on, so that accounts of a group see of each other what had happened by then and not what comes later.
 */
export function runAccounts(plans: readonly AnyPlan[], onStep?: (done: number, steps: number) => void): readonly AccountRun[] {
  const marches = plans.map((plan) => new March(plan));
  const steps = stepsOf(marches);
  for (let march = earliest(marches), done = 0; march !== undefined; march = earliest(marches), done++) {
    march.goNow();
    if ((done & 1023) === 0) onStep?.(Math.min(done, steps), steps);
  }
  onStep?.(steps, steps);
  return marches.map((march) => march.result());
}

/**
 * The same with ports that answer when they like. Accounts that share neither a budget nor a council do not wait for one another at all;
 * those that do wait for the earliest of them, and no longer than `patience`.
 */
export async function simulateAccounts(plans: readonly AnyPlan[], patience: Patience): Promise<readonly AccountRun[]> {
  const marches = plans.map((plan) => new March(plan));
  await Promise.all(inParts(marches).map((part) => inStep(part, patience)));
  return marches.map((march) => march.result());
}

async function inStep(part: readonly March[], patience: Patience): Promise<void> {
  for (let march = earliest(part); march !== undefined; march = earliest(part)) await march.go(patience);
}

/** Parts that have nothing to do with one another; one account of a council in a group brings the others of both together. */
function inParts(marches: readonly March[]): readonly (readonly March[])[] {
  let parts: (readonly March[])[] = [];
  for (const march of marches) {
    const joined = parts.filter((part) => part.some(({ plan }) => goesWith(plan, march.plan)));
    parts = [...parts.filter((part) => !joined.includes(part)), [...joined.flat(), march]];
  }
  // Of two at the same instant the first in the list goes first, with others or without.
  return parts.map((part) => marches.filter((march) => part.includes(march)));
}

const goesWith = (one: AnyPlan, other: AnyPlan): boolean =>
  (one.group !== undefined && one.group === other.group) || (one.council !== undefined && one.council === other.council);

function earliest(marches: readonly March[]): March | undefined {
  let found: March | undefined;
  for (const march of marches) if (march.waits && (found === undefined || march.ms < found.ms)) found = march;
  return found;
}

const stepsOf = (marches: readonly March[]): number => marches.reduce((most, { steps }) => most + steps, 0);

/** One account's loop, line by line. Whatever it throws ends it, and only it. */
class March {
  readonly plan: AnyPlan;
  readonly #perform: Perform = (step) => this.#replay?.perform(step);
  readonly #replay: MarketReplay<DeskSettings> | undefined;
  readonly #clock: ManualClock | undefined;
  readonly #run: BacktestRun<DeskSettings> | undefined;
  readonly #lines: Iterator<Line> | undefined;
  #next: Line | undefined;
  #ended: AccountRun["ended"] = "done";
  #fault: string | undefined;

  constructor(plan: AnyPlan) {
    this.plan = plan;
    try {
      const { replay, run, clock } = prepare(plan);
      this.#clock = clock;
      this.#replay = replay;
      this.#run = run;
      this.#lines = replay.lines();
      this.#advance();
    } catch (fault) {
      this.#fail("failed", textOf(fault));
    }
  }

  get steps(): number {
    return this.#run?.tape.steps ?? 0;
  }
  get waits(): boolean {
    return this.#next !== undefined;
  }
  get ms(): number {
    return this.#clock?.ms ?? Infinity;
  }

  goNow(): void {
    const line = this.#next;
    try {
      if (line !== undefined) driveNow(line, this.#perform);
      this.#advance();
    } catch (fault) {
      this.#fail("failed", textOf(fault));
    }
  }

  async go(patience: Patience): Promise<void> {
    const line = this.#next;
    try {
      if (line === undefined || (await patience(drive(line, this.#perform)))) this.#advance();
      else this.#fail("hung", "a port has not answered");
    } catch (fault) {
      this.#fail("failed", textOf(fault));
    }
  }

  result(): AccountRun {
    return {
      account: this.plan.account,
      ...(this.#run === undefined ? {} : { run: this.#run }),
      ended: this.#ended,
      ...(this.#fault === undefined ? {} : { fault: this.#fault }),
    };
  }

  #advance(): void {
    const next = this.#lines?.next();
    this.#next = next === undefined || next.done === true ? undefined : next.value;
  }

  #fail(ended: "failed" | "hung", fault: string): void {
    this.#ended = ended;
    this.#fault = fault;
    this.#next = undefined;
  }
}

const textOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
