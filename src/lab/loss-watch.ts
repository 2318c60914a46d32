import type { Limits } from "../flow/rails/limits.ts";
import type { AccountState } from "../journal/account-state.ts";
import { record, type Line } from "../runtime/line.ts";
import { approximately } from "../words/exact.ts";
import { minus, timesRate, type Money } from "../words/money.ts";
import { bps } from "../words/rate.ts";
import type { LatchName } from "../flow/portfolio/standing.ts";

/** A float this close to a limit is settled by the exact books. */
const nearness = 1e-6;

/**
 * Looks at equity after every step and latches the daily, weekly and drawdown limits the moment they are reached, not only when the
 * desk wakes. It screens with doubles and decides with exact money.
 */
export class LossWatch {
  readonly #limits: Limits;
  readonly #state: AccountState;
  #dayFloor = -Infinity;
  /** Minus infinity where no weekly limit is set. */
  #weekFloor = -Infinity;
  #peak: number;
  readonly #drawdown: number;

  constructor(limits: Limits, state: AccountState) {
    this.#limits = limits;
    this.#state = state;
    this.#drawdown = 1 - limits.drawdownBpsMax / 10_000;
    this.#peak = approximately(state.peakEquity);
    this.dayOpened();
  }

  /** The day's floor, and the week's where there is a limit, follow from their opening equities. */
  dayOpened(): void {
    const { weeklyLossBpsMax } = this.#limits;
    if (weeklyLossBpsMax !== undefined) this.#weekFloor = approximately(this.#state.weekStartEquity) * (1 - weeklyLossBpsMax / 10_000);
    this.#dayFloor = approximately(this.#state.dayStartEquity) * (1 - this.#limits.dailyLossBpsMax / 10_000);
  }

  /** True when the float says that a limit may be reached, or that a new peak has to be remembered. */
  suspects(equity: number): boolean {
    if (equity > this.#peak) {
      this.#peak = equity;
      return false;
    }
    const near = 1 + nearness;
    return equity <= this.#dayFloor * near || equity <= this.#weekFloor * near || equity <= this.#peak * this.#drawdown * near;
  }

  /** Settles a suspicion exactly at the given marks. */
  *latch(equity: Money, now: Temporal.Instant): Line {
    const { dailyLossBpsMax, drawdownBpsMax, weeklyLossBpsMax } = this.#limits;
    const { dayStartEquity, weekStartEquity } = this.#state;
    if (minus(dayStartEquity, equity) >= timesRate(dayStartEquity, bps(dailyLossBpsMax), "up")) yield* this.#set("daily_loss", now, equity);
    if (weeklyLossBpsMax !== undefined && minus(weekStartEquity, equity) >= timesRate(weekStartEquity, bps(weeklyLossBpsMax), "up"))
      yield* this.#set("weekly_loss", now, equity);
    // The peak between wakes is known as a float only; it is rounded to cents, which the limit does not notice.
    const peak = Math.round(this.#peak * 100);
    const fallen = peak - Math.round(approximately(equity) * 100);
    if (fallen * 10_000 >= peak * drawdownBpsMax) yield* this.#set("drawdown", now, equity);
  }

  *#set(name: LatchName, now: Temporal.Instant, equity: Money): Line {
    if (this.#state.latches.some((latch) => latch.name === name)) return;
    const reason = `equity ${approximately(equity).toFixed(2)}`;
    yield record({ kind: "latched", latch: { name, level: "none", by: "loss watch", reason, latchedAt: now } });
  }
}
