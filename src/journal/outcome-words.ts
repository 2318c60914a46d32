import type { CancelOutcome, PlaceOutcome } from "../flow/orders/outcome.ts";
import { unreachable } from "../words/invariant.ts";

/** A venue's answers, in words for people. `because` joins what happened to why. */
type Because = (what: string, why: string) => string;

export function placedWords(outcome: PlaceOutcome, because: Because): string {
  switch (outcome.kind) {
    case "accepted":
      return `accepted as ${outcome.venueOrder}`;
    case "rejected":
      return because(`rejected for ${outcome.reason}`, outcome.detail);
    case "unknown":
      return because("got no answer", outcome.detail);
    default:
      return unreachable(outcome);
  }
}

export function cancelledWords(outcome: CancelOutcome, because: Because): string {
  switch (outcome.kind) {
    case "cancelled":
      return "cancelled";
    case "too_late":
      return `too late, it is ${outcome.state}`;
    case "turned_away":
      return `turned away for ${outcome.reason}`;
    case "unknown":
      return because("got no answer", outcome.detail);
    default:
      return unreachable(outcome);
  }
}
