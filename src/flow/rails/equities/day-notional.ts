import { present } from "../../../words/invariant.ts";
import { tradedAndComing } from "./traded-and-coming.ts";
import { beyond } from "../room.ts";
import { pass, refuseState } from "../say.ts";
import type { Rail } from "../verdict.ts";

export const dayNotional: Rail = {
  code: "day_notional",
  title: "Day's notional",
  against: "a desk that trades its account over and over in a day",
  judges: "entries",
  compares: "everything filled since the trading day began, entries on their way and reservations, with this order",
  limits: ["dayNotionalMax"],
  refuses: ["day_notional", "day_notional.unknown"],
  check: (scene) => {
    const most = present(scene.limits.dayNotionalMax, "the largest notional of a day is known");
    const before = tradedAndComing(scene);
    if (before === undefined) return refuseState("day_notional", "day_notional.unknown", "what was traded today is not known");
    const after = before + scene.candidate.notional;
    return after <= most ? pass("day_notional", "money", after, most) : beyond("day_notional", scene, "money", after, most, most - before);
  },
};
