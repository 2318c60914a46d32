import type { Limits } from "../../flow/rails/limits.ts";
import { faultNames, type FaultName } from "../../sim/faults/fault-names.ts";
import { Random } from "../../sim/random.ts";
import { present } from "../../words/invariant.ts";
import type { PlanOf } from "../storm/shape.ts";
import type { StormResult } from "../storm/storm-result.ts";
import type { Attack } from "./attack.ts";
import { attackJournal } from "./attack-journal.ts";
import { attackEquityRails, attackRails } from "./attack-rails.ts";
import { attackReplies } from "./attack-replies.ts";
import { attackTicks } from "./attack-ticks.ts";
import { attackWords } from "./attack-words.ts";

export type ProveWish = {
  readonly seed: string;
  readonly limits: Limits;
  /** Those of the equities desk, whose rails are more. */
  readonly equityLimits: Limits;
  /** The perps desk, whose questions the words of strangers stand in. */
  readonly planOf: PlanOf;
  /** Of each desk the storm of a seed; they are run in turn. */
  readonly stormOf: Readonly<Record<string, (seed: string) => StormResult>>;
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
  /** Of those, by desk. */
  readonly desks: Readonly<Record<string, number>>;
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
  did(attackEquityRails(wish.equityLimits));
  did(attackTicks(wish.limits, random.fork("ticks"), wish.ticks));
  did(attackReplies(random.fork("replies"), wish.replies));
  did(attackWords(wish.planOf, wish.seed, wish.words));
  const { attack, weathered, last } = attackByStorms(wish);
  did(attack);
  if (last !== undefined) did(attackJournal(last.entries, random.fork("journal"), wish.damages));
  return { held: attacks.every(({ broke }) => broke.length === 0), seed: wish.seed, attacks, weathered };
}

/** Storms of every desk in turn, each by consecutive numbers from the seed on, every tenth twice: the same storm must leave the same journal. */
function attackByStorms({ seed, storms, stormOf, onProgress }: ProveWish): {
  readonly attack: Attack;
  readonly weathered: Weathered;
  readonly last: StormResult | undefined;
} {
  const broke: string[] = [];
  const faults = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
  const sum = { orders: 0, crashes: 0, facts: 0 };
  const all = Object.entries(stormOf);
  const desks = Object.fromEntries(all.map(([desk], at) => [desk, Math.ceil(Math.max(0, storms - at) / all.length)]));
  let last: StormResult | undefined;
  for (let at = 0; at < storms; at++) {
    const [desk, run] = present(all[at % all.length], "there is a desk to put into a storm");
    const round = Math.floor(at / all.length);
    const name = stormSeed(seed, round);
    const say = (what: string): void => void broke.push(`${desk} storm ${name}: ${what}`);
    const result = tried(() => run(name));
    onProgress?.("storms", 1);
    if (typeof result === "string") {
      say(result);
      continue;
    }
    last = result;
    for (const { invariant, what } of result.breaches) say(`${invariant} ${what}`);
    if (round % 10 === 0 && run(name).hash !== result.hash) say("another journal when it came again");
    sum.orders += result.ordersSent;
    sum.crashes += result.deaths.length;
    sum.facts += result.entries.length;
    for (const fault of faultNames) faults[fault] += result.faults[fault];
  }
  const what = `wild markets of ${all.map(([desk]) => desk).join(", ")}, a hostile model, a venue that lies and crashes between any two steps`;
  return { attack: { name: "storms", what, tried: storms, broke }, weathered: { storms, desks, ...sum, faults }, last };
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
