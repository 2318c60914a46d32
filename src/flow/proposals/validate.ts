import type { Instrument } from "../../words/instrument.ts";
import type { CorrelationId, ProposalId } from "../../words/ids.ts";
import { absolute, minus, money, notional, sum, timesRate, zeroMoney, type Money } from "../../words/money.ts";
import { toTick, type Price } from "../../words/price.ts";
import { magnitude } from "../../words/quantity.ts";
import { bps } from "../../words/rate.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { AssetContext, Context } from "../context/gather.ts";
import type { Proposal, ProposalAction, Proposer } from "./proposal.ts";
import type { AssetDecision, PortfolioReply } from "./read-portfolio.ts";

export type ValidationCode =
  | "unknown_symbol"
  | "symbol_twice"
  | "symbol_missing"
  | "allocations_do_not_sum"
  | "allocation_missing"
  | "allocation_over_maximum"
  | "allocation_below_minimum"
  | "allocation_without_trade"
  | "stop_missing"
  | "stop_wrong_side"
  | "target_wrong_side"
  | "no_position"
  | "nothing_to_adjust"
  | "confidence_too_low";

/** A rule of PERP-3 that an answer breaks, with the numbers. */
export type Invalid = {
  readonly code: ValidationCode;
  readonly symbol?: string;
  readonly measured?: number | bigint;
  readonly limit?: number | bigint;
  readonly detail?: string;
};

export type ValidationRules = { readonly allocationMax: Money; readonly confidenceMin: number; readonly stopRequired: boolean };

/** Rounding in an answer may put the sum off by this much of the total. */
const sumTolerance = bps(100);

/** The answer as a whole: names are known and appear once, and the parts make the total. */
export function checkPortfolio(reply: PortfolioReply, context: Context): Result<readonly AssetDecision[], Invalid> {
  const seen = new Set<string>();
  for (const { symbol } of reply.decisions) {
    if (!context.assets.some(({ instrument }) => instrument.symbol === symbol)) return err({ code: "unknown_symbol", symbol });
    if (seen.has(symbol)) return err({ code: "symbol_twice", symbol });
    seen.add(symbol);
  }
  const missing = context.assets.find(({ instrument }) => !seen.has(instrument.symbol));
  if (missing !== undefined) return err({ code: "symbol_missing", symbol: missing.instrument.symbol });
  const total = sum(reply.decisions.map(({ allocation }) => allocation));
  const off = absolute(minus(total, reply.totalAllocation));
  if (off > timesRate(reply.totalAllocation, sumTolerance, "down") && off > money("1"))
    return err({ code: "allocations_do_not_sum", measured: total, limit: reply.totalAllocation });
  return ok(reply.decisions);
}

/** One decision as a proposal; what it is worth is the rails' business, whether it makes sense is settled here. */
export function toProposal(
  decision: AssetDecision,
  asset: AssetContext,
  id: ProposalId,
  correlation: CorrelationId,
  by: Proposer,
): Proposal {
  const { instrument, position } = asset;
  const long = decision.action === "buy" || (decision.action !== "sell" && (position?.quantity ?? 0n) > 0n);
  return {
    id,
    correlation,
    by,
    instrument: instrument.id,
    action: decision.action,
    allocation: decision.allocation,
    ...(decision.stopLoss === undefined ? {} : { stopLoss: onTick(decision.stopLoss, instrument, long) }),
    ...(decision.takeProfit === undefined ? {} : { takeProfit: onTick(decision.takeProfit, instrument, !long) }),
    confidence: decision.confidence,
    riskLevel: decision.riskLevel,
    exitPlan: decision.exitPlan,
    rationale: decision.rationale,
  };
}

/** Levels between ticks move toward the entry: less risk, less reward, and an order the venue takes. */
const onTick = (level: Price, { tick }: Instrument, up: boolean): Price => toTick(level, tick, up ? "up" : "down");

const trades: Readonly<Record<ProposalAction, boolean>> = {
  buy: true,
  sell: true,
  adjust_position: true,
  hold: false,
  close_position: false,
  adjust_orders: false,
};

/**
 * The business rules for one proposal, from rules and models alike; undefined when it holds. What only takes risk away is never
 * refused for its size, its confidence or a missing stop.
 */
export function validate(proposal: Proposal, asset: AssetContext, rules: ValidationRules): Invalid | undefined {
  const { action, allocation, stopLoss, takeProfit, confidence } = proposal;
  const { position, protection, instrument, market } = asset;
  if (action === "hold") return undefined;
  if (!trades[action] && allocation !== 0n) return { code: "allocation_without_trade", measured: allocation };
  const entry = action === "buy" || action === "sell";
  if (!entry && position === undefined) return { code: "no_position", detail: action };
  if (entry && allocation === 0n) return { code: "allocation_missing" };
  if (action === "close_position" || (entry && position !== undefined && position.quantity > 0n !== (action === "buy"))) return undefined;
  if (action === "adjust_orders" && stopLoss === undefined && takeProfit === undefined) return { code: "nothing_to_adjust" };

  const { last } = market.quote;
  const held = position === undefined ? zeroMoney : notional(last, magnitude(position.quantity), instrument.multiplier, "up");
  if (entry || (action === "adjust_position" && allocation > held)) {
    if (confidence < rules.confidenceMin) return { code: "confidence_too_low", measured: confidence, limit: rules.confidenceMin };
    if (entry && allocation < instrument.minNotional)
      return { code: "allocation_below_minimum", measured: allocation, limit: instrument.minNotional };
    if (allocation > rules.allocationMax) return { code: "allocation_over_maximum", measured: allocation, limit: rules.allocationMax };
    // An adjusted position stays behind the stop that it has; an entry brings its own.
    if (rules.stopRequired && stopLoss === undefined && (entry || protection?.stopLoss === undefined)) return { code: "stop_missing" };
  }
  const long = action === "buy" || (action !== "sell" && position !== undefined && position.quantity > 0n);
  if (stopLoss !== undefined && (long ? stopLoss >= last : stopLoss <= last))
    return { code: "stop_wrong_side", measured: stopLoss, limit: last };
  if (takeProfit !== undefined && (long ? takeProfit <= last : takeProfit >= last))
    return { code: "target_wrong_side", measured: takeProfit, limit: last };
  return undefined;
}
