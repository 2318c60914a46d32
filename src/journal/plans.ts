import type { ProtectionPlan } from "../flow/portfolio/standing.ts";
import type { InstrumentId } from "../words/ids.ts";

/** What protects each position, and since when it was to. */
export class Plans {
  readonly #of = new Map<InstrumentId, { readonly plan: ProtectionPlan; readonly at: Temporal.Instant }>();

  get(instrument: InstrumentId): ProtectionPlan | undefined {
    return this.#of.get(instrument)?.plan;
  }

  set(plan: ProtectionPlan, at: Temporal.Instant): void {
    this.#of.set(plan.instrument, { plan, at });
  }

  delete(instrument: InstrumentId): void {
    this.#of.delete(instrument);
  }

  /** What the venue did at that instant to the price; a plan that was made since, where that is read late, is one of the new price. */
  change(instrument: InstrumentId, at: Temporal.Instant, after: (plan: ProtectionPlan) => ProtectionPlan): void {
    const known = this.#of.get(instrument);
    if (known !== undefined && Temporal.Instant.compare(known.at, at) <= 0) this.set(after(known.plan), at);
  }
}
