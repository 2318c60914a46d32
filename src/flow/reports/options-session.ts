import { formatExact } from "../../words/exact.ts";
import { plus, zeroMoney, type Money } from "../../words/money.ts";
import type { DecisionKind } from "../resolution/option-situation.ts";
import type { PersonsAnswer } from "../resolution/scan-plan.ts";

/** What one trading day of an options desk came to (OPT-11). Money is a decimal string. */
export type SessionSummary = {
  /** The exchange's date. */
  readonly date: string;
  readonly scans: number;
  readonly candidates: number;
  /** One outcome for each candidate: these add up to `candidates` (LINE-4). */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly questions: {
    readonly asked: number;
    /** Of what the budget of the day's scans would have allowed. */
    readonly budgetUse: number | null;
    readonly overBudget: number;
    readonly tokensIn: number;
    readonly tokensOut: number;
    readonly cost: string;
  };
  /** Answers by confidence, in tenths from 0.0 to 0.9; 1.0 counts as 0.9. */
  readonly confidence: readonly number[];
  /** Blocks by the reason that was given, hard rails among them. */
  readonly blocks: { readonly gate1: number; readonly gate2: number; readonly byReason: Readonly<Record<string, number>> };
  readonly closedByRails: Readonly<Record<string, number>>;
  readonly person: {
    readonly asked: number;
    readonly answered: number;
    readonly expired: number;
    /** What became of the answers, as the desk's next scan found them, such as approved_by_person or no_longer_there. */
    readonly became: Readonly<Record<string, number>>;
    /** Answers of a person to what a model had answered before, and how many of them said the same. */
    readonly compared: number;
    readonly agreed: number;
  };
};

const tenths = 10;
const sorted = (of: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...of].sort(([a], [b]) => (a < b ? -1 : 1)));
const add = (to: Map<string, number>, name: string, count = 1): void => void to.set(name, (to.get(name) ?? 0) + count);

/** One day's events come in, one method for each; its summary goes out. It decides nothing. */
export class OptionsSession {
  readonly date: string;
  readonly #questionsPerScanMax: number;
  #scans = 0;
  #candidates = 0;
  readonly #outcomes = new Map<string, number>();
  #asked = 0;
  #tokensIn = 0;
  #tokensOut = 0;
  #cost: Money = zeroMoney;
  readonly #confidence = Array.from({ length: tenths }, () => 0);
  #gate1 = 0;
  #gate2 = 0;
  readonly #reasons = new Map<string, number>();
  readonly #closed = new Map<string, number>();
  readonly #person = { asked: 0, answered: 0, expired: 0, compared: 0, agreed: 0 };
  readonly #became = new Map<string, number>();
  /** What the model last wanted for each symbol: whether it would have traded. */
  readonly #wanted = new Map<string, boolean>();

  constructor(date: string, questionsPerScanMax: number) {
    this.date = date;
    this.#questionsPerScanMax = questionsPerScanMax;
  }

  scanned(candidates: number, outcomes: Readonly<Record<string, number>>): void {
    this.#scans++;
    this.#candidates += candidates;
    for (const [name, count] of Object.entries(outcomes)) add(this.#outcomes, name, count);
  }

  asked(): void {
    this.#asked++;
  }

  answered(tokensIn: number, tokensOut: number, cost: Money): void {
    this.#tokensIn += tokensIn;
    this.#tokensOut += tokensOut;
    this.#cost = plus(this.#cost, cost);
  }

  gated(
    decision: DecisionKind,
    symbol: string,
    action: string,
    confidence: number,
    gates: { readonly gate1: boolean; readonly gate2: boolean },
    reasons: readonly string[],
  ): void {
    const tenth = Math.min(tenths - 1, Math.floor(confidence * tenths));
    this.#confidence[tenth] = (this.#confidence[tenth] ?? 0) + 1;
    if (!gates.gate1) this.#gate1++;
    if (!gates.gate2) this.#gate2++;
    for (const reason of reasons) add(this.#reasons, reason);
    this.#wanted.set(`${decision} ${symbol}`, action === "SELL" || action === "APPROVE");
  }

  closedByRail(rail: string): void {
    add(this.#closed, rail);
  }

  personAsked(): void {
    this.#person.asked++;
  }
  personExpired(): void {
    this.#person.expired++;
  }
  personObeyed(outcome: string): void {
    add(this.#became, outcome);
  }
  personAnswered(decision: DecisionKind, symbol: string, action: PersonsAnswer): void {
    this.#person.answered++;
    const wanted = this.#wanted.get(`${decision} ${symbol}`);
    if (wanted === undefined) return;
    this.#person.compared++;
    if (wanted === (action === "sell" || action === "approve")) this.#person.agreed++;
  }

  summary(): SessionSummary {
    const budget = this.#scans * this.#questionsPerScanMax;
    return {
      date: this.date,
      scans: this.#scans,
      candidates: this.#candidates,
      outcomes: sorted(this.#outcomes),
      questions: {
        asked: this.#asked,
        budgetUse: budget === 0 ? null : Math.round((this.#asked / budget) * 10_000) / 10_000,
        overBudget: this.#outcomes.get("over_budget") ?? 0,
        tokensIn: this.#tokensIn,
        tokensOut: this.#tokensOut,
        cost: formatExact(this.#cost),
      },
      confidence: [...this.#confidence],
      blocks: { gate1: this.#gate1, gate2: this.#gate2, byReason: sorted(this.#reasons) },
      closedByRails: sorted(this.#closed),
      person: { ...this.#person, became: sorted(this.#became) },
    };
  }
}
