import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import type { OptionLimits } from "../flow/resolution/option-limits.ts";
import type { DecisionKind } from "../flow/resolution/option-situation.ts";
import type { Watching } from "../runtime/desk.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Money } from "../words/money.ts";

/** What the options desk goes by beyond the house rules; every value is a config key. */
export type OptionsSettings = {
  /** The frames of the underlyings. */
  readonly strategy: Watching;
  readonly watchlist: readonly InstrumentId[];
  readonly model: string;
  readonly entryPrompt: Prompt;
  readonly exitPrompt: Prompt;
  readonly decisions: readonly DecisionKind[];
  readonly limits: OptionLimits;
  readonly questionsPerScanMax: number;
  readonly rateLimitMs: number;
  readonly deadlineMs: number;
  readonly deltaWanted: number;
  readonly premiumMax: Money;
  /** For how long an item waits for a person. */
  readonly queueMs: number;
  /** `daily`: everything is sold before each close; `expiry`: before the last day of its contract; `never`: positions may expire (OPT-13). */
  readonly dayEnd: "daily" | "expiry" | "never";
};
