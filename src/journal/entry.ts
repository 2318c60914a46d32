import type { AccountId, CorrelationId, DeskId } from "../words/ids.ts";
import type { Fact } from "./fact.ts";

/** One line of an account's journal. Sequences start at 1 and have no gaps. */
export type Entry = {
  readonly sequence: number;
  readonly at: Temporal.Instant;
  readonly account: AccountId;
  readonly desk: DeskId;
  /** The decision it belongs to (LINE-3); venue facts carry that of their order, others have none. */
  readonly correlation?: CorrelationId;
  /** Digest of the settings in force. */
  readonly config: string;
  readonly fact: Fact;
};
