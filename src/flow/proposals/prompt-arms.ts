import type { AccountId, CorrelationId } from "../../words/ids.ts";
import { fnv1a64, mix64 } from "../../words/hash64.ts";
import { invariant, present } from "../../words/invariant.ts";
import type { Prompt } from "./portfolio-question.ts";

/** Arms of a prompt test and a cycle come in; the one arm that this cycle is asked with goes out (PERP-7). */

/** `weight` is a whole number from 1; an arm gets its weight over the sum of all weights of the cycles. */
export type PromptArm = { readonly prompt: Prompt; readonly weight: number };

export type PromptArms = {
  /** Another seed deals the same cycles out anew. */
  readonly seed: string;
  readonly arms: readonly PromptArm[];
};

/**
 * The same seed, account and cycle get the same arm, today, after a restart and in a replay; different cycles are dealt out as if by
 * chance. Arms are taken in the order of their ids, so that the order in which they are written down changes nothing.
 */
export function armOf({ seed, arms }: PromptArms, account: AccountId, cycle: CorrelationId): PromptArm {
  const inOrder = arms.toSorted((a, b) => (a.prompt.id < b.prompt.id ? -1 : 1));
  const total = inOrder.reduce((sum, { weight }) => sum + weight, 0);
  invariant(
    arms.every(({ weight }) => Number.isSafeInteger(weight) && weight > 0) && total <= weightsMax,
    `arms have whole weights from 1, at most ${weightsMax} together`,
  );
  // Lengths keep the three texts apart: "a" and "bc" are not "ab" and "c".
  const key = [seed, account, cycle].map((part) => `${part.length}:${part}`).join("");
  // FNV alone leaves keys that differ in their last letters, as cycles do, close together in the high bits that decide here.
  let left = (mix64(fnv1a64(key)) * BigInt(total)) >> 64n;
  for (const arm of inOrder) {
    left -= BigInt(arm.weight);
    if (left < 0n) return arm;
  }
  return present(inOrder[0], "a prompt test has at least one arm");
}

/** Beyond this the last arm's share of the 64 bits would be off by more than a hundred-millionth. */
const weightsMax = 1_000_000;
