import type { EntryWord, ExitWord } from "../proposals/option-schemas.ts";
import { firedRail, refusalOf, type HardRail } from "./option-hard-rails.ts";
import { exitThresholds, type OptionLimits } from "./option-limits.ts";
import { liquidityRefusals } from "./option-liquidity.ts";
import type { GateRefusal, OptionSituation } from "./option-situation.ts";

/**
 * A situation and a model's answer come in; whether the answer acts goes out (OPT-2). Hard rails are looked at first, and where one
 * fires no model is asked. Gate 1 is objective and applies to answers that would act alone; the others pass it as decisions and never
 * trade. Gate 2 is the answer's confidence and applies to every answer: below it the answer falls back to a person.
 */

export type GateCase =
  | { readonly kind: "exit"; readonly action: ExitWord; readonly confidence: number; readonly situation: OptionSituation }
  | { readonly kind: "entry"; readonly action: EntryWord; readonly confidence: number; readonly situation: OptionSituation };

const outcomes = {
  SELL: "sell",
  HOLD: "hold",
  WAIT: "wait",
  ABSTAIN: "abstain",
  APPROVE: "approve",
  REJECT: "reject",
  NEED_USER: "need_user",
} as const satisfies Record<ExitWord | EntryWord, string>;

/** `sell` and `approve` act, and so do the rails that close; `manual_fallback` and `need_user` go to a person; the rest is a decision not to trade. */
export type GateOutcome = HardRail | (typeof outcomes)[keyof typeof outcomes] | "gate1_blocked" | "manual_fallback";

export type GateVerdict = {
  readonly acts: boolean;
  readonly outcome: GateOutcome;
  readonly asksModel: boolean;
  /** Null where a hard rail fired, so that nothing was asked and no gate was reached. */
  readonly gate1: boolean | null;
  readonly gate2: boolean | null;
  /** Every reason against, of the gate that decided and of the other. */
  readonly refusals: readonly GateRefusal[];
};

const actionable: ReadonlySet<string> = new Set<ExitWord | EntryWord>(["SELL", "APPROVE"]);

export function dualGate(of: GateCase, limits: OptionLimits): GateVerdict {
  const { kind, action, confidence, situation } = of;
  const fired = firedRail(kind, situation, limits);
  if (fired !== undefined)
    return { acts: fired.closes, outcome: fired.rail, asksModel: false, gate1: null, gate2: null, refusals: [refusalOf(fired)] };

  const acts = actionable.has(action);
  const objections = !acts ? [] : kind === "exit" ? exitObjections(situation, limits) : liquidityRefusals(situation, limits);
  const gate1 = objections.length === 0;
  // Written so that a confidence that is not a number does not pass.
  const gate2 = confidence >= limits.confidenceMin;
  const refusals: readonly GateRefusal[] = gate2
    ? objections
    : [...objections, { gate: 2, code: "confidence", measured: confidence, limit: limits.confidenceMin }];
  // A doubtful answer is a person's business even where gate 1 would have stopped it: gate 2 applies to every answer.
  const outcome = !gate2 ? "manual_fallback" : !gate1 ? "gate1_blocked" : outcomes[action];
  return { acts: acts && gate1 && gate2, outcome, asksModel: true, gate1, gate2, refusals };
}

/** One of the three reasons is enough; with none of them a sale is an opinion. */
function exitObjections({ pnlPct = Number.NaN, minutesToClose }: OptionSituation, { exitBias }: OptionLimits): readonly GateRefusal[] {
  const { profitPctMin, lossPctMax, minutesToCloseMax } = exitThresholds[exitBias];
  if (pnlPct >= profitPctMin || pnlPct <= lossPctMax || minutesToClose <= minutesToCloseMax) return [];
  if (Number.isNaN(pnlPct)) return [{ gate: 1, code: "pnl.missing" }];
  return pnlPct < 0
    ? [{ gate: 1, code: "loss_too_small", measured: pnlPct, limit: lossPctMax }]
    : [{ gate: 1, code: "profit_too_small", measured: pnlPct, limit: profitPctMin }];
}
