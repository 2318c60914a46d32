import type { Price } from "../../words/price.ts";

/** The closed words of a council and the records that its members' answers become; nothing here is a permission. */

/** What a council may trade (COUN-3). */
export const councilSymbols = ["SPY", "QQQ", "IWM", "TLT", "HYG", "UUP", "GLD", "USO"] as const;
export type CouncilSymbol = (typeof councilSymbols)[number];

export const pitchDirections = ["LONG", "SHORT", "FLAT"] as const;
export type PitchDirection = (typeof pitchDirections)[number];
export const horizons = ["1d", "3d", "1w"] as const;
export type Horizon = (typeof horizons)[number];
/** Sessions that a trade is held at most. */
export const horizonSessions = { "1d": 1, "3d": 3, "1w": 5 } as const satisfies Record<Horizon, number>;

export const riskProfiles = ["TIGHT", "BASE", "WIDE"] as const;
export type RiskProfile = (typeof riskProfiles)[number];
/** Stop and target in percent of the entry (COUN-11). */
export const profileLevels = {
  TIGHT: { stopPct: 1, targetPct: 1.5 },
  BASE: { stopPct: 1.5, targetPct: 2.5 },
  WIDE: { stopPct: 2, targetPct: 3.5 },
} as const satisfies Record<RiskProfile, { readonly stopPct: number; readonly targetPct: number }>;

export const entryWays = ["market_on_open", "limit"] as const;
export type EntryWay = (typeof entryWays)[number];
export const eventNames = ["NFP", "CPI", "FOMC"] as const;
export type EventName = (typeof eventNames)[number];
export const comparisons = ["above", "below"] as const;
export type Comparison = (typeof comparisons)[number];

/** Said by a research model of the market as a whole. */
export const macroWords = {
  risk: ["on", "off", "mixed"],
  rates: ["rising", "falling", "flat"],
  dollar: ["rising", "falling", "flat"],
  inflation: ["rising", "falling", "flat"],
} as const;
export const biases = ["bullish", "bearish", "neutral"] as const;
export type Bias = (typeof biases)[number];

/** Something that is said to be so, with whose word it is and of when (COUN-2). */
export type Claim = { readonly text: string; readonly source: string; readonly time: string };

export type Research = {
  readonly macro: { readonly [Key in keyof typeof macroWords]: (typeof macroWords)[Key][number] };
  readonly narratives: readonly Claim[];
  readonly candidates: readonly { readonly symbol: CouncilSymbol; readonly bias: Bias; readonly claims: readonly Claim[] }[];
};

export type PitchIndicator = {
  readonly symbol: CouncilSymbol;
  readonly measure: string;
  readonly comparison: Comparison;
  readonly threshold: number;
};

/** One portfolio manager's one trade of the week (COUN-3, COUN-11). It names no size: the desk chooses it. */
export type Pitch = {
  readonly symbol: CouncilSymbol;
  readonly direction: PitchDirection;
  readonly horizon: Horizon;
  readonly thesis: readonly string[];
  readonly indicators: readonly PitchIndicator[];
  readonly invalidation: string;
  /** -2..+2, with the sign of the direction; zero for FLAT. */
  readonly conviction: number;
  readonly profile: RiskProfile;
  readonly entryBy: EntryWay;
  readonly limit?: Price | undefined;
  /** Events that the position must be closed before. */
  readonly outBefore: readonly EventName[];
};

/** The seven things that a review scores, 1..10 each (COUN-4). */
export const rubric = [
  "clarity",
  "edge_plausibility",
  "timing_catalyst",
  "risk_definition",
  "indicator_integrity",
  "originality",
  "tradeability",
] as const;
export type RubricItem = (typeof rubric)[number];
export type Scores = { readonly [Item in RubricItem]: number };

/** What a reviewer says of one pitch, which it knows by its label alone. */
export type Review = { readonly label: string; readonly scores: Scores; readonly killShot: string; readonly flipCondition: string };

export type ChairDecision = {
  readonly symbol: CouncilSymbol;
  readonly direction: PitchDirection;
  readonly horizon: Horizon;
  readonly conviction: number;
  readonly profile: RiskProfile;
  readonly rationale: string;
  readonly dissent: string;
  readonly monitoring: readonly string[];
};

export const checkpointActions = ["STAY", "EXIT", "FLIP", "REDUCE"] as const;
export type CheckpointAction = (typeof checkpointActions)[number];
export type CheckpointAnswer = { readonly action: CheckpointAction; readonly conviction: number; readonly reason: string };
