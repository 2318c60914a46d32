/** Reaction to the last shock and memory of the last variance; 0.98 together gives runs of loud and of quiet bars. */
const reaction = 0.07;
const memory = 0.91;
/** A shock beyond this many standard deviations counts as this many: one jump must not keep a day loud. */
const shockMax = 5;

/** Volatility clusters: GARCH(1,1) (Bollerslev 1986), stepped once a bar, with a long-run variance of one. */
export class Garch {
  #variance = 1;

  /** The coming bar's volatility as a multiple of the ordinary one. */
  get volatility(): number {
    return Math.sqrt(this.#variance);
  }

  /** Takes in the bar's standardized shock, which is near a standard normal. */
  endBar(shock: number): void {
    const bounded = Math.max(-shockMax, Math.min(shockMax, shock));
    this.#variance = 1 - reaction - memory + this.#variance * (reaction * bounded * bounded + memory);
  }
}
