import type { AiAlarm } from "../flow/reports/ai-watch.ts";
import type { ArbitrationRule } from "../flow/resolution/arbitrate.ts";
import type { AiRow, ArbitrationRow, FinalRow, LocalRow, SourcesHeard } from "../flow/resolution/arbitrated.ts";

/** What only a desk with two sources has to tell (DUAL-5, DUAL-7). */
export type CryptoFact =
  /** One for each cycle; the names of the three lists are those that the record is asked for by. */
  | {
      readonly kind: "arbitrated";
      readonly heard: SourcesHeard;
      readonly rule: ArbitrationRule;
      readonly proposals_local: readonly LocalRow[];
      readonly proposals_ai: readonly AiRow[];
      readonly proposals_final: readonly FinalRow[];
      readonly arbitrations: readonly ArbitrationRow[];
    }
  /** An alert began or is over: it is told once, not at every cycle. */
  | { readonly kind: "alerted"; readonly alarm: AiAlarm; readonly began: boolean };
