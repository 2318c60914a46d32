import type { VenueReport } from "../../ports/venue.ts";

const nothing: readonly VenueReport[] = Object.freeze([]);

/** What the venue has to report, until it is asked for. */
export class Delivery {
  #queue: VenueReport[] = [];
  /** How many reports there were in all. */
  reported = 0;

  get pending(): boolean {
    return this.#queue.length > 0;
  }

  report(truth: VenueReport): void {
    this.reported += 1;
    this.#queue.push(truth);
  }

  /** Hands every report over once, oldest first; when there is none the same frozen list each time, so that asking costs nothing. */
  drain(): readonly VenueReport[] {
    if (this.#queue.length === 0) return nothing;
    const drained = this.#queue;
    this.#queue = [];
    return drained;
  }
}
