import { bps, factor } from "../../words/rate.ts";
import { divideUnits } from "../../words/exact.ts";
import type { CorrelationId, ProposalId } from "../../words/ids.ts";
import { larger, moneyOfUnits, notional, smaller, timesRate, zeroMoney, type Money } from "../../words/money.ts";
import { distance, priceNear, type Price } from "../../words/price.ts";
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
  allocationMax: Money,
  id: ProposalId,
  correlation: CorrelationId,
): Proposal {
  const { instrument, position } = asset;
  const long = draft.action === "buy" || (draft.action !== "sell" && (position?.quantity ?? 0n) > 0n);
  const stop = "stop" in draft ? level(draft.stop, asset, long, "stop") : undefined;
  const target = "target" in draft ? level(draft.target, asset, long, "target") : undefined;
  const largest = smaller(timesRate(context.equity, bps(strategy.numbers.allocationBpsMax), "down"), allocationMax);
  return {
    id,
    correlation,
    by: { kind: "rules", name: strategy.name, version: strategy.version },
    instrument: instrument.id,
    action: draft.action,
    allocation: allocationOf(draft, stop, asset, largest, context.equity, strategy.numbers),
    stopLoss: stop,
    takeProfit: target,
    confidence: draft.action === "hold" ? 0 : draft.confidence,
    riskLevel: "riskLevel" in draft ? draft.riskLevel : "medium",
    exitPlan: "exitPlan" in draft ? draft.exitPlan : "",
    rationale: draft.rationale,
  };
}

/** Levels round toward the entry: a little less risk, a little less reward. One that no order could have is none. */
function level(value: number | undefined, { instrument }: AssetContext, long: boolean, kind: "stop" | "target"): Price | undefined {
  if (value === undefined) return undefined;
  const near = priceNear(value, instrument.tick, long === (kind === "stop") ? "up" : "down");
  return near === undefined || (near <= 0n && !instrument.priceMayBeNegative) ? undefined : near;
}

/**
 * An entry's size is what the trade may lose over the distance to its stop, exactly, so that the loss at the stop never exceeds the
 * style's risk; one that wants no stop has the largest size, for the rails to judge. An adjusted position is a multiple of the present one. Nothing grows beyond `largest`, and an increase never shrinks.
 */
function allocationOf(
  draft: Draft,
  stop: Price | undefined,
  { position, market, instrument }: AssetContext,
  largest: Money,
  equity: Money,
  { riskBps }: StrategyNumbers,
): Money {
  const { last } = market.quote;
  if (draft.action === "adjust_position") {
    if (position === undefined) return zeroMoney;
    const held = notional(last, magnitude(position.quantity), instrument.multiplier, "down");
    const wanted = timesRate(held, factor(draft.times), "down");
    return draft.times > 1 ? larger(held, smaller(wanted, largest)) : wanted;
  }
  if ((draft.action !== "buy" && draft.action !== "sell") || equity <= 0n) return zeroMoney;
  const part = factor(draft.part ?? 1);
  if (draft.stop === undefined) return timesRate(largest, part, "down");
  const away = stop === undefined ? 0n : distance(last, stop);
  if (away === 0n) return zeroMoney;
  const risked = timesRate(equity, bps(riskBps), "down");
  const byRisk = moneyOfUnits(divideUnits(risked * last, away, "down"));
  return timesRate(smaller(largest, byRisk), part, "down");
}
