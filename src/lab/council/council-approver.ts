import type { Answer } from "../../flow/approval/approve.ts";
import { waiting } from "../../flow/approval/shown-trade.ts";
import type { Entry } from "../../journal/entry.ts";
import type { Approver } from "../../ports/approver.ts";
import type { IntentId } from "../../words/ids.ts";

/** What the person of a simulated week says of a trade, or undefined where he has not said anything yet. */
export type Person = (trade: string, binding: string) => { readonly yes: boolean; readonly by: string; readonly why: string } | undefined;

/** Whoever is there and says the same of everything. */
export const always =
  (yes: boolean, by = "policy"): Person =>
  () => ({ yes, by, why: yes ? "" : "the policy rejects all" });

/**
 * The person behind a council in the laboratory. What is shown by the desk he decides on; an intent that carries out what he approved needs
 * no second word, and any other entry has none. All it knows it has read in the journal.
 */
export class CouncilApprover implements Approver {
  readonly #person: Person;
  readonly #shown = new Set<string>();
  readonly #released = new Map<string, string>();

  constructor(person: Person) {
    this.#person = person;
  }

  see({ fact }: Entry): void {
    if (fact.kind === "trade_pending") {
      this.#shown.add(fact.trade);
      // The first half of a flip is released under the trade's own name; if the other half is shown again, it is a question of its own.
      this.#released.delete(fact.trade);
    } else if (fact.kind === "trade_released") this.#released.set(fact.intent, fact.by);
  }

  ask(intent: IntentId, binding: string): Answer {
    const by = this.#released.get(intent);
    if (by !== undefined) return { yes: true, by, binding };
    if (!this.#shown.has(intent)) return { yes: false, by: "nobody", why: "not shown to anybody" };
    const said = this.#person(intent, binding);
    if (said === undefined) return { yes: false, by: "nobody", why: waiting };
    return said.yes ? { yes: true, by: said.by, binding } : { yes: false, by: said.by, why: said.why };
  }
}
