import type { AssetContext } from "../context/gather.ts";
import type { FrameWish, Watched } from "../market/watched.ts";
import type { RiskLevel } from "./proposal.ts";

/** The numbers that make one style another; a custom strategy in the config is a style with other numbers (PERP-4). */
export type StrategyNumbers = {
  /** Most of equity that one decision may put into one asset, as position notional. */
  readonly allocationBpsMax: number;
  /** What one trade may lose at its stop, against equity: the stop's distance then says the size. */
  readonly riskBps: number;
  /** Stop distance in average true ranges of the base frame. */
  readonly stopAtr: number;
  /** Target distance as a multiple of the stop's. */
  readonly rewardToRisk: number;
  /** Proposals below this confidence are not made. */
  readonly confidenceMin: number;
};

/** What a rule wants, in plain numbers: levels in currency, before they are rounded to ticks. */
export type Draft =
  | { readonly action: "hold"; readonly rationale: string }
  | { readonly action: "close_position"; readonly confidence: number; readonly rationale: string }
  | {
      readonly action: "adjust_orders";
      readonly stop?: number;
      readonly target?: number;
      readonly confidence: number;
      readonly rationale: string;
    }
  | {
      readonly action: "buy" | "sell";
      /** Without one the entry has its full size, and goes through only where no stop is required. */
      readonly stop?: number;
      readonly target?: number;
      readonly confidence: number;
      readonly riskLevel: RiskLevel;
      readonly rationale: string;
      readonly exitPlan: string;
      /** Part of the full size, 1 unless said: for strategies that buy in parts. */
      readonly part?: number;
    }
  | {
      readonly action: "adjust_position";
      /** Position size to end with, as a multiple of the present one. */
      readonly times: number;
      readonly stop?: number;
      readonly target?: number;
      readonly confidence: number;
      readonly rationale: string;
    };

export type Strategy = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly numbers: StrategyNumbers;
  /** The first wish is the base frame; indicator names are what `decide` and prompts see. */
  readonly frames: readonly FrameWish[];
  readonly decide: (asset: AssetContext, numbers: StrategyNumbers) => Draft;
  /**
   * Where a strategy acts seldom: a test per asset that runs after each base bar and says whether the desk should wake. It must not
   * allocate. Without one the desk wakes at every bar.
   */
  readonly watcher?: (asset: Watched) => () => boolean;
};

export const hold = (rationale: string): Draft => ({ action: "hold", rationale });
