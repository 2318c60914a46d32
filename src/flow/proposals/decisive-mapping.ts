import { cased, type ReplyMapping } from "./reply-mapping.ts";

/**
 * What else a decisive answer (EQ-2) may be spelled like. Left out on purpose: "neutral" and "flat", which may mean to wait or to close, `price`,
 * which may be any of three, and `confidence`, which may be the probability or the conviction.
 */
export const decisiveMapping: ReplyMapping = {
  keys: { decisions: ["trades", "trade_decisions", "ideas", "signals"] },
  words: {},
  fractions: [],
  decimals: [],
  texts: [],
  below: {
    decisions: {
      keys: {
        symbol: ["ticker", "asset", "instrument", "stock"],
        direction: ["action", "side", "signal", "decision"],
        p_win: ["pWin", "p_win_prob", "win_probability", "winProbability", "probability_of_win", "prob_win"],
        entry: ["entry_price", "entryPrice"],
        stop: ["stop_loss", "stopLoss", "stop_price", "stopPrice", "sl"],
        target: ["take_profit", "takeProfit", "target_price", "targetPrice", "profit_target", "tp"],
        invalidation: ["invalidation_rule", "invalidationRule", "invalidated_if", "invalid_if"],
        ev: ["expected_value", "expectedValue"],
        thesis: ["rationale", "reasoning", "reason", "justification", "explanation"],
        conviction: ["conviction_level", "convictionLevel"],
      },
      words: {
        direction: {
          long: cased("long", "buy", "bullish", "bull", "go_long", "enter_long"),
          short: cased("short", "sell", "bearish", "bear", "go_short", "enter_short", "sell_short"),
          close: cased("close", "exit", "close_position"),
          pass: cased("pass", "hold", "wait", "skip", "none", "no_trade"),
        },
      },
      fractions: ["p_win", "ev", "conviction"],
      decimals: ["p_win", "entry", "stop", "target", "ev", "conviction"],
      texts: ["invalidation", "thesis"],
      below: {},
    },
  },
};
