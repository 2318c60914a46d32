import type { Random } from "../random.ts";

export const regimes = ["trend_up", "trend_down", "range", "crash"] as const;
export type Regime = (typeof regimes)[number];

type Character = {
  /** Mean drift of a day, in standard deviations of the market's ordinary day. */
  readonly driftPerDay: number;
  /** Multiplies the ordinary volatility. */
  readonly turbulence: number;
  /** Part of the distance from where the regime began that is pulled back in an hour. */
  readonly pullPerHour: number;
  readonly hoursMean: number;
  /** Probability of each next regime; they sum to one. */
  readonly next: Readonly<Record<Regime, number>>;
};

/**
 * A month that shows every kind of day, with a crash about every 25 days. Weighted by the time spent in each regime, the drifts
 * sum to about zero and the squares of the turbulence average about one, so that prices neither run away nor miss their volatility.
 */
export const characters = {
  trend_up: {
    driftPerDay: 0.55,
    turbulence: 0.97,
    pullPerHour: 0,
    hoursMean: 72,
    next: { trend_up: 0, trend_down: 0.3, range: 0.58, crash: 0.12 },
  },
  trend_down: {
    driftPerDay: -0.42,
    turbulence: 1.1,
    pullPerHour: 0,
    hoursMean: 60,
    next: { trend_up: 0.4, trend_down: 0, range: 0.5, crash: 0.1 },
  },
  range: {
    driftPerDay: 0,
    turbulence: 0.83,
    pullPerHour: 0.05,
    hoursMean: 60,
    next: { trend_up: 0.5, trend_down: 0.4, range: 0, crash: 0.1 },
  },
  crash: {
    driftPerDay: -6,
    turbulence: 2.5,
    pullPerHour: 0,
    hoursMean: 10,
    next: { trend_up: 0.4, trend_down: 0.2, range: 0.4, crash: 0 },
  },
} as const satisfies Record<Regime, Character>;

/** A Markov chain that moves by the hour whatever the bar interval, so that one seed has the same weather in minutes and in days. */
export class RegimeChain {
  readonly #random: Random;
  #current: Regime;

  constructor(random: Random) {
    this.#random = random;
    this.#current = random.pick(["trend_up", "trend_down", "range"]);
  }

  get current(): Regime {
    return this.#current;
  }

  /** Ends the hour: the regime stays, or gives way to another. */
  endHour(): Regime {
    const { hoursMean, next } = characters[this.#current];
    if (this.#random.chance(1 / hoursMean)) {
      let left = this.#random.next();
      for (const regime of regimes) {
        left -= next[regime];
        if (left >= 0) continue;
        this.#current = regime;
        break;
      }
    }
    return this.#current;
  }
}
