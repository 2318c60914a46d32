import { shareOfEquity } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

/** Orders on the other side offset nothing until they have filled: only those on the candidate's side are taken as filled. */
export const netExposure: Rail = {
  code: "net_exposure",
  title: "Net exposure",
  against: "every position leaning the same way",
  judges: "entries",
  compares: "longs less shorts in the order's direction, with entries on its side as if filled and the order, with their share of equity",
  limits: ["netExposureBpsMax"],
  refuses: ["net_exposure", "net_exposure.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("net_exposure", "net_exposure.no_quote", "exposure is not known");
    const { candidate, limits, standing } = scene;
    const before = candidate.side === "buy" ? found.net + found.buys : found.sells - found.net;
    const after = before + candidate.notional;
    const most = shareOfEquity(standing.equity, limits.netExposureBpsMax);
    return after <= most && standing.equity > 0n
      ? pass("net_exposure", "money", after, most)
      : beyond("net_exposure", scene, "money", after, most, standing.equity > 0n ? most - before : 0n);
  },
};
