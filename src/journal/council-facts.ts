import type { CheckpointTime } from "../flow/market/calendar/council-week.ts";
import type { CouncilPack } from "../flow/proposals/council-pack.ts";
import type { CheckpointAction, ChairDecision, Pitch, Review, RiskProfile, RubricItem } from "../flow/proposals/council-words.ts";
import type { ChairBreach, CouncilDecision } from "../flow/resolution/chairman-bounds.ts";
import type { RankedPitch, ReviewerBias } from "../flow/resolution/peer-ranking.ts";
import type { ReviewerSkill } from "../flow/resolution/reviewer-skill.ts";
import type { InstrumentId, IntentId } from "../words/ids.ts";
import type { Money } from "../words/money.ts";
import type { Price } from "../words/price.ts";
import type { Side } from "../words/side.ts";

export type TradeAction = "enter" | "exit" | "reduce" | "flip";

/** What became of a trade that was not asked about again: `waiting` is said nowhere, since a trade without one of these waits. */
export const tradeEnds = ["executed", "rejected", "expired", "failed", "superseded"] as const;
export type TradeEnd = (typeof tradeEnds)[number];

/** A trade as a person is shown it (COUN-6). `asked` counts how often it was shown, once more after each drift. */
export type PendingTrade = {
  readonly trade: IntentId;
  readonly asked: number;
  readonly week: string;
  readonly action: TradeAction;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly conviction: number;
  readonly profile: RiskProfile;
  readonly stopPct: number;
  readonly targetPct: number;
  readonly horizon: string;
  readonly entryBy: string;
  readonly limit?: Price;
  /** Names and instants of the events that it must be closed before. */
  readonly outBefore: readonly string[];
  readonly price: Price;
  readonly notional: Money;
  readonly packHash: string;
  readonly rationale: string;
  readonly binding: string;
  readonly expiresAt: Temporal.Instant;
};

/** Where one pitch came from when it was shown to a reviewer: the only place that ties a label to a member (COUN-4). */
export type LabelOf = { readonly label: string; readonly member: string };

/** What a council has to tell beyond what every desk does. */
export type CouncilFact =
  /** All that the week knows; nothing is added until the next one. */
  | { readonly kind: "pack_frozen"; readonly week: string; readonly packHash: string; readonly pack: CouncilPack }
  /** Research outside a meeting: refused by code (COUN-8). */
  | { readonly kind: "research_refused"; readonly code: string; readonly detail: string }
  | {
      readonly kind: "pitched";
      readonly week: string;
      readonly member: string;
      readonly model: string;
      readonly price: Price;
      readonly pitch: Pitch;
    }
  /** A member, a reviewer or an analyst who failed, by name; the rest goes on (COUN-10). */
  | {
      readonly kind: "left_out";
      readonly week: string;
      readonly member: string;
      readonly as: string;
      readonly why: string;
      readonly detail: string;
    }
  | { readonly kind: "no_quorum"; readonly week: string; readonly heard: number; readonly quorum: number }
  | {
      readonly kind: "peers_reviewed";
      readonly week: string;
      readonly reviewer: string;
      readonly labels: readonly LabelOf[];
      readonly rubric: readonly RubricItem[];
      readonly reviews: readonly Review[];
    }
  | {
      readonly kind: "pitches_ranked";
      readonly week: string;
      readonly ranked: readonly RankedPitch[];
      readonly reviewers: readonly ReviewerBias[];
      readonly skills: readonly ReviewerSkill[];
      readonly weighed: boolean;
    }
  | {
      readonly kind: "chairman_decided";
      readonly week: string;
      readonly decision: CouncilDecision;
      readonly said?: ChairDecision;
      readonly breach?: ChairBreach;
    }
  /** What a pitch gained by its direction from its meeting to the next, by the market alone: what reviewers' rankings are held against. */
  | { readonly kind: "pitch_resolved"; readonly week: string; readonly member: string; readonly gainBps: number }
  /** An account takes its trade of the week from the meeting: its own copy of what was said there. */
  | {
      readonly kind: "seated";
      readonly week: string;
      readonly member: string;
      readonly packHash: string;
      readonly pitch?: Pitch;
      readonly why: string;
    }
  | ({ readonly kind: "trade_pending" } & PendingTrade)
  | {
      readonly kind: "trade_answered";
      readonly trade: IntentId;
      readonly binding: string;
      readonly yes: boolean;
      readonly by: string;
      readonly why: string;
    }
  /** What was shown no longer holds: the yes is void, and the trade is shown again. */
  | {
      readonly kind: "trade_drifted";
      readonly trade: IntentId;
      readonly of: string;
      readonly driftBps: number;
      readonly driftBpsMax: number;
    }
  /** The desk begins to carry out what a person approved; what the line makes of it follows. */
  | { readonly kind: "trade_released"; readonly trade: IntentId; readonly intent: IntentId; readonly by: string }
  | { readonly kind: "trade_ended"; readonly trade: IntentId; readonly end: TradeEnd; readonly why: string }
  | {
      readonly kind: "checkpoint_held";
      readonly week: string;
      readonly time: CheckpointTime;
      readonly instrument: InstrumentId;
      readonly action: CheckpointAction;
      readonly conviction: number;
      readonly pnlBps: number;
      readonly reason: string;
    };
