import type { Random } from "../random.ts";
import type { SurfaceSpec } from "./chain-spec.ts";

/** The level forgets half of a shock in about this many years: two weeks. */
const memoryYears = 0.055;
/** How much of the level's move comes from the underlying's, against it. */
const leverage = 0.75;
/** Between the level now and the level far out, by expiry: a shock weighs less on what expires late. */
const termYears = 0.25;
/** Skew is a matter of the coming weeks: without a floor it would be infinite on the last day. */
const shortestYears = 5 / 365;
const bounds = { least: 0.05, most: 3 } as const;

/** The volatility that each option is priced at, as it moves through the days. */
export class VolatilitySurface {
  readonly #spec: SurfaceSpec;
  readonly #noise: Random;
  /** The logarithm of the level over its own mean. */
  #shift = 0;

  constructor(spec: SurfaceSpec, noise: Random) {
    this.#spec = spec;
    this.#noise = noise;
  }

  /** One step of `years`, in which the underlying moved by `move` of its usual standard deviations. */
  step(move: number, years: number): void {
    const own = this.#noise.normal() * Math.sqrt(1 - leverage * leverage);
    const shock = own - leverage * Math.max(-5, Math.min(5, move));
    const kept = Math.max(0, 1 - years / memoryYears);
    this.#shift = Math.max(-1.5, Math.min(1.5, this.#shift * kept + this.#spec.volatilityOfLevel * Math.sqrt(years) * shock));
  }

  /** At the money now, for what is about to expire. */
  get level(): number {
    return this.#spec.level * Math.exp(this.#shift);
  }

  /** `logMoneyness` is ln(strike / forward). */
  at(logMoneyness: number, years: number): number {
    const { level, skew, smile } = this.#spec;
    const far = level + (this.level - level) * Math.exp(-years / termYears);
    const k = Math.max(-2, Math.min(2, logMoneyness / Math.sqrt(Math.max(years, shortestYears))));
    return Math.max(bounds.least, Math.min(bounds.most, far + skew * k + smile * k * k));
  }
}
