import type { FactKind } from "./fact.ts";

/** Kinds that move a position, an order, protection or a latch: each makes an earlier answer stale. */
export const bookChanges: ReadonlySet<FactKind> = new Set([
  "order_planned",
  "order_withheld",
  "order_sent",
  "cancel_answered",
  "order_accepted",
  "order_found",
  "order_absent",
  "order_triggered",
  "order_cancelled",
  "order_rejected",
  "filled",
  "external_fill",
  "fill_busted",
  "shares_split",
  "option_expired",
  "option_exercised",
  "option_assigned",
  "liquidation_charged",
  "cash_moved",
  "protection_planned",
  "latched",
  "cleared",
  "day_opened",
  "strategy_switched",
] satisfies readonly FactKind[]);
