import { Random } from "../random.ts";
import type { Fault } from "./fault.ts";

/** A fault that fell on one request; `ms` is drawn already. */
export type Fallen = Fault & { readonly draw: Random };

const keysMax = 10_000;

/**
 * Which faults fall on which request. A draw hangs on the seed, on what is asked and on how often it was asked, never on what came
 * between: so many callers at once get what they would get one after the other.
 */
export class Dice {
  readonly #random: Random;
  readonly #asked = new Map<string, number>();
  readonly #fell = new Map<string, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  fall(faults: readonly Fault[], key: string): readonly Fallen[] {
    if (faults.length === 0) return [];
    const times = (this.#asked.get(key) ?? 0) + 1;
    // A stand-in that runs for days must not keep every question for ever; what it forgets starts again at one.
    if (this.#asked.size >= keysMax) this.#asked.clear();
    this.#asked.set(key, times);
    const random = this.#random.fork(`${times}:${key}`);
    // Two draws stand for the long key from here on.
    const drawn = `${random.uint32()}.${random.uint32()}`;
    return faults.flatMap((fault, at) => {
      const draw = new Random(`${drawn} ${at}:${fault.text}`);
      const fell = this.#fell.get(fault.text) ?? 0;
      if (!draw.chance(fault.rate) || fell >= (fault.timesMax ?? Infinity)) return [];
      this.#fell.set(fault.text, fell + 1);
      return [{ ...fault, draw, ...(fault.ms === undefined ? {} : { ms: drawnMs(fault.ms, fault.sigma, draw) }) }];
    });
  }
}

/** Lognormal by its median and the spread of its logarithm. `Math.exp` may differ in its last bit between engines, far below a timer's step. */
const drawnMs = (median: number, sigma: number | undefined, draw: Random): number =>
  sigma === undefined ? median : Math.min(600_000, median * Math.exp(sigma * draw.normal()));
