import { Random } from "../../src/sim/random.ts";

/** Every place where a process may die between what it decides, what its disk holds, what it sends and what it hears (reliability 5.3, A1). */
export const killPoints = [
  "before_append",
  "before_write",
  "mid_write",
  "before_sync",
  "before_acknowledged",
  "before_send",
  "before_answer",
  "before_journalled",
  "in_snapshot",
  "taking_up",
] as const;

export type KillPoint = (typeof killPoints)[number];

/** The process dies the `nth` time that it comes to `at`, counted from its start. */
export type Kill = { readonly at: KillPoint; readonly nth: number };

/** How far apart a process meets each: about as many as one or two decisions bring. */
export const nthMax = {
  before_append: 40,
  before_write: 4,
  mid_write: 4,
  before_sync: 4,
  before_acknowledged: 4,
  before_send: 3,
  before_answer: 3,
  before_journalled: 3,
  in_snapshot: 6,
  taking_up: 6,
} as const satisfies Record<KillPoint, number>;

/** A bug planted in the child, to see the harness find it. */
export type Planted = "skips_the_sync" | "skips_the_commit" | "begins_anew" | "sends_blindly";

/** Each place in turn, in an order of the seed's own. */
export const deckOf = (seed: string, length: number): readonly KillPoint[] => {
  const random = new Random(seed).fork("deck");
  const rounds = Array.from({ length: Math.ceil(length / killPoints.length) }, () => random.shuffle(killPoints));
  return rounds.flat().slice(0, length);
};
