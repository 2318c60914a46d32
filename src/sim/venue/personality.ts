import type { CancelOutcome, PlaceOutcome, VenueOrder, VenueReport } from "../../ports/venue.ts";

/** How a venue's truth reaches the caller. The books are already settled when these are asked, so no lie can change them. */
export type Personality = {
  readonly placed: (truth: PlaceOutcome) => PlaceOutcome;
  readonly cancelled: (truth: CancelOutcome) => CancelOutcome;
  readonly found: (truth: VenueOrder | "absent") => VenueOrder | "absent" | "unknown";
  /** What to send now for one report: nothing, itself, or more than once. */
  readonly reported: (truth: VenueReport) => readonly VenueReport[];
};

/** Says at once, once, and in order, what is so. */
export const honest: Personality = {
  placed: (truth) => truth,
  cancelled: (truth) => truth,
  found: (truth) => truth,
  reported: (truth) => [truth],
};
