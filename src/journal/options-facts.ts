import type { HardRail } from "../flow/resolution/option-hard-rails.ts";
import type { DecisionKind, GateRefusal } from "../flow/resolution/option-situation.ts";
import type { PersonsAnswer } from "../flow/resolution/scan-plan.ts";
import type { InstrumentId } from "../words/ids.ts";

/** `symbol` is what is decided about: the contract held for an exit, the underlying looked at for an entry; `instrument` is the contract. */
type About = { readonly decision: DecisionKind; readonly symbol: string; readonly instrument: InstrumentId };

/** What only a desk with gates, hard rails of its own and a person behind it has to tell (OPT-2, OPT-6, LINE-5). */
export type OptionsFact =
  /** A question about it goes out in this scan: budget and rate limit count these. */
  | ({ readonly kind: "option_asked" } & About)
  /** What the gates made of an answer. */
  | ({
      readonly kind: "option_gated";
      readonly action: string;
      readonly confidence: number;
      readonly acts: boolean;
      readonly outcome: string;
      readonly gate1: boolean;
      readonly gate2: boolean;
      readonly reasons: readonly GateRefusal[];
      readonly waitMinutes?: number;
    } & About)
  /** A hard rail closes the position before anybody is asked. */
  | ({ readonly kind: "hard_rail_fired"; readonly rail: HardRail; readonly reasons: readonly GateRefusal[] } & About)
  /** It is left to a person: the item stands in the queue until it is answered or expires. */
  | ({
      readonly kind: "person_asked";
      readonly item: string;
      readonly why: string;
      readonly rationale: string;
      readonly expiresAt: Temporal.Instant;
    } & About)
  /** `item` is absent where a person says it unasked. */
  | {
      readonly kind: "person_answered";
      readonly item?: string;
      readonly decision: DecisionKind;
      readonly symbol: string;
      readonly action: PersonsAnswer;
      readonly by: string;
      readonly why?: string;
    }
  /** The desk did what a person said, or found that it no longer could; either way the answer is used up. */
  | { readonly kind: "person_obeyed"; readonly decision: DecisionKind; readonly symbol: string; readonly outcome: string }
  | { readonly kind: "person_expired"; readonly item: string; readonly decision: DecisionKind; readonly symbol: string };
