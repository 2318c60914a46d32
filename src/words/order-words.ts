/** The closed words of orders, as venues and books use them. */
export type OrderType = "market" | "limit" | "stop" | "stop_limit" | "trailing_stop";

/** `ioc` fills what it can at once and cancels the rest; `fok` fills whole or not at all; `day` ends with the session. */
export type TimeInForce = "gtc" | "day" | "ioc" | "fok";

/** Why an order exists. Entries add risk; every other purpose only takes it away. */
export type Purpose = "entry" | "reduce" | "close" | "stop_loss" | "take_profit";

/** `lost` is UNKNOWN: no answer came. It keeps its exposure reserved and ends only by evidence from the venue. */
export type OrderState =
  | "planned"
  | "sent"
  | "working"
  | "part_filled"
  | "cancelling"
  | "lost"
  | "cancelled"
  | "expired"
  | "rejected"
  | "withheld"
  | "filled";

/** Latched kill levels. K1: reduce only. K2: also cancel entries, keep protection. K3: cancel all. K4: K3 and flatten. */
export type KillLevel = "none" | "K1" | "K2" | "K3" | "K4";

export type MarginMode = "cross" | "isolated";
export type CostMethod = "average" | "fifo";
