import type { Instrument } from "../../words/instrument.ts";
import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const allowed = passState("instrument_permission", "allowed");

export const instrumentPermission: Rail = {
  code: "instrument_permission",
  title: "Instrument permission",
  against: "an invented or mistaken instrument, and a short sale of what cannot be borrowed",
  judges: "entries",
  compares: "the instrument's id with those allowed and known; for sales, whether it can be sold short",
  limits: ["allowed"],
  refuses: ["instrument_permission", "instrument_permission.unknown", "instrument_permission.not_shortable"],
  check: (scene) => {
    const { instrument, side } = scene.candidate;
    if (!scene.limits.allowed.includes(instrument.id)) return refuseState("instrument_permission", "instrument_permission", "not allowed");
    if (scene.instrument(instrument.id) === undefined)
      return refuseState("instrument_permission", "instrument_permission.unknown", "not known");
    return side === "sell" && !shortable(instrument)
      ? refuseState("instrument_permission", "instrument_permission.not_shortable", instrument.kind)
      : allowed;
  },
};

/** Spot coins are not borrowed here, and options are bought only: the margin of a written option is not modelled. */
function shortable(instrument: Instrument): boolean {
  switch (instrument.kind) {
    case "perpetual":
      return true;
    case "equity":
    case "etf":
      return instrument.shortable;
    case "spot":
    case "option":
      return false;
  }
}
