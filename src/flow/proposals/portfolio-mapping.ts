import { cased, type ReplyMapping } from "./reply-mapping.ts";

const riskLevel = { low: cased("low"), medium: cased("medium", "moderate"), high: cased("high") };
const rationale = ["thesis", "reasoning", "reason", "justification", "explanation"];

/**
 * What else a portfolio answer (PERP-1) may be spelled like. Left out on purpose: `allocation`, `size` and `conviction`, whose unit is
 * a guess, and "neutral" and "flat", which may mean to wait or to close.
 */
export const portfolioMapping: ReplyMapping = {
  keys: {
    decisions: ["trade_decisions", "trades"],
    rationale,
    total_allocation_usd: ["totalAllocationUsd", "total_usd"],
    risk_level: ["riskLevel", "risk"],
  },
  words: { risk_level: riskLevel },
  fractions: [],
  decimals: ["total_allocation_usd"],
  texts: ["rationale"],
  below: {
    decisions: {
      keys: {
        symbol: ["ticker", "asset", "instrument", "coin"],
        action: ["side", "direction", "signal", "decision"],
        allocation_usd: ["allocationUsd", "notional_usd", "size_usd", "amount_usd"],
        tp_price: ["tp", "tpPrice", "take_profit", "takeProfit", "take_profit_price", "target", "target_price"],
        sl_price: ["sl", "slPrice", "stop_loss", "stopLoss", "stop_loss_price", "stop", "stop_price"],
        exit_plan: ["exitPlan", "exit", "exit_strategy"],
        rationale,
        risk_level: ["riskLevel", "risk"],
      },
      words: {
        action: {
          buy: cased("buy", "long", "bullish"),
          sell: cased("sell", "short", "bearish"),
          hold: cased("hold", "wait"),
          close_position: cased("close_position", "close"),
          adjust_position: cased("adjust_position"),
          adjust_orders: cased("adjust_orders"),
        },
        risk_level: riskLevel,
      },
      fractions: ["confidence"],
      decimals: ["allocation_usd", "tp_price", "sl_price", "confidence"],
      texts: ["exit_plan", "rationale"],
      below: {},
    },
  },
};
