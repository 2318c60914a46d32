import { bps, type Rate } from "../../words/rate.ts";
import type { Random } from "../random.ts";

const clamp = (value: number, max: number): number => Math.max(-max, Math.min(max, value));

const interestPerEightHours = 0.0001;
const dampingMax = 0.0005;
const fundingRateMax = 0.0075;

/**
 * Binance's published rule for USDT perpetuals: the mean premium plus the interest rate's distance to it, held within 0.05%, for
 * eight hours; divided for shorter intervals, clamped at 0.75%, and rounded to the eight decimals that venues quote.
 */
export function fundingRateOf(premiumMean: number, intervalHours: number): Rate {
  const eightHours = premiumMean + clamp(interestPerEightHours - premiumMean, dampingMax);
  const paid = clamp((eightHours * intervalHours) / 8, fundingRateMax);
  return bps(Math.round(paid * 1e8) / 1e4);
}

const trendMemory = 23 / 24;
const premiumPerTrend = 0.03;
const reversionPerHour = 0.2;
const noisePerHour = 0.000_15;
const premiumMax = 0.02;

/** How far the perpetual trades above its index, as a fraction: it chases the last day's trend and reverts when that ends. */
export class Premium {
  readonly #random: Random;
  #value = 0;
  #trend = 0;
  #sum = 0;
  #hours = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get value(): number {
    return this.#value;
  }

  endHour(hourReturn: number): void {
    this.#trend = this.#trend * trendMemory + hourReturn;
    const pulled = this.#value + reversionPerHour * (this.#trend * premiumPerTrend - this.#value);
    this.#value = clamp(pulled + noisePerHour * this.#random.normal(), premiumMax);
    this.#sum += this.#value;
    this.#hours++;
  }

  /** The rate for the interval that ends with the last hour; the next mean starts empty. */
  settle(intervalHours: number): Rate {
    const mean = this.#hours === 0 ? this.#value : this.#sum / this.#hours;
    this.#sum = 0;
    this.#hours = 0;
    return fundingRateOf(mean, intervalHours);
  }
}
