import type { DriftLimits } from "../flow/approval/shown-trade.ts";
import type { CouncilEvent, RefusedEvent } from "../flow/context/council-events.ts";
import type { Calendar } from "../flow/market/calendar/calendar.ts";
import type { CouncilTimes } from "../flow/market/calendar/council-week.ts";
import type { ExDividend } from "../flow/market/ex-dividend.ts";
import type { Regime } from "../flow/market/regime.ts";
import type { Member } from "../flow/proposals/council-questions.ts";
import type { Pitch } from "../flow/proposals/council-words.ts";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import type { ConvictionSizes } from "../flow/sizing/conviction-size.ts";
import type { Watching } from "../runtime/desk.ts";
import type { Price } from "../words/price.ts";

export type CouncilMember = Member & { readonly model: string };

/** What a member's account takes from a meeting: nothing of it is asked for again. */
export type Minutes = {
  readonly week: string;
  readonly packHash: string;
  readonly pitched: readonly { readonly member: string; readonly model: string; readonly price: Price; readonly pitch: Pitch }[];
};

/** Whose account it is. The council's own holds the meetings, a member's trades what that member pitched, and the baseline nothing (COUN-11). */
export type Seat =
  | { readonly of: "council" }
  | { readonly of: "member"; readonly member: string; readonly minutes: (week: string) => Minutes | undefined }
  | { readonly of: "flat" };

/** What the council goes by beyond the house rules; every value is a config key. */
export type CouncilSettings = {
  readonly strategy: Watching;
  readonly seat: Seat;
  readonly calendar: Calendar;
  readonly times: CouncilTimes;
  readonly members: readonly CouncilMember[];
  /** The two analysts, and the chairman, by model. */
  readonly models: { readonly a: string; readonly b: string; readonly chairman: string };
  readonly prompts: { readonly [Of in "research" | "pm" | "reviewer" | "chairman" | "checkpoint"]: Prompt };
  readonly deadlineMs: number;
  readonly quorum: number;
  /** What every shuffle starts from. */
  readonly seed: string;
  readonly sizes: ConvictionSizes;
  readonly drift: DriftLimits;
  readonly expirySeconds: number;
  /** Whether reviewers count by how well they have ranked before; otherwise that is only shown. */
  readonly weighReviewers: boolean;
  /** As they were read from the configuration, with those that were refused. */
  readonly eventList: readonly CouncilEvent[];
  readonly refusedEvents: readonly RefusedEvent[];
  /** What the funds pay beside their prices. */
  readonly dividends: readonly ExDividend[];
  /** What rules measure of the market up to an instant. It is of more history than a wake sees, so a replay takes it from the pack. */
  readonly regimeAt: (untilMs: number) => Regime;
};
