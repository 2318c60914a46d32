import type { Instrument } from "../../words/instrument.ts";
import type { VenueSettings } from "./settings.ts";

/** Spot is sold only from what is held, shares also short where they may be, options where the venue allows it. */
export function isShortable(instrument: Instrument, { optionShorts = false }: Pick<VenueSettings, "optionShorts">): boolean {
  switch (instrument.kind) {
    case "perpetual":
      return true;
    case "equity":
    case "etf":
      return instrument.shortable;
    case "option":
      return optionShorts;
    case "spot":
      return false;
  }
}
