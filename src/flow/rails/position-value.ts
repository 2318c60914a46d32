import { sameSideHeld } from "./exposure.ts";
import { beyond } from "./room.ts";
import { pass, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const positionValue: Rail = {
  code: "position_value",
  title: "Position value",
  against: "a position built up by many small orders",
  judges: "entries",
  compares: "the instrument's position, orders and reservations on the order's side, with the order, with the fixed cap",
  limits: ["positionNotionalMax"],
  refuses: ["position_value", "position_value.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("position_value", "position_value.no_quote", "exposure is not known");
    const { candidate, limits } = scene;
    const before = sameSideHeld(found, candidate.side);
    const after = before + candidate.notional;
    const most = limits.positionNotionalMax;
    return after <= most
      ? pass("position_value", "money", after, most)
      : beyond("position_value", scene, "money", after, most, most - before);
  },
};
