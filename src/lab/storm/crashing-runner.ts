import type { Entry } from "../../journal/entry.ts";
import type { FactKind } from "../../journal/fact.ts";
import type { Eventually } from "../../ports/eventually.ts";
import { AccountRunner, type AccountPorts } from "../../runtime/account-runner.ts";
import type { Reply, Step } from "../../runtime/line.ts";
import type { Turn } from "../../runtime/turn.ts";
import type { Random } from "../../sim/random.ts";
import type { AccountId, DeskId } from "../../words/ids.ts";

/** The process is gone, between two of its steps. */
export class Crash extends Error {}

type Whose = { readonly account: AccountId; readonly desk: DeskId; readonly config: string };
type Trouble = { readonly random: Random; readonly chance: number };

/** Seldom said, and once on the stream: any process of a storm may die with one of these in its hands. */
const seldomSaid: ReadonlySet<FactKind> = new Set(["shares_split", "option_adjusted"]);
const withOneInHand = 0.3;

/** The real runner, in a process that may die before or after any step it performs. */
export class CrashingRunner extends AccountRunner {
  readonly #random: Random;
  #chance: number;
  #calm = false;

  constructor(ports: AccountPorts, { account, desk, config }: Whose, { random, chance }: Trouble, onEntry?: (entry: Entry) => void) {
    super(ports, account, desk, config, onEntry);
    this.#random = random;
    this.#chance = chance;
  }

  override perform(turn: Turn, step: Step): Eventually<Reply> {
    // To die around a question that changes nothing is to die before or after what stands beside it.
    if (step.do === "ask_time") return super.perform(turn, step);
    const chance = !this.#calm && step.do === "record" && seldomSaid.has(step.fact.kind) ? withOneInHand : this.#chance;
    if (this.#random.chance(chance)) throw new Crash(`before ${step.do}`);
    const reply = super.perform(turn, step);
    if (this.#random.chance(chance)) throw new Crash(`after ${step.do}`);
    return reply;
  }

  /** From here on it lives. */
  calm(): void {
    this.#chance = 0;
    this.#calm = true;
  }
}
