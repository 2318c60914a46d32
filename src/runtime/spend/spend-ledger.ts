import type { Fact, FactKind } from "../../journal/fact.ts";
import { isSpending, type SpendCaps } from "../../journal/spending.ts";
import type { Budget, CallId, CallSpent, OverBudget, Spender, Worst } from "../../ports/budget.ts";
import type { Eventually } from "../../ports/eventually.ts";
import type { JournalStore } from "../../ports/journal-store.ts";
import { accountId, deskId, type CorrelationId } from "../../words/ids.ts";
import { invariant, present } from "../../words/invariant.ts";
import { larger, minus, zeroMoney, type Money } from "../../words/money.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { Calls, type SpendCall } from "./calls.ts";
import { capNames, overBudget } from "./over-budget.ts";
import { Sums, type Sum } from "./sums.ts";
import { monthOf, utcDay } from "./utc-day.ts";

/** A provider billed more than the most that was reserved for the call. */
export type Overrun = { readonly call: SpendCall; readonly excess: Money };

export type SpendSettings = {
  readonly caps: SpendCaps;
  /** Digest of the settings in force, for the journal. */
  readonly config: string;
  readonly onOverrun?: (overrun: Overrun) => void;
};

/** `what` is for people. */
export type NotASpendLedger = { readonly code: "not_a_spend_ledger"; readonly sequence: number; readonly what: string };

/** The account and desk of a spend ledger's entries: it belongs to none, and each reservation names whose call it is. */
const models = { account: accountId("models"), desk: deskId("models") };

type Reserving = Eventually<Result<undefined, OverBudget>>;

/**
 * All money for models, in one journal: a call's worst case is taken from every cap and is durable before the call may leave, and what
 * it cost takes its place. What is known after a restart is what the journal holds, so a call without a settlement keeps its worst
 * case for good: the provider may have billed it, and nobody will hear of it any more.
 */
export class SpendLedger implements Budget {
  readonly #journal: JournalStore;
  readonly #settings: SpendSettings;
  readonly #calls = new Calls();
  readonly #sums = new Sums((day) => this.#calls.forget(day));
  /** Reservations whose commit is under way: asking again for one of them waits for the same commit. */
  readonly #underWay = new Map<CallId, Promise<Result<undefined, OverBudget>>>();
  /** Calls that another process left open: asking for one of them again is another call on the wire. */
  readonly #inherited = new Set<CallId>();
  #sequence = 0;

  private constructor(journal: JournalStore, settings: SpendSettings) {
    this.#journal = journal;
    this.#settings = settings;
  }

