import type { Limits } from "../../flow/rails/limits.ts";
import { faultNames, type FaultName } from "../../sim/faults/fault-names.ts";
import { Random } from "../../sim/random.ts";
import { Storm, type PlanOf } from "../storm/storm.ts";
import type { StormResult } from "../storm/storm-result.ts";
import type { Attack } from "./attack.ts";
import { attackJournal } from "./attack-journal.ts";
import { attackRails } from "./attack-rails.ts";
import { attackReplies } from "./attack-replies.ts";
import { attackTicks } from "./attack-ticks.ts";
import { attackWords } from "./attack-words.ts";

export type ProveWish = {
  readonly seed: string;
  readonly limits: Limits;
  readonly planOf: PlanOf;
  readonly storms: number;
  readonly replies: number;
  readonly ticks: number;
  readonly damages: number;
  /** How many injected texts of the corpus, evenly over it; all of them, when nothing is said. */
  readonly words?: number;
  readonly onProgress?: (done: string, count: number) => void;
};

/** What storms went through, added up. */
export type Weathered = {
  readonly storms: number;
  readonly orders: number;
  readonly crashes: number;
  readonly facts: number;
  readonly faults: Readonly<Record<FaultName, number>>;
};

export type Proof = {
  readonly held: boolean;
  readonly seed: string;
  readonly attacks: readonly Attack[];
  readonly weathered: Weathered;
};

/**
 * Attacks a configuration in the ways that hurt: orders past each limit, impossible prices, broken replies, words of strangers, storms over the
 * whole line with crashes, damaged journals. What it finds it can repeat: everything follows from the seed.
 */
export function prove(wish: ProveWish): Proof {
  const random = new Random(wish.seed).fork("prove");
  const attacks: Attack[] = [];
  const did = (attack: Attack): void => {
    attacks.push(attack);
    wish.onProgress?.(attack.name, attack.tried);
  };
  did(attackRails(wish.limits));
  did(attackTicks(wish.limits, random.fork("ticks"), wish.ticks));
  did(attackReplies(random.fork("replies"), wish.replies));
  did(attackWords(wish.planOf, wish.seed, wish.words));
  const { attack, weathered, last } = attackByStorms(wish);
  did(attack);
  if (last !== undefined) did(attackJournal(last.entries, random.fork("journal"), wish.damages));
  return { held: attacks.every(({ broke }) => broke.length === 0), seed: wish.seed, attacks, weathered };
}

/** Storms by consecutive numbers from the seed on, every tenth twice: the same storm must leave the same journal. */
function attackByStorms({ seed, storms, planOf, onProgress }: ProveWish): {
  readonly attack: Attack;
  readonly weathered: Weathered;
  readonly last: StormResult | undefined;
} {
  const broke: string[] = [];
  const faults = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
  const sum = { orders: 0, crashes: 0, facts: 0 };
  let last: StormResult | undefined;
  for (let at = 0; at < storms; at++) {
    const name = stormSeed(seed, at);
    const result = tried(() => new Storm(name, planOf).run());
    onProgress?.("storms", 1);
    if (typeof result === "string") {
      broke.push(`storm ${name}: ${result}`);
      continue;
    }
    last = result;
    for (const { invariant, what } of result.breaches) broke.push(`storm ${name}: ${invariant} ${what}`);
    if (at % 10 === 0 && new Storm(name, planOf).run().hash !== result.hash)
      broke.push(`storm ${name}: another journal when it came again`);
    sum.orders += result.ordersSent;
    sum.crashes += result.deaths.length;
    sum.facts += result.entries.length;
    for (const fault of faultNames) faults[fault] += result.faults[fault];
  }
  const what = "hours of a wild market, a hostile model, a venue that lies and crashes between any two steps";
  return { attack: { name: "storms", what, tried: storms, broke }, weathered: { storms, ...sum, faults }, last };
}

/** Numbers go on from a number; a name is numbered. `countersign sim storm --seed` takes the same. */
const stormSeed = (seed: string, at: number): string => (/^\d{1,9}$/.test(seed) ? String(Number.parseInt(seed, 10) + at) : `${seed}.${at}`);

function tried(run: () => StormResult): StormResult | string {
  try {
    return run();
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}
