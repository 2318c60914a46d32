import { cased, type ReplyMapping } from "./reply-mapping.ts";

const rationale = ["thesis", "reasoning", "reason", "justification", "explanation"];
const symbol = ["ticker", "asset", "instrument", "coin", "pair"];

/** What else an AI trader's answer may be spelled like. A bare `size` stays unknown: it may be dollars, coins or a share. */
export const traderMapping: ReplyMapping = {
  keys: { decisions: ["trades", "proposals", "trade_decisions"], rationale },
  words: {},
  fractions: [],
  decimals: [],
  texts: ["rationale"],
  below: {
    decisions: {
      keys: {
        symbol,
        side: ["action", "direction", "signal"],
        confidence: ["conviction"],
        size_pct: ["sizePct", "size_percent", "allocation_pct", "position_size_pct"],
        stop_price: ["sl", "stop", "stop_loss", "stopLoss", "stopPrice", "sl_price"],
        target_price: ["tp", "target", "take_profit", "takeProfit", "targetPrice", "tp_price"],
        rationale,
      },
      words: { side: { buy: cased("buy", "long", "bullish"), sell: cased("sell", "short", "bearish") } },
      fractions: ["confidence"],
      decimals: ["confidence", "size_pct", "stop_price", "target_price"],
      texts: ["rationale"],
      below: {},
    },
  },
};

export const arbiterMapping: ReplyMapping = {
  keys: { choices: ["decisions", "rulings"] },
  words: {},
  fractions: [],
  decimals: [],
  texts: [],
  below: {
    choices: {
      keys: { symbol, choice: ["decision", "pick", "winner"], rationale },
      words: { choice: { local: cased("local", "rules"), ai: cased("ai", "model"), none: cased("none", "neither", "abstain") } },
      fractions: [],
      decimals: [],
      texts: ["rationale"],
      below: {},
    },
  },
};
