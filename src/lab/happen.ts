import type { Watched } from "../flow/market/watched.ts";
import type { SimVenue } from "../sim/venue/sim-venue.ts";
import { intervalMs } from "../words/interval.ts";
import { priceOfUnits } from "../words/price.ts";
import { quantityOfUnits } from "../words/quantity.ts";
import { rateOfUnits } from "../words/rate.ts";
import type { TapeEvent } from "./tape.ts";

/** What comes between bars, told to the venue and to what the desk watches. */
export function happen({ kind, atMs, value }: TapeEvent, watched: Watched, venue: SimVenue, index: number): void {
  switch (kind) {
    case "mark":
      watched.setMark(priceOfUnits(value), atMs);
      return venue.setMark(index, priceOfUnits(value), atMs);
    case "open_interest":
      return watched.setOpenInterest(quantityOfUnits(value), atMs);
    case "funding": {
      const { instrument } = watched;
      if (instrument.kind !== "perpetual") return;
      const every = instrument.fundingIntervalHours * intervalMs["1h"];
      watched.setFunding(rateOfUnits(value), atMs, Math.floor(atMs / every) * every + every);
      return venue.fund(index, rateOfUnits(value), atMs);
    }
  }
}
