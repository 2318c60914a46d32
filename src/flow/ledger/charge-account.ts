import type { ChargeReason } from "./event.ts";
import type { Account } from "./posting.ts";

/** Where a charge is booked: liquidations and models have accounts of their own, so that reports can tell what each cost. */
export const chargeAccount = {
  liquidation: "liquidation_fees",
  model: "model_costs",
  borrow: "fees",
  interest: "fees",
  regulatory: "fees",
  // What a holding earns or costs by itself stands with funding, and is no cost of trading.
  dividend: "funding",
} as const satisfies Record<ChargeReason, Account>;
