import { leverageMaxOf } from "./exposure.ts";
import { timesBetween, timesMultiple } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const leverage: Rail = {
  code: "leverage",
  title: "Leverage",
  against: "borrowing more than the desk or the venue allows",
  judges: "entries",
  compares: "gross exposure with the order against equity, with the smaller of our limit and, for perpetuals, the venue's",
  limits: ["leverageMax"],
  refuses: ["leverage", "leverage.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("leverage", "leverage.no_quote", "exposure is not known");
    const { candidate, limits, standing } = scene;
    const times = leverageMaxOf(candidate.instrument, limits);
    const after = found.gross + candidate.notional;
    if (standing.equity <= 0n) return refuse("leverage", "leverage", "money", after, standing.equity);
    const most = timesMultiple(standing.equity, times);
    const measured = timesBetween(after, standing.equity);
    return after <= most
      ? pass("leverage", "multiple", measured, times)
      : beyond("leverage", scene, "multiple", measured, times, most - found.gross);
  },
};
