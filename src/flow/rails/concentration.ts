import { shareOfEquity, sizeOf } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const concentration: Rail = {
  code: "concentration",
  title: "Concentration",
  against: "an account that is one instrument",
  judges: "entries",
  compares: "the instrument's position, orders and reservations on both sides, with the order, with its share of equity",
  limits: ["concentrationBpsMax"],
  refuses: ["concentration", "concentration.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("concentration", "concentration.no_quote", "exposure is not known");
    const { candidate, limits, standing } = scene;
    const before = sizeOf(found.held) + found.heldBuys + found.heldSells;
    const after = before + candidate.notional;
    const most = shareOfEquity(standing.equity, limits.concentrationBpsMax);
    return after <= most
      ? pass("concentration", "money", after, most)
      : beyond("concentration", scene, "money", after, most, most - before);
  },
};