  /** Reads all of the journal; caps that are not those of the last time are noted in it. The caller closes the journal. */
  static open(journal: JournalStore, settings: SpendSettings, now: Temporal.Instant): Result<SpendLedger, NotASpendLedger> {
    const caps = only(settings.caps);
    const ledger = new SpendLedger(journal, { ...settings, caps });
    let before: SpendCaps | undefined;
    for (const entry of journal.entries()) {
      const foreign = foreignTo(entry.sequence, entry.fact.kind);
      if (foreign !== undefined) return err(foreign);
      if (entry.fact.kind === "spend_capped") before = entry.fact.caps;
      const movement = ledger.#calls.apply(entry);
      if (movement !== undefined) ledger.#sums.move(movement);
      ledger.#sequence = entry.sequence;
    }
    for (const { call, state } of ledger.#calls.all()) if (state === "open") ledger.#inherited.add(call);
    // The next reservation's commit covers it.
    if (before === undefined || !isSame(before, caps)) ledger.#append({ kind: "spend_capped", caps }, undefined, now);
    return ok(ledger);
  }

  /**
   * An id that this process reserves again on the same UTC day while it is open, for no more than before, is the same reservation. One
   * that is closed, of another day, dearer or left open by a process that ended is another call on the wire, and what was open stays
   * reserved beside it.
   */
  reserve(call: CallId, by: Spender, worst: Worst, now: Temporal.Instant): Reserving {
    invariant(worst.cost === undefined || worst.cost >= 0n, "a worst case is not below zero");
    const pending = this.#underWay.get(call);
    if (pending !== undefined) return pending;
    const day = utcDay(now);
    const known = this.#calls.newest(call);
    if (
      known?.state === "open" &&
      !this.#inherited.has(call) &&
      known.day === day &&
      (worst.cost ?? zeroMoney) <= (known.worst ?? zeroMoney)
    )
      return this.#durably(call, () => undefined);
    const over = overBudget(this.#settings.caps, this.#sums, by, worst, day);
    if (over !== undefined) return err(over);
    const { account, desk, role, provider, model, correlation } = by;
    const { cost, tokensIn, tokensOut } = worst;
    const fact = { kind: "spend_reserved", call, by: { account, desk, role, provider, model } } as const;
    try {
      this.#append({ ...fact, ...(cost === undefined ? {} : { worst: cost }), tokensIn, tokensOut }, correlation, now);
    } catch (fault) {
      return err(unwritten(fault));
    }
    this.#inherited.delete(call);
    return this.#durably(call, () => this.#takeBack(call, correlation, now));
  }

  /**
   * Repeated with the same figure or a lower one it changes nothing; a higher one is noted and counts, since a provider may bill late and
   * a repetition must not free money. A fault of the disk is thrown: until the next start the figure counts all the same.
   */
  settle(call: CallId, spent: CallSpent, now: Temporal.Instant): Eventually<void> {
    const known = present(this.#calls.newest(call), `call ${call} is reserved before it is settled`);
    // No provider pays for being asked: a figure below zero must not make room.
    const cost = larger(spent.cost, zeroMoney);
    if (known.state === "settled" && cost <= known.cost) return this.#journal.commit();
    const excess = known.worst === undefined || cost <= known.worst ? undefined : minus(cost, known.worst);
    const { tokensIn, tokensCached, tokensOut, tokensReasoning } = spent.usage;
    const billed = { cost, costBy: spent.costBy, ...(excess === undefined ? {} : { overrun: excess }) };
    const usage = { tokensIn, tokensCached, tokensOut, tokensReasoning };
    this.#append({ kind: "spend_settled", call, ...billed, ...usage }, known.scan, now);
    if (excess !== undefined) this.#settings.onOverrun?.({ call: this.#calls.newest(call) ?? known, excess });
    return this.#journal.commit();
  }

  release(call: CallId, now: Temporal.Instant): Eventually<void> {
    const known = this.#calls.newest(call);
    if (known?.state === "open") this.#append({ kind: "spend_released", call }, known.scan, now);
    return this.#journal.commit();
  }

  /** What counts on the UTC day and in the month of `now`. */
  standing(now: Temporal.Instant): { readonly day: Sum; readonly month: Sum } {
    const day = utcDay(now);
    return { day: this.#sums.day(day), month: this.#sums.month(monthOf(day)) };
  }

  /** Nothing is sent for a reservation that may not be there after a crash (law 4). */
  #durably(call: CallId, takeBack: () => void): Reserving {
    const refuse = (fault: unknown): Result<undefined, OverBudget> => {
      takeBack();
      return err(unwritten(fault));
    };
    let committed: Eventually<void>;
    try {
      committed = this.#journal.commit();
    } catch (fault) {
      return refuse(fault);
    }
    if (!(committed instanceof Promise)) return ok(undefined);
    const answer = committed.then((): Result<undefined, OverBudget> => ok(undefined), refuse).finally(() => this.#underWay.delete(call));
    this.#underWay.set(call, answer);
    return answer;
  }

  /** Only what was reserved just now: a reservation that was found open may be on the wire. A journal that takes nothing more keeps the reservation, which is then reserved for nothing. */
  #takeBack(call: CallId, scan: CorrelationId, now: Temporal.Instant): void {
    if (this.#calls.newest(call)?.state !== "open") return;
    try {
      this.#append({ kind: "spend_released", call }, scan, now);
    } catch {
      // The first fault is the one that is told.
    }
  }

  #append(fact: Fact, correlation: CorrelationId | undefined, at: Temporal.Instant): void {
    const { config } = this.#settings;
    const sequence = this.#sequence + 1;
    const entry = { sequence, at, ...models, ...(correlation === undefined ? {} : { correlation }), config, fact };
    this.#journal.append(entry);
    this.#sequence = sequence;
    const movement = this.#calls.apply(entry);
    if (movement !== undefined) this.#sums.move(movement);
  }
}

/** Why a fact cannot stand in a spend ledger, or undefined where it can. */
export function foreignTo(sequence: number, kind: FactKind): NotASpendLedger | undefined {
  const right = sequence === 1 ? kind === "spend_capped" : isSpending({ kind });
  if (right) return undefined;
  const what = `entry ${sequence} is ${kind.replaceAll("_", " ")}: this is the journal of something else, not of what models cost`;
  return { code: "not_a_spend_ledger", sequence, what };
}

const unwritten = (fault: unknown): OverBudget => ({
  code: "unwritten",
  limit: "the spend ledger",
  detail: `the reservation could not be written, so that the call may not leave: ${fault instanceof Error ? fault.message : String(fault)}`,
});

/** A configuration may hand over more than caps, which has no place in the journal. */
const only = (caps: SpendCaps): SpendCaps =>
  Object.fromEntries(capNames.flatMap((name) => (caps[name] === undefined ? [] : [[name, caps[name]]])));

const isSame = (one: SpendCaps, other: SpendCaps): boolean => capNames.every((name) => one[name] === other[name]);
