import type { Fill } from "../flow/fills/fill.ts";
import { Recent } from "../flow/fills/recent.ts";
import type { ExecutionId, TransactionId } from "../words/ids.ts";
import { missing } from "../words/invariant.ts";
import type { UnnamedSplit } from "./unnamed-split.ts";

/** What the venue has told us that is in the books, by its own ids: venues say things twice, and take some of them back. */
export class Told {
  readonly #executions = new Map<ExecutionId, "booked" | "taken back">();
  readonly #fills = new Recent<Fill>();
  readonly #transactions = new Set<TransactionId | UnnamedSplit>();

  booked(execution: ExecutionId): boolean {
    return this.#executions.has(execution);
  }
  busted(execution: ExecutionId): boolean {
    return this.#executions.get(execution) === "taken back";
  }
  /** What is in the books and was executed in this time, both ends included, oldest first. */
  between(fromMs: number, toMs: number): readonly Fill[] {
    return this.#fills.between(fromMs, toMs).filter(({ execution }) => this.#executions.get(execution) === "booked");
  }
  paid(transaction: TransactionId | UnnamedSplit): boolean {
    return this.#transactions.has(transaction);
  }

  book(fill: Fill): void {
    const before = this.#executions.size;
    this.#executions.set(fill.execution, "booked");
    if (this.#executions.size === before) missing(`execution ${fill.execution} is booked once`);
    this.#fills.add(fill);
  }
  pay(transaction: TransactionId | UnnamedSplit): void {
    this.#transactions.add(transaction);
  }
  /** True when there is something to take back. A bust that overtakes its fill keeps that fill out of the books for good. */
  bust(execution: ExecutionId): boolean {
    const booked = this.#executions.has(execution);
    this.#executions.set(execution, "taken back");
    return booked;
  }
}
