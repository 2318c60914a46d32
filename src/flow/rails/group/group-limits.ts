import type { AccountId } from "../../../words/ids.ts";
import type { Money } from "../../../words/money.ts";

/** What a group of accounts may risk together, in money: a budget that no gain of one of them widens. */
export type GroupLimits = {
  readonly name: string;
  /** The accounts of the group beside this one; each must be known before anything is entered. */
  readonly others: readonly AccountId[];
  readonly grossMax: Money;
  readonly netMax: Money;
  /** One underlying, or one bucket of underlyings that move together, both sides added. */
  readonly bucketMax: Money;
  readonly marginMax: Money;
  /** What an account held longer ago than this offsets nothing any more; it still counts. */
  readonly ageMsMax: number;
  readonly buckets: readonly { readonly name: string; readonly members: readonly string[] }[];
};
