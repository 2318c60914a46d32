import { unreachable } from "../../words/invariant.ts";
import { addsRisk } from "./open-orders.ts";
import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const noneSet = passState("kill_switch", "none");

/**
 * K1 and K2 let pass what only takes risk away: K2 cancels entries besides, and keeps protection. K3 has cancelled everything and lets
 * nothing leave until a person clears it. K4 lets only the closes leave that flatten the account.
 */
export const killSwitch: Rail = {
  code: "kill_switch",
  title: "Kill switch",
  against: "risk taken after anyone has said stop",
  judges: "all",
  compares: "the latched kill level with what the order does",
  limits: [],
  refuses: ["kill_switch.entries", "kill_switch.all"],
  check: ({ standing: { killLevel }, candidate }) => {
    switch (killLevel) {
      case "none":
        return noneSet;
      case "K1":
      case "K2":
        return addsRisk(candidate) ? refuseState("kill_switch", "kill_switch.entries", killLevel) : passState("kill_switch", killLevel);
      case "K3":
        return refuseState("kill_switch", "kill_switch.all", killLevel);
      case "K4":
        return candidate.purpose === "close" && candidate.reduceOnly
          ? passState("kill_switch", killLevel)
          : refuseState("kill_switch", "kill_switch.all", killLevel);
      default:
        return unreachable(killLevel);
    }
  },
};
