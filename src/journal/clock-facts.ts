import type { ClockSkew } from "../words/clock-skew.ts";

/** What was learned of the venue's own clock (OPT-7). One that was never off by anything says nothing here. */
export type ClockFact =
  /** `venueAt` as the venue told it. */
  | ({ readonly kind: "clock_measured"; readonly venueAt: Temporal.Instant } & ClockSkew)
  /** It was asked and did not tell: from here to the next measurement its clock is unknown. */
  | { readonly kind: "clock_unanswered" };
