import { shareOfEquity } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const grossExposure: Rail = {
  code: "gross_exposure",
  title: "Gross exposure",
  against: "many limits kept one by one and broken together",
  judges: "entries",
  compares: "all positions, entries on their way, unknown and reserved, longs and shorts added, with the order, with their share of equity",
  limits: ["grossExposureBpsMax"],
  refuses: ["gross_exposure", "gross_exposure.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("gross_exposure", "gross_exposure.no_quote", "exposure is not known");
    const { candidate, limits, standing } = scene;
    const after = found.gross + candidate.notional;
    const most = shareOfEquity(standing.equity, limits.grossExposureBpsMax);
    return after <= most
      ? pass("gross_exposure", "money", after, most)
      : beyond("gross_exposure", scene, "money", after, most, most - found.gross);
  },
};
