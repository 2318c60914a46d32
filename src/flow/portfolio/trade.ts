import type { CorrelationId, InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";

/** One round trip: from the fill that opened a position to the one that closed it. */
export type ClosedTrade = {
  readonly instrument: InstrumentId;
  readonly direction: "long" | "short";
  readonly strategy: string;
  /** The decision that opened it. */
  readonly correlation: CorrelationId | undefined;
  readonly openedAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant;
  readonly realised: Money;
  readonly fees: Money;
  readonly funding: Money;
  /** Realised less fees, with funding: what it brought. */
  readonly net: Money;
  readonly endedBy: "order" | "stop_loss" | "take_profit" | "liquidation" | "settlement";
};

/** What was decided lately and what became of it, for the next context (PERP-2). */
export type DecisionMemory = {
  readonly instrument: InstrumentId;
  readonly correlation: CorrelationId;
  readonly action: string;
  readonly confidence: number;
  readonly fate: string;
  readonly decidedAt: Temporal.Instant;
  /** What the trade that it opened has brought, once that is over. */
  readonly net?: Money;
};
