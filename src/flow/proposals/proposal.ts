import type { CorrelationId, InstrumentId, ProposalId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";

export const perpActions = ["buy", "sell", "hold", "adjust_position", "close_position", "adjust_orders"] as const;
export type ProposalAction = (typeof perpActions)[number];
export const riskLevels = ["low", "medium", "high"] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** Who wanted it: a rule strategy or a model, by name and version. */
export type Proposer = { readonly kind: "rules" | "model"; readonly name: string; readonly version: string };

/** What a proposer wants for one instrument (PERP-1). It carries no permission: nothing can be sized or sent from it. */
export type Proposal = {
  readonly id: ProposalId;
  readonly correlation: CorrelationId;
  readonly by: Proposer;
  readonly instrument: InstrumentId;
  readonly action: ProposalAction;
  /** Position notional asked for: to add for buy and sell, to end with for adjust_position, zero otherwise. */
  readonly allocation: Money;
  readonly takeProfit?: Price | undefined;
  readonly stopLoss?: Price | undefined;
  /** 0..1, as the proposer says it; uncalibrated. */
  readonly confidence: number;
  readonly riskLevel: RiskLevel;
  readonly exitPlan: string;
  readonly rationale: string;
};
