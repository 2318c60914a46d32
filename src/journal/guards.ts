import type { Latch, LatchName } from "../flow/portfolio/standing.ts";
import { larger, plus, zeroMoney, type Money } from "../words/money.ts";
import type { KillLevel } from "../words/order-words.ts";
import type { FactOf } from "./fact.ts";

/** How long our books and the venue's have differed, and in what. */
export type Difference = { readonly since: Temporal.Instant; readonly what: string };

const nothing: readonly never[] = [];

/** What stands guard over an account: latches, the day's and the week's start and the peak that losses are measured from, and what the venue last said of itself. */
export class Guards {
  readonly #latches = new Map<string, Latch>();
  dayStart = zeroMoney;
  weekStart = zeroMoney;
  traded = zeroMoney;
  dayDate = "";
  /** Of the week that the day is in. */
  #monday = "";
  peak = zeroMoney;
  /** The venue wants no message before this instant. */
  quietUntil: Temporal.Instant | undefined;
  difference: Difference | undefined;
  /** When the books last agreed with all of the venue's own records. */
  agreedAt: Temporal.Instant | undefined;

  opened(cash: Money): void {
    this.dayStart = cash;
    this.weekStart = cash;
    this.peak = cash;
  }

  /** A deposit is no gain and a withdrawal no loss. */
  moved(amount: Money): void {
    this.dayStart = plus(this.dayStart, amount);
    this.weekStart = plus(this.weekStart, amount);
    this.peak = plus(this.peak, amount);
  }

  valued(equity: Money): void {
    this.peak = larger(this.peak, equity);
  }

  dayOpened({ date, equity }: FactOf<"day_opened">): void {
    const monday = mondayOf(date);
    if (monday !== this.#monday) {
      this.#monday = monday;
      this.weekStart = equity;
      this.#latches.delete("weekly_loss");
    }
    this.traded = zeroMoney;
    this.dayStart = equity;
    this.dayDate = date;
    this.valued(equity);
    this.#latches.delete("daily_loss");
  }

  filled(worth: Money): void {
    this.traded = plus(this.traded, worth);
  }

  latched(latch: Latch): void {
    this.#latches.set(latch.name, latch);
  }

  cleared(name: LatchName): void {
    this.#latches.delete(name);
  }

  asked(retryAt: Temporal.Instant | undefined): void {
    if (retryAt === undefined) return;
    const later = this.quietUntil === undefined || Temporal.Instant.compare(retryAt, this.quietUntil) > 0;
    if (later) this.quietUntil = retryAt;
  }

  reconciled({ difference }: FactOf<"reconciled">, at: Temporal.Instant): void {
    if (difference === undefined) this.agreedAt = at;
    this.difference = difference === undefined ? undefined : { since: this.difference?.since ?? at, what: difference };
  }

  get latches(): readonly Latch[] {
    return this.#latches.size === 0 ? nothing : [...this.#latches.values()];
  }

  get killLevel(): KillLevel {
    return this.#latches.get("kill")?.level ?? "none";
  }
}

function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}
