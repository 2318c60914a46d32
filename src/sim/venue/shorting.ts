import type { Instrument } from "../../words/instrument.ts";

/** Spot and options are sold only from what is held, shares also short where they may be. */
export function isShortable(instrument: Instrument): boolean {
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
