/** Equity as it went, one value a step, in doubles: for statistics and charts, never for limits. */
export class EquityCurve {
  readonly atMs: Float64Array;
  readonly equity: Float64Array;
  length = 0;
  #stepsInMarket = 0;

  constructor(steps: number) {
    this.atMs = new Float64Array(steps);
    this.equity = new Float64Array(steps);
  }

  push(atMs: number, equity: number, inMarket: boolean): void {
    this.atMs[this.length] = atMs;
    this.equity[this.length] = equity;
    this.length++;
    if (inMarket) this.#stepsInMarket++;
  }

  /** Share of steps with a position. */
  get exposure(): number {
    return this.length === 0 ? 0 : this.#stepsInMarket / this.length;
  }

  get average(): number {
    let sum = 0;
    for (let at = 0; at < this.length; at++) sum += this.equity[at] ?? 0;
    return this.length === 0 ? 0 : sum / this.length;
  }
}
