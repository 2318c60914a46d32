import type { Entry } from "../../journal/entry.ts";
import type { Random } from "../../sim/random.ts";
import { intentId, type IntentId } from "../../words/ids.ts";
import type { TradeCommand } from "../command.ts";
import { CouncilApprover, type Person } from "../council/council-approver.ts";
import type { PersonInStorm, StormMarket } from "./shape.ts";
import type { Breach } from "./wire-watch.ts";

type Shown = { readonly trade: IntentId; readonly binding: string };
type Word = Shown & { readonly yes: boolean };
/** How a trade is answered: with which word, and how often it is looked at without one before. */
type Mind = { readonly yes: boolean; looks: number };

/**
 * A person whom crashes do not reach: what he has said he has said, whatever the journal kept of it. He may be late, silent, of two minds, and now
 * and then he presses a button on a page that is not new any more.
 */
export class StormyPerson implements PersonInStorm {
  readonly words: readonly TradeCommand[];
  readonly #random: Random;
  readonly #shown: Shown[] = [];
  readonly #minds = new Map<string, Mind>();
  readonly #said: Word[] = [];

  constructor({ histories, calmFromMs }: StormMarket, random: Random) {
    this.#random = random;
    const fromMs = Math.min(...histories.map(({ bars }) => bars.openMs[0] ?? Infinity));
    const late = random.fork("late");
    const pressed = Array.from({ length: late.pick([0, 0, 4, 12]) }, () => fromMs + late.int(0, calmFromMs - fromMs));
    this.words = pressed.map((ms, at) => this.#button(ms, random.fork(`button ${at}`)));
  }

  /** A process that has just begun: all that its approver knows it has read in the journal. */
  reached(entries: Iterable<Entry>): ReturnType<PersonInStorm["reached"]> {
    const approver = new CouncilApprover(this.#says);
    for (const entry of entries) approver.see(entry);
    return {
      approver,
      see: (entry) => {
        approver.see(entry);
        this.#look(entry);
      },
    };
  }

  /** Every yes in the journal is one that was said, to what it was said to. */
  *kept(entries: readonly Entry[]): Generator<Breach> {
    for (const { fact, sequence } of entries) {
      if (fact.kind !== "trade_answered" || !fact.yes) continue;
      const { trade, binding } = fact;
      if (!this.#said.some((word) => word.yes && word.trade === trade && word.binding === binding))
        yield { invariant: "I15", what: `entry ${sequence} has a yes to ${trade} that nobody said` };
    }
  }

  #look({ fact }: Entry): void {
    if (fact.kind === "trade_pending") this.#shown.push({ trade: fact.trade, binding: fact.binding });
  }

  readonly #says: Person = (name, binding) => {
    const trade = intentId(name);
    const key = `${name} ${binding}`;
    const mind = this.#minds.get(key) ?? this.#makeUp(this.#random.fork(key));
    this.#minds.set(key, mind);
    if (mind.looks-- > 0) return undefined;
    const { yes } = mind;
    this.#said.push({ trade, binding, yes });
    return { yes, by: "anna", why: yes ? "" : "not this one" };
  };

  #makeUp(random: Random): Mind {
    return { yes: random.chance(0.85), looks: random.pick([0, 0, 0, 0, 0, 1, 3, 100, 100]) };
  }

  /** Which trade it is for is known when it is pressed: the newest that was shown, or one of long ago. */
  #button(fromMs: number, random: Random): TradeCommand {
    const back = random.pick([1, 1, 2, 3]);
    const yes = random.chance(0.7);
    const press = (): Shown => {
      const { trade, binding } = this.#shown.at(-back) ?? { trade: intentId("none"), binding: "" };
      this.#said.push({ trade, binding, yes });
      return { trade, binding };
    };
    return {
      fromMs,
      yes,
      by: "anna",
      why: "",
      get trade() {
        return press().trade;
      },
      get binding() {
        return press().binding;
      },
    };
  }
}
