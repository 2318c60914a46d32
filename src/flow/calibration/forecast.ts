import type { CorrelationId, InstrumentId, ProposalId } from "../../words/ids.ts";
import type { Price } from "../../words/price.ts";
import type { Proposer } from "../proposals/proposal.ts";

/** What a proposer said would happen, so that it can be scored: target before stop, until the horizon. */
export type Forecast = {
  readonly proposal: ProposalId;
  readonly correlation: CorrelationId;
  readonly by: Proposer;
  readonly instrument: InstrumentId;
  readonly direction: "up" | "down";
  /** 0..1, raw. */
  readonly confidence: number;
  readonly entry: Price;
  readonly takeProfit: Price;
  readonly stopLoss: Price;
  readonly madeAt: Temporal.Instant;
  readonly horizonAt: Temporal.Instant;
};

/** `came_true` is 1 when the target was met first, 0 when the stop was, and at the horizon by which of the two the price is nearer to. */
export type Outcome = {
  readonly proposal: ProposalId;
  readonly cameTrue: boolean;
  readonly by: "target" | "stop" | "horizon";
  readonly resolvedAt: Temporal.Instant;
};
