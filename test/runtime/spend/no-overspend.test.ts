import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/journal/entry.ts";
import type { SpendCaps } from "../../../src/journal/spending.ts";
import type { Budget, Spender } from "../../../src/ports/budget.ts";
import { SpendLedger, type Overrun } from "../../../src/runtime/spend/spend-ledger.ts";
import { Random } from "../../../src/sim/random.ts";
import { accountId, correlationId, deskId } from "../../../src/words/ids.ts";
import { moneyOfUnits, type Money } from "../../../src/words/money.ts";
import { ShakyJournal, type Chance } from "./shaky-journal.ts";

const callers = 64;
const cent = 10_000_000_000n;
const cents = (count: number): Money => moneyOfUnits(BigInt(count) * cent);
const beforeMidnight = Temporal.Instant.from("2026-01-31T23:00:00Z");

type Kind = { readonly failing: number; readonly overrunning: number };

/** Everything that counts against a cap, added up anew by the simplest code there is. */
class Naive {
  readonly sums = new Map<string, bigint>();
  readonly calls = new Map<string, { readonly keys: readonly string[]; amount: bigint; open: boolean; scan: string }>();
  readonly counts = new Map<string, number>();
  overruns = 0n;

  see({ fact, correlation, at }: Entry): void {
    if (fact.kind === "spend_reserved") {
      const day = at.toString().slice(0, 10);
      const { desk, account } = fact.by;
      const scan = `usdPerScanMax ${account} ${correlation}`;
      const keys = [
        scan,
        `usdPerDeskDayMax ${desk} ${day}`,
        `usdPerAccountDayMax ${account} ${day}`,
        `usdPerDayMax ${day}`,
        `usdPerMonthMax ${day.slice(0, 7)}`,
      ];
      this.calls.set(fact.call, { keys, amount: 0n, open: true, scan });
      this.counts.set(scan, (this.counts.get(scan) ?? 0) + 1);
      this.#change(fact.call, fact.worst ?? 0n);
    } else if (fact.kind === "spend_settled") {
      const { amount } = this.calls.get(fact.call)!;
      if (fact.cost > amount) this.overruns += fact.cost - amount;
      this.#change(fact.call, fact.cost);
    } else if (fact.kind === "spend_released") {
      const { scan } = this.calls.get(fact.call)!;
      this.counts.set(scan, (this.counts.get(scan) ?? 0) - 1);
      this.#change(fact.call, 0n);
    }
  }

  #change(id: string, to: bigint): void {
    const call = this.calls.get(id)!;
    for (const key of call.keys) this.sums.set(key, (this.sums.get(key) ?? 0n) + to - call.amount);
    call.amount = to;
  }

  /** What is over its cap by more than providers billed above the worst case. */
  over(caps: SpendCaps): string[] {
    const over: string[] = [];
    for (const [key, sum] of this.sums) {
      const cap = caps[key.split(" ")[0] as keyof SpendCaps] as bigint | undefined;
      if (cap !== undefined && sum > cap + this.overruns) over.push(`${key}: ${sum} over ${cap}`);
    }
    for (const [key, count] of this.counts)
      if (caps.callsPerScanMax !== undefined && count > caps.callsPerScanMax) over.push(`${key}: ${count} calls`);
    return over;
  }
}

type Seen = { readonly left: { readonly call: string; readonly sequence: number }[]; refused: number; unwritten: number };

/** One caller: asks, perhaps twice at once, and when it may, calls, pays, and says so, perhaps twice or never. */
async function call(budget: Budget, store: ShakyJournal, n: number, chance: Chance, seen: Seen, kind: Kind): Promise<void> {
  const turns = Math.floor(chance() * 8);
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  const id = `call/${n}`;
  const now = beforeMidnight.add({ minutes: Math.floor(chance() * 120) });
  const by: Spender = {
    account: accountId(`account-${Math.floor(chance() * 3)}`),
    desk: deskId(`desk-${Math.floor(chance() * 2)}`),
    correlation: correlationId(`p-${Math.floor(chance() * 12)}`),
    role: "trader",
    provider: "openai",
    model: "gpt-5",
  };
  const worst = { cost: cents(1 + Math.floor(chance() * 40)), tokensIn: 10, tokensOut: 10 };
  const first = budget.reserve(id, by, worst, now);
  if (chance() < 0.2) await budget.reserve(id, by, worst, now);
  const answer = await first;
  if (!answer.ok) {
    if (answer.error.code === "unwritten") seen.unwritten++;
    else seen.refused++;
    return;
  }
  const reserved = store.list.findLast(({ fact }) => fact.kind === "spend_reserved" && fact.call === id);
  seen.left.push({ call: id, sequence: reserved?.sequence ?? Infinity });
  if (reserved === undefined || reserved.sequence > store.durable) throw new Error(`${id} left before its reservation was durable`);
  if (chance() < 0.3) await Promise.resolve();
  const fate = chance();
  try {
    if (fate < 0.1) return;
    if (fate < 0.2) {
      await budget.release(id, now);
      return;
    }
    const isOver = chance() < kind.overrunning;
    const cost = isOver
      ? moneyOfUnits(worst.cost + cents(1 + Math.floor(chance() * 30)))
      : moneyOfUnits((worst.cost * BigInt(Math.floor(chance() * 101))) / 100n);
    const usage = { tokensIn: 10, tokensCached: 0, tokensOut: 5, tokensReasoning: 0 };
    await budget.settle(id, { cost, costBy: "prices", usage }, now);
    if (chance() < 0.2) await budget.settle(id, { cost, costBy: "prices", usage }, now);
  } catch {
    // The disk failed: the figure is not promised, and the call keeps its reservation after a restart.
  }
}

