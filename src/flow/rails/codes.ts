/** The ordered names of the rails: first refusal wins, so the order is the order of precedence. */
export const railCodes = [
  "kill_switch",
  "loss_latch",
  "daily_loss",
  "drawdown",
  "instrument_permission",
  "market_state",
  "stale_data",
  "price_collar",
  "spread",
  "precision",
  "minimum_order",
  "protective_order",
  "unknown_order",
  "duplicate_exact",
  "duplicate_semantic",
  "self_trade",
  "message_throttle",
  "repeated_execution",
  "reduce_only",
  "positions_count",
  "order_value",
  "order_quantity",
  "risk_per_trade",
  "position_value",
  "concentration",
  "gross_exposure",
  "net_exposure",
  "leverage",
  "buying_power",
  "liquidation_distance",
] as const;
export type RailCode = (typeof railCodes)[number];

/** Why something was refused or trimmed: the rail's code, with a suffix where one rail has several reasons. */
export type RefusalCode = string;
