import type { ChargeReason } from "./event.ts";
import type { Account } from "./posting.ts";

/** Where a charge is booked: liquidations and models have accounts of their own, so that reports can tell what each cost. */
export const chargeAccount = {
  liquidation: "liquidation_fees",
  model: "model_costs",
  borrow: "fees",
  interest: "fees",
  regulatory: "fees",
} as const satisfies Record<ChargeReason, Account>;
