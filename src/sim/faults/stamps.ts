import type { Fill } from "../../flow/fills/fill.ts";
import type { Read, VenueReport } from "../../ports/venue.ts";
import { instantOfMs, msOf } from "../../words/instant.ts";
import type { WrongClock } from "./wrong-clock.ts";

/** Puts the venue's own time on what it says: `clock_skew`. Until when it wants silence it says in time that we wait, so that stays ours. */
export class Stamps {
  readonly #clock: WrongClock;

  constructor(clock: WrongClock) {
    this.#clock = clock;
  }

  /** An answer that never came has no stamp of the venue's. */
  answer<Outcome extends { readonly kind: string; readonly at: Temporal.Instant }>(outcome: Outcome): Outcome {
    return this.#clock.isTrue || outcome.kind === "unknown" ? outcome : { ...outcome, at: this.#at(outcome.at) };
  }

  readonly fill = (fill: Fill): Fill => ({ ...fill, at: this.#at(fill.at) });

  readonly report = <Report extends VenueReport>(report: Report): Report => {
    const fill = "fill" in report ? { fill: this.fill(report.fill) } : {};
    const at = "at" in report ? { at: this.#at(report.at) } : {};
    return { ...report, ...fill, ...at };
  };

  /** Everything that is stamped at or after `since`, by the venue's clock as its records are. */
  since<Item>(
    since: Temporal.Instant,
    read: (from: Temporal.Instant) => Read<readonly Item[]>,
    stamped: (item: Item) => Item & { readonly at: Temporal.Instant },
  ): Read<readonly Item[]> {
    if (this.#clock.isTrue) return read(since);
    const found = read(instantOfMs(this.#clock.earliest(msOf(since))));
    if (found === "unavailable") return found;
    return found.map(stamped).filter(({ at }) => msOf(at) >= msOf(since));
  }

  #at(at: Temporal.Instant): Temporal.Instant {
    return instantOfMs(this.#clock.at(msOf(at)));
  }
}
