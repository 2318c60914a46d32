import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import type { CallId } from "../../ports/budget.ts";
import type { Usage } from "../../ports/provider.ts";
import type { CorrelationId } from "../../words/ids.ts";
import { invariant, present } from "../../words/invariant.ts";
import { larger, minus, negate, zeroMoney, type Money } from "../../words/money.ts";
import { utcDay } from "./utc-day.ts";

/** One reservation and what became of it. It belongs to the UTC day on which it was made, also when it is settled on another. */
export type SpendCall = {
  readonly call: CallId;
  readonly by: FactOf<"spend_reserved">["by"];
  readonly scan: CorrelationId;
  readonly reservedAt: Temporal.Instant;
  readonly day: string;
  /** Undefined where no price was known: it counts as nothing until it is settled. */
  readonly worst: Money | undefined;
  readonly state: "open" | "settled" | "released";
  readonly cost: Money;
  readonly usage: Usage;
};

/** What a fact changes in every sum that its call counts in. */
export type Movement = { readonly of: SpendCall; readonly open: Money; readonly spent: Money; readonly calls: number };

/** Facts of a spend ledger come in, in order; the calls they tell of go out, with what each fact moved. */
export class Calls {
  readonly #newest = new Map<CallId, SpendCall>();
  /** Reservations whose id was reserved again for another call on the wire; the open ones among them may have been billed. */
  #earlier: SpendCall[] = [];
  readonly #idsOfDay = new Map<string, CallId[]>();

  apply({ at, correlation, fact }: Entry): Movement | undefined {
    switch (fact.kind) {
      case "spend_reserved":
        return this.#reserved(fact, at, present(correlation, "a reservation names its scan"));
      case "spend_settled":
        return this.#settled(fact);
      case "spend_released": {
        const known = this.#known(fact.call);
        if (known.state !== "open") return undefined;
        const of = this.#now({ ...known, state: "released" });
        return { of, open: negate(known.worst ?? zeroMoney), spent: zeroMoney, calls: -1 };
      }
      default:
        return undefined;
    }
  }

  newest(call: CallId): SpendCall | undefined {
    return this.#newest.get(call);
  }

  /** In the order in which they were reserved, but for those that were forgotten. */
  all(): readonly SpendCall[] {
    return [...this.#earlier, ...this.#newest.values()].sort((a, b) => Temporal.Instant.compare(a.reservedAt, b.reservedAt));
  }

  /** Closed calls of a day that is over are of no more use; open ones may still be settled. */
  forget(day: string): void {
    for (const id of this.#idsOfDay.get(day) ?? []) {
      const known = this.#newest.get(id);
      if (known?.day === day && known.state !== "open") this.#newest.delete(id);
    }
    this.#idsOfDay.delete(day);
    this.#earlier = this.#earlier.filter((each) => each.day !== day || each.state === "open");
  }

  #reserved({ call, by, worst, tokensIn, tokensOut }: FactOf<"spend_reserved">, at: Temporal.Instant, scan: CorrelationId): Movement {
    const before = this.#newest.get(call);
    if (before !== undefined) this.#earlier.push(before);
    const day = utcDay(at);
    const usage = { tokensIn, tokensCached: 0, tokensOut, tokensReasoning: 0 };
    const of = this.#now({ call, by, scan, reservedAt: at, day, worst, state: "open", cost: zeroMoney, usage });
    const ids = this.#idsOfDay.get(day);
    if (ids === undefined) this.#idsOfDay.set(day, [call]);
    else ids.push(call);
    return { of, open: worst ?? zeroMoney, spent: zeroMoney, calls: 1 };
  }

  #settled({ call, cost, tokensIn, tokensCached, tokensOut, tokensReasoning }: FactOf<"spend_settled">): Movement {
    const known = this.#known(call);
    const usage = { tokensIn, tokensCached, tokensOut, tokensReasoning };
    const counted = larger(known.cost, cost);
    const of = this.#now({ ...known, state: "settled", cost: counted, usage });
    const open = known.state === "open" ? negate(known.worst ?? zeroMoney) : zeroMoney;
    // A provider may bill what we believe never left.
    return { of, open, spent: minus(counted, known.cost), calls: known.state === "released" ? 1 : 0 };
  }

  #known(call: CallId): SpendCall {
    const known = this.#newest.get(call);
    invariant(known !== undefined, `call ${call} is reserved before it is settled or released`);
    return known;
  }

  #now(of: SpendCall): SpendCall {
    this.#newest.set(of.call, of);
    return of;
  }
}
