import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const noneFound = passState("loss_latch", "none");

export const lossLatch: Rail = {
  code: "loss_latch",
  title: "Loss latch",
  against: "trading on after a loss limit fired, because equity came back or the process restarted",
  judges: "entries",
  compares: "the latches that are set with daily_loss, drawdown and ledger_mismatch",
  limits: [],
  refuses: ["loss_latch.daily_loss", "loss_latch.drawdown", "loss_latch.ledger_mismatch"],
  check: ({ standing }) => {
    for (const { name } of standing.latches) {
      if (name === "daily_loss") return refuseState("loss_latch", "loss_latch.daily_loss", name);
      if (name === "drawdown") return refuseState("loss_latch", "loss_latch.drawdown", name);
      if (name === "ledger_mismatch") return refuseState("loss_latch", "loss_latch.ledger_mismatch", name);
    }
    return noneFound;
  },
};
