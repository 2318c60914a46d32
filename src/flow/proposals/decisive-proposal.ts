import type { CorrelationId, ProposalId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Money } from "../../words/money.ts";
import { toTick, type Price } from "../../words/price.ts";
import type { AssetContext } from "../context/gather.ts";
import type { DecisiveDirection } from "./decisive-schema.ts";
import type { Proposal, ProposalAction, Proposer } from "./proposal.ts";
import type { Decisive } from "./read-decisive.ts";

const actions = { long: "buy", short: "sell", close: "close_position", pass: "hold" } as const satisfies Record<
  DecisiveDirection,
  ProposalAction
>;

/** Levels between ticks move toward the entry: less risk, less reward, and an order that the venue takes. */
export function levelsOnTick({ direction, stop, target }: Decisive, instrument: Instrument) {
  const long = direction === "long";
  const onTick = (level: Price, up: boolean): Price => toTick(level, instrument.tick, up ? "up" : "down");
  return {
    ...(stop === undefined ? {} : { stopLoss: onTick(stop, long) }),
    ...(target === undefined ? {} : { takeProfit: onTick(target, !long) }),
  };
}

/** One decision as a proposal; its size is the desk's, never the model's, and its confidence is the probability as it was said. */
export function decisiveProposal(
  decision: Decisive,
  asset: AssetContext,
  allocation: Money,
  id: ProposalId,
  correlation: CorrelationId,
  by: Proposer,
): Proposal {
  const { direction, pWin, conviction, thesis, invalidation } = decision;
  const trades = direction === "long" || direction === "short";
  return {
    id,
    correlation,
    by,
    instrument: asset.instrument.id,
    action: actions[direction],
    allocation,
    ...(trades ? levelsOnTick(decision, asset.instrument) : {}),
    confidence: pWin ?? conviction,
    riskLevel: "medium",
    exitPlan: invalidation,
    rationale: thesis,
  };
}
