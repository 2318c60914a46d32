import { exactOne } from "../../words/exact.ts";
import { bpsBetween, fractionOfBps, sizeOf } from "./fractions.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

export const spread: Rail = {
  code: "spread",
  title: "Spread",
  against: "entering an empty or crossed book",
  judges: "entries",
  compares: "ask less bid, against the middle of the two",
  limits: ["spreadBpsMax"],
  refuses: ["spread.no_quote", "spread.crossed", "spread.wide"],
  check: (scene) => {
    const { candidate, limits } = scene;
    const { spreadBpsMax } = limits;
    const found = scene.quote(candidate.instrument.id);
    if (found === undefined) return refuseState("spread", "spread.no_quote", "no quote");
    const { bid, ask } = found;
    const whole = sizeOf(bid + ask);
    if (whole === 0n) return refuseState("spread", "spread.no_quote", "no middle");
    if (ask < bid) return refuse("spread", "spread.crossed", "price", ask - bid, 0n);
    const twice = (ask - bid) * 2n;
    return twice * exactOne > fractionOfBps(spreadBpsMax) * whole
      ? refuse("spread", "spread.wide", "bps", bpsBetween(twice, whole), spreadBpsMax)
      : pass("spread", "bps", bpsBetween(twice, whole), spreadBpsMax);
  },
};
