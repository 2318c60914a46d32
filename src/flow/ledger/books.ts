import { invariant } from "../../words/invariant.ts";
import { negate, plus, zeroMoney, type Money } from "../../words/money.ts";
import type { Account, Entry, LedgerTotals, Posting } from "./posting.ts";

/** The balances of all accounts. They change by balanced postings alone, so together they are always zero. */
export class Books {
  readonly #balances = new Map<Account, Money>();

  book(entries: readonly Entry[]): Posting {
    invariant(total(entries) === 0n, "the entries of a posting sum to zero");
    for (const { account, amount } of entries) this.#balances.set(account, plus(this.balance(account), amount));
    return { entries };
  }

  balance(account: Account): Money {
    return this.#balances.get(account) ?? zeroMoney;
  }

  /** Forgets accounts that will not be used again, so that a long run does not grow; one that is not empty stays. */
  forget(account: Account): void {
    if (this.balance(account) === 0n) this.#balances.delete(account);
  }

  balances(): Entry[] {
    return Array.from(this.#balances, ([account, amount]) => ({ account, amount }));
  }

  sum(): Money {
    let sum = zeroMoney;
    for (const amount of this.#balances.values()) sum = plus(sum, amount);
    return sum;
  }

  get realised(): Money {
    return negate(this.balance("realised"));
  }

  totals(): LedgerTotals {
    return {
      capital: negate(this.balance("capital")),
      realised: this.realised,
      fees: this.balance("fees"),
      funding: negate(this.balance("funding")),
      liquidationFees: this.balance("liquidation_fees"),
      modelCosts: this.balance("model_costs"),
    };
  }
}

function total(entries: readonly Entry[]): Money {
  let sum = zeroMoney;
  for (const { amount } of entries) sum = plus(sum, amount);
  return sum;
}
