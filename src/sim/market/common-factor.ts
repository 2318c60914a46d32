import type { Random } from "../random.ts";
import { activityAt } from "./activity.ts";
import { Jumps } from "./jumps.ts";
import type { FactorSpec } from "./market-spec.ts";
import { characters, RegimeChain } from "./regimes.ts";
import { dayVolatilityOf, hourMs, type StepGrid } from "./step-grid.ts";
import { Garch } from "./volatility.ts";

/** What all assets share: regimes, the common return, and how loud each step is. The arrays hold the current bar and are overwritten. */
export class CommonFactor {
  /** Return of the factor in each step: drift, noise and jumps. */
  readonly returns: Float64Array;
  /** Multiplies every volatility in each step: the regime's times the root of the hour's activity. */
  readonly turbulence: Float64Array;
  /** Mean square of the turbulence over the bar, which is also how much busier than usual the bar is. */
  loudness = 1;

  readonly #grid: StepGrid;
  readonly #random: Random;
  readonly #regimes: RegimeChain;
  readonly #garch = new Garch();
  readonly #jumps: Jumps;
  readonly #dayVolatility: number;
  readonly #stepVolatility: number;
  #level = 1;
  #anchor = 1;

  constructor(spec: FactorSpec, grid: StepGrid, random: Random) {
    this.#grid = grid;
    this.#random = random.fork("noise");
    this.#regimes = new RegimeChain(random.fork("regimes"));
    this.#dayVolatility = dayVolatilityOf(spec.annualVolatility);
    this.#stepVolatility = this.#dayVolatility * Math.sqrt(grid.stepDays);
    this.#jumps = new Jumps(random.fork("jumps"), spec.jumpsPerYear / grid.stepsPerYear, this.#dayVolatility);
    this.returns = new Float64Array(grid.perBar);
    this.turbulence = new Float64Array(grid.perBar);
  }

  /** Fills the arrays for the bar that opens here. */
  nextBar(openMs: number): void {
    const { perBar, stepMs, stepDays } = this.#grid;
    const volatility = this.#garch.volatility * this.#stepVolatility;
    let shocks = 0;
    let squares = 0;
    for (let step = 0; step < perBar; step++) {
      const startMs = openMs + step * stepMs;
      const { driftPerDay, turbulence, pullPerHour } = characters[this.#regimes.current];
      const square = turbulence * turbulence * activityAt(startMs);
      const loud = Math.sqrt(square);
      const shock = this.#random.normal();
      const drift = driftPerDay * this.#dayVolatility * stepDays;
      const pull = pullPerHour * (1 - this.#level / this.#anchor) * stepDays * 24;
      const moved = drift + pull + volatility * loud * shock + this.#jumps.endStep();
      this.returns[step] = moved;
      this.turbulence[step] = loud;
      this.#level *= 1 + moved;
      shocks += shock;
      squares += square;
      if ((startMs + stepMs) % hourMs === 0) this.#endHour();
    }
    this.loudness = squares / perBar;
    this.#garch.endBar(shocks / Math.sqrt(perBar));
  }

  #endHour(): void {
    const before = this.#regimes.current;
    if (this.#regimes.endHour() !== before) this.#anchor = this.#level;
  }
}
