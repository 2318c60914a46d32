import type { Brand } from "../../words/brand.ts";
import type { Money } from "../../words/money.ts";
import type { Candidate, Scene } from "./candidate.ts";
import type { RailCode, RefusalCode } from "./codes.ts";
import type { Exposure } from "./exposure.ts";
import type { Limits } from "./limits.ts";

export type Unit = "money" | "bps" | "ms" | "count" | "multiple" | "price" | "quantity" | "state";

/** What a rail compared, in its unit; `detail` names a state where no number says it. */
export type Evidence = {
  readonly unit: Unit;
  readonly measured?: number | bigint;
  readonly limit?: number | bigint;
  readonly detail?: string;
};

/** A rail's word: evidence in each, so that wording stays the page's job and counting the report's. */
export type Verdict =
  | ({ readonly rail: RailCode; readonly outcome: "passed" } & Evidence)
  | ({ readonly rail: RailCode; readonly outcome: "trimmed"; readonly code: RefusalCode; readonly notionalMax: Money } & Evidence)
  | ({ readonly rail: RailCode; readonly outcome: "refused"; readonly code: RefusalCode } & Evidence);

export type Rail = {
  readonly code: RailCode;
  readonly title: string;
  /** What it stands against, for the generated table. */
  readonly against: string;
  /** `entries` skips orders that can only take risk away; `all` judges those too. */
  readonly judges: "entries" | "all";
  /** One clause in words, and the keys of the limits it reads, for the same table. */
  readonly compares: string;
  readonly limits: readonly (keyof Limits)[];
  readonly refuses: readonly RefusalCode[];
  readonly check: (scene: Scene, exposure: Reckoned) => Verdict;
};

/** The scene's exposure, reckoned at the first call of one judgement and kept for its other rails. */
export type Reckoned = () => Exposure | undefined;

/** Only rails/judge.ts makes one, so no size, approval or order can exist that skipped the rails. */
export type Passed = Brand<
  {
    readonly candidate: Candidate;
    /** The most notional that every rail allows; sizing may go below it, never above. */
    readonly notionalMax: Money;
    readonly verdicts: readonly Verdict[];
  },
  "Passed"
>;

export type Refused = {
  readonly refusal: Extract<Verdict, { readonly outcome: "refused" }>;
  readonly verdicts: readonly Verdict[];
};
