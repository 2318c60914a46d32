import type { Venue } from "../../../src/ports/venue.ts";
import type { SimVenue } from "../../../src/sim/venue/sim-venue.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import type { Rig } from "../../contracts/venue-contract.ts";
import { anOrder } from "./an-order.ts";
import { anEquity, anotherPerpetual, aPerpetual, aVenue, minuteMs } from "./a-market.ts";

/** The simulated venue as the contract drives it, itself or seen through something that stands before it. */
export function aRig(
  kind: "perpetual" | "equity",
  of: Partial<VenueSettings> = {},
  through: (venue: SimVenue, nowMs: () => number) => Venue = (venue) => venue,
): Rig {
  const mine = kind === "perpetual" ? aPerpetual() : anEquity();
  const other = anotherPerpetual();
  const truth = aVenue({ instruments: [mine, other], ...of });
  let nowMs = 0;
  truth.startAt(nowMs);
  const venue = through(truth, () => nowMs);
  const play: Rig["play"] = ([open, high, low, close, volume = 1_000_000]) => {
    truth.openBar(0, nowMs, minuteMs, open, high, low, close, volume);
    truth.rangeBar(0);
    nowMs += minuteMs;
    truth.closeBar(0);
  };
  void play([100, 100, 100, 100]);
  return {
    venue,
    instrument: mine.id,
    other: other.id,
    order: (wish) => anOrder({ instrument: mine.id, ...wish }),
    play,
    endDay: () => truth.endSession(0),
    ...(kind === "perpetual"
      ? { fund: (rate) => truth.fund(0, rate, nowMs) }
      : {
          split: (from, into) => {
            truth.startAt(nowMs);
            truth.split(0, from, into);
          },
        }),
  };
}
