import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import type { SpendCaps } from "../../../src/journal/spending.ts";
import type { CallSpent, OverBudget, Spender, Worst } from "../../../src/ports/budget.ts";
import type { JournalStore } from "../../../src/ports/journal-store.ts";
import { SpendLedger, type Overrun } from "../../../src/runtime/spend/spend-ledger.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { accountId, correlationId, deskId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import type { Result } from "../../../src/words/result.ts";

export const noon = Temporal.Instant.from("2026-01-05T12:00:00Z");

/** `scan` is what is asked about; the rest is the same for all unless it is said. */
export const spender = (scan = "p-1", of: Partial<Record<"account" | "desk" | "provider" | "model", string>> = {}): Spender => ({
  account: accountId(of.account ?? "paper"),
  desk: deskId(of.desk ?? "perps"),
  correlation: correlationId(scan),
  role: "trader",
  provider: of.provider ?? "openai",
  model: of.model ?? "gpt-5",
});

export const worst = (cost: string | undefined): Worst => ({
  cost: cost === undefined ? undefined : money(cost),
  tokensIn: 2000,
  tokensOut: 1000,
});

export const cost = (usd: string): CallSpent => ({
  cost: money(usd),
  costBy: "prices",
  usage: { tokensIn: 1900, tokensCached: 500, tokensOut: 400, tokensReasoning: 100 },
});

export class ALedger {
  readonly journal: JournalStore;
  readonly ledger: SpendLedger;
  readonly overruns: Overrun[] = [];
  now: Temporal.Instant;

  constructor(caps: SpendCaps, journal: JournalStore = new MemoryJournal(), now = noon) {
    this.journal = journal;
    this.now = now;
    const opened = SpendLedger.open(journal, { caps, config: "digest", onOverrun: (overrun) => this.overruns.push(overrun) }, now);
    if (!opened.ok) throw new Error(opened.error.what);
    this.ledger = opened.value;
  }

  /** The refusal's code, or `ok`. */
  reserve(call: string, usd: string | undefined, by: Spender = spender()): string {
    const answer = this.asked(call, usd, by);
    return answer.ok ? "ok" : answer.error.code;
  }
  asked(call: string, usd: string | undefined, by: Spender = spender()): Result<undefined, OverBudget> {
    return this.ledger.reserve(call, by, worst(usd), this.now) as Result<undefined, OverBudget>;
  }
  settle(call: string, usd: string): void {
    void this.ledger.settle(call, cost(usd), this.now);
  }
  release(call: string): void {
    void this.ledger.release(call, this.now);
  }

  /** Spent and reserved on the day and in the month of `now`, in words. */
  get sums(): string {
    const { day, month } = this.ledger.standing(this.now);
    return `day ${formatExact(day.spent)}+${formatExact(day.open)} in ${day.calls}, month ${formatExact(month.spent)}+${formatExact(month.open)}`;
  }
  get kinds(): string[] {
    return Array.from(this.journal.entries(), ({ fact }) => fact.kind.replace("spend_", ""));
  }

  restarted(caps: SpendCaps): ALedger {
    return new ALedger(caps, this.journal, this.now);
  }
}