async function run(seed: number, kind: Kind): Promise<{ seen: Seen; failed: number; overruns: number }> {
  const random = new Random(seed);
  const chance = (): number => random.next();
  const caps: SpendCaps = {
    callsPerScanMax: 4 + Math.floor(chance() * 4),
    usdPerScanMax: cents(60 + Math.floor(chance() * 100)),
    usdPerDeskDayMax: cents(100 + Math.floor(chance() * 200)),
    usdPerAccountDayMax: cents(80 + Math.floor(chance() * 200)),
    usdPerDayMax: cents(150 + Math.floor(chance() * 300)),
    usdPerMonthMax: cents(200 + Math.floor(chance() * 300)),
  };
  const store = new ShakyJournal(chance, kind.failing);
  const overruns: Overrun[] = [];
  const opened = SpendLedger.open(store, { caps, config: "", onOverrun: (each) => overruns.push(each) }, beforeMidnight);
  if (!opened.ok) throw new Error(opened.error.what);
  const seen: Seen = { left: [], refused: 0, unwritten: 0 };
  await Promise.all(Array.from({ length: callers }, (_, n) => call(opened.value, store, n, chance, seen, kind)));

  const naive = new Naive();
  for (const entry of store.list) {
    const overrunsBefore = naive.overruns;
    naive.see(entry);
    if (entry.fact.kind === "spend_settled" && (entry.fact.overrun ?? 0n) !== naive.overruns - overrunsBefore)
      throw new Error(`entry ${entry.sequence} does not say its overrun`);
    const over = naive.over(caps);
    if (over.length > 0) throw new Error(`after entry ${entry.sequence}: ${over.join("; ")}`);
  }
  const billed = store.list.filter(({ fact }) => fact.kind === "spend_settled" && fact.overrun !== undefined).length;
  if (billed !== overruns.length) throw new Error(`${billed} overruns in the journal, ${overruns.length} reported`);
  // The ledger's own sums, kept as they move, are those of the simplest code; so are those of a process that reads the journal anew.
  for (const ledger of [opened.value, reopened(store, store.list.length, caps)]) same(ledger, naive);
  // A crash leaves no less than what was durable, and every call that left is in it.
  same(reopened(store, store.durable, caps), upTo(store, store.durable));
  return { seen, failed: store.failed, overruns: overruns.length };
}

function upTo(store: ShakyJournal, sequence: number): Naive {
  const naive = new Naive();
  for (const entry of store.list.slice(0, sequence)) naive.see(entry);
  return naive;
}

function reopened(store: ShakyJournal, sequence: number, caps: SpendCaps): SpendLedger {
  const copy = new ShakyJournal(() => 0, -1);
  copy.list.push(...store.list.slice(0, sequence));
  const opened = SpendLedger.open(copy, { caps, config: "" }, beforeMidnight);
  if (!opened.ok) throw new Error(opened.error.what);
  return opened.value;
}

function same(ledger: SpendLedger, naive: Naive): void {
  for (const at of [beforeMidnight, beforeMidnight.add({ hours: 1 })]) {
    const { day, month } = ledger.standing(at);
    const date = at.toString().slice(0, 10);
    const theirs = [`usdPerDayMax ${date}`, `usdPerMonthMax ${date.slice(0, 7)}`].map((key) => naive.sums.get(key) ?? 0n);
    expect([day.spent + day.open, month.spent + month.open]).toEqual(theirs);
  }
}

describe(`${callers} callers at once never pass a cap together (MOD-6)`, () => {
  it.each([
    ["on a disk that holds", { failing: 0, overrunning: 0 }, 400],
    ["on a disk that fails", { failing: 0.05, overrunning: 0 }, 400],
    ["but for what a provider bills above the worst case", { failing: 0.02, overrunning: 0.1 }, 200],
  ] as const)("%s", async (_, kind, runs) => {
    const total = { left: 0, refused: 0, unwritten: 0, failed: 0, overruns: 0 };
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const { seen, failed, overruns } = await run(seed, kind);
        total.left += seen.left.length;
        total.refused += seen.refused;
        total.unwritten += seen.unwritten;
        total.failed += failed;
        total.overruns += overruns;
      }),
      { numRuns: runs, seed: 20_260_105 },
    );
    // The law says nothing of a run in which nothing was at stake.
    expect([total.left > runs * 8, total.refused > runs * 8]).toEqual([true, true]);
    expect([total.failed > runs / 4, total.unwritten > runs / 4]).toEqual([kind.failing > 0, kind.failing > 0]);
    expect(total.overruns > runs / 4).toBe(kind.overrunning > 0);
  });
});
