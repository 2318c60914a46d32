import { bps, rate, type Rate } from "../../words/rate.ts";
import { approximately } from "../../words/exact.ts";
import type { CorrelationId, ProposalId } from "../../words/ids.ts";
import { smaller, timesRate, zeroMoney, notional, type Money } from "../../words/money.ts";
import { priceNear, type Price } from "../../words/price.ts";
import { magnitude } from "../../words/quantity.ts";
import type { AssetContext, Context } from "../context/gather.ts";
import type { Proposal } from "./proposal.ts";
import type { Draft, Strategy, StrategyNumbers } from "./strategy.ts";

/** A rule's wish in plain numbers comes in; the same record that a model's answer becomes goes out. */
export function proposalOf(
  draft: Draft,
  strategy: Strategy,
  asset: AssetContext,
  context: Context,
  id: ProposalId,
  correlation: CorrelationId,
): Proposal {
  const { instrument, position } = asset;
  const long = draft.action === "buy" || (draft.action !== "sell" && (position?.quantity ?? 0n) > 0n);
  const stop = "stop" in draft ? level(draft.stop, asset, long, "stop") : undefined;
  const target = "target" in draft ? level(draft.target, asset, long, "target") : undefined;
  return {
    id,
    correlation,
    by: { kind: "rules", name: strategy.name, version: strategy.version },
    instrument: instrument.id,
    action: draft.action,
    allocation: allocationOf(draft, strategy.numbers, asset, context.equity),
    ...(stop === undefined ? {} : { stopLoss: stop }),
    ...(target === undefined ? {} : { takeProfit: target }),
    confidence: draft.action === "hold" ? 0 : draft.confidence,
    riskLevel: "riskLevel" in draft ? draft.riskLevel : "medium",
    exitPlan: "exitPlan" in draft ? draft.exitPlan : "",
    rationale: draft.rationale,
  };
}

/** Levels round toward the entry: a little less risk, a little less reward. */
function level(value: number | undefined, { instrument }: AssetContext, long: boolean, kind: "stop" | "target"): Price | undefined {
  if (value === undefined) return undefined;
  return priceNear(value, instrument.tick, long === (kind === "stop") ? "up" : "down");
}

/** Size from the stop: what the trade may lose, over the distance to the stop, and never above the style's allocation. */
function allocationOf(draft: Draft, numbers: StrategyNumbers, asset: AssetContext, equity: Money): Money {
  const { position, market, instrument } = asset;
  const most = timesRate(equity, bps(numbers.allocationBpsMax), "down");
  if (draft.action === "adjust_position") {
    if (position === undefined) return zeroMoney;
    const held = notional(market.quote.last, magnitude(position.quantity), instrument.multiplier, "down");
    return timesRate(held, factor(draft.times), "down");
  }
  if (draft.action !== "buy" && draft.action !== "sell") return zeroMoney;
  const price = approximately(market.quote.last);
  const distance = Math.abs(price - draft.stop) / price;
  if (!(distance > 0)) return zeroMoney;
  const byRisk = timesRate(equity, factor(numbers.riskBps / 10_000 / distance), "down");
  return timesRate(smaller(most, byRisk), factor(draft.part ?? 1), "down");
}

/** A strategy's float as an exact factor of six decimals: sizes come from it, so it must be the same on every machine. */
const factor = (value: number): Rate => rate(Math.min(value, 1_000_000).toFixed(6));
