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
  before_append: 60,
  before_write: 6,
  mid_write: 6,
  before_sync: 6,
  before_acknowledged: 6,
  before_send: 5,
  before_answer: 5,
  before_journalled: 5,
  in_snapshot: 8,
  taking_up: 6,
} as const satisfies Record<KillPoint, number>;

/** A bug planted in the child, to see the harness find it. */
export type Planted = "skips_the_sync" | "skips_the_commit" | "begins_anew" | "sends_blindly";
