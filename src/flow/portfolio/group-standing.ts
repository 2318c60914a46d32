import type { AccountId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";

/** What one account holds and has on its way in one underlying; options stand at their delta times what they move. All four without a sign. */
export type Bet = {
  /** A coin, a share's symbol: the perpetual, the spot coin and the option on it are one bet. */
  readonly underlying: string;
  /** Positions. */
  readonly longs: Money;
  readonly shorts: Money;
  /** Entries on their way and reservations. */
  readonly buys: Money;
  readonly sells: Money;
};

/** One account of a group as the others see it. */
export type MemberExposure = {
  readonly account: AccountId;
  /** When it was last known to be so. */
  readonly at: Temporal.Instant;
  readonly bets: readonly Bet[];
  /** Initial margin of all of it. */
  readonly margin: Money;
};

/** The other accounts of the group as they were last journalled here; one that is missing was never known. */
export type GroupStanding = { readonly group: string; readonly members: readonly MemberExposure[] };
