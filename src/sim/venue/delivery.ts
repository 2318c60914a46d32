import type { CancelOutcome, PlaceOutcome, VenueOrder, VenueReport } from "../../ports/venue.ts";
import type { Personality } from "./personality.ts";

const nothing: readonly VenueReport[] = Object.freeze([]);

/** The one way out: every answer and report passes here, and through the personality. */
export class Delivery {
  readonly #personality: Personality;
  #queue: VenueReport[] = [];
  /** How many truths there were to report, whatever became of them. */
  reported = 0;

  constructor(personality: Personality) {
    this.#personality = personality;
  }

  get pending(): boolean {
    return this.#queue.length > 0;
  }

  report(truth: VenueReport): void {
    this.reported += 1;
    this.#queue.push(...this.#personality.reported(truth));
  }

  /** Hands every report over once, oldest first; when there is none the same frozen list each time, so that asking costs nothing. */
  drain(): readonly VenueReport[] {
    if (this.#queue.length === 0) return nothing;
    const drained = this.#queue;
    this.#queue = [];
    return drained;
  }

  placed(truth: PlaceOutcome): PlaceOutcome {
    return this.#personality.placed(truth);
  }

  cancelled(truth: CancelOutcome): CancelOutcome {
    return this.#personality.cancelled(truth);
  }

  found(truth: VenueOrder | "absent"): VenueOrder | "absent" | "unknown" {
    return this.#personality.found(truth);
  }
}
