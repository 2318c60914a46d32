import { marginOf, roomAtMargin } from "./exposure.ts";
import { beyond } from "./room.ts";
import { pass, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

/**
 * Free is equity less the initial margin of everything held, on its way or reserved. Shares, coins and options need their whole value,
 * and cash for it: profit not yet realised, and what a short sale brought in, buy nothing.
 */
export const buyingPower: Rail = {
  code: "buying_power",
  title: "Buying power",
  against: "orders that the broker would reject, and margin that is spent twice",
  judges: "entries",
  compares: "the order's initial margin with equity, and for cash instruments with cash, that nothing else needs",
  limits: ["leverageMax"],
  refuses: ["buying_power", "buying_power.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("buying_power", "buying_power.no_quote", "exposure is not known");
    const { candidate, limits, standing } = scene;
    const equityFree = standing.equity - found.margin;
    const cashFree = standing.cash - found.cashNeeded;
    const free = candidate.instrument.kind === "perpetual" || equityFree < cashFree ? equityFree : cashFree;
    const needed = marginOf(candidate.notional, candidate.instrument, limits);
    return needed <= free && standing.equity > 0n
      ? pass("buying_power", "money", needed, free)
      : beyond("buying_power", scene, "money", needed, free, roomAtMargin(free, candidate.instrument, limits));
  },
};
