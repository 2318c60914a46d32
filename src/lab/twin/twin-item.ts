import type { CorrelationId, InstrumentId } from "../../words/ids.ts";
import type { Wish } from "./price-trade.ts";

/** What stood between a wish and the market: a proposal is invalid, a gate or a rail stops it, a person declines, a venue rejects. */
export const turnedAwayBy = [
  "invalid",
  "not_followed",
  "stood_down",
  "gated",
  "unanswered",
  "refused",
  "trimmed",
  "too_small",
  "declined",
  "expired",
  "drifted",
  "dropped",
  "withheld",
  "rejected",
] as const;
export type TurnedAway = (typeof turnedAwayBy)[number];

/** Who wanted something, whatever became of it. `shown` is what a person was asked about. */
export const stages = ["rules", "model", "arbitration", "shown", "resolved", "sent"] as const;
export type Stage = (typeof stages)[number];

/** It was turned away, and nothing says what it would have been: counted, and never priced. */
export type Unpriceable = {
  readonly atMs: number;
  readonly unpriced: "no_sale_wanted" | "no_contract" | "no_position" | "no_mark" | "no_size";
};

export type TwinItem = {
  readonly correlation: CorrelationId | undefined;
  /** Absent where nobody knows which it would have been. */
  readonly instrument: InstrumentId | undefined;
  readonly wish: Wish | Unpriceable;
} & ({ readonly stage: Stage } | { readonly what: TurnedAway; readonly by: string });
