import type { CryptoRules } from "../flow/proposals/crypto-rules.ts";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import type { AiWatchRule } from "../flow/reports/ai-watch.ts";
import type { ArbitrationRule } from "../flow/resolution/arbitrate.ts";
import type { Watching } from "../runtime/desk.ts";
import type { Interval } from "../words/interval.ts";
import type { Money } from "../words/money.ts";
import type { CalibrateSettings } from "./recalibrate.ts";

/** What the crypto desk goes by beyond the house rules; every value is a config key, but for when calibration begins. */
export type CryptoSettings = {
  readonly strategy: Watching;
  readonly interval: Interval;
  readonly proposers: "both" | "rules" | "ai";
  readonly rules: CryptoRules;
  readonly trader: {
    readonly model: string;
    readonly prompt: Prompt;
    readonly deadlineMs: number;
    readonly decisionsMax: number;
    readonly confidenceMin: number;
    /** Size of a decision that names none, in percent of equity. */
    readonly sizePct: number;
  };
  /** Absent: what the table leaves open stays undone. */
  readonly arbiter?: { readonly model: string; readonly prompt: Prompt; readonly deadlineMs: number };
  readonly arbitration: ArbitrationRule;
  readonly allocationMax: Money;
  readonly horizonBars: number;
  readonly calibration: CalibrateSettings;
  readonly watch: AiWatchRule & { readonly errorWindowMs: number; readonly baselineDailyBps: number };
};
