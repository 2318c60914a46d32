import { fnv1a64, mix64 } from "../words/hash64.ts";
import { invariant } from "../words/invariant.ts";

const mask64 = (1n << 64n) - 1n;

/**
 * The natural logarithm of a number in (0, 1), to about 15 digits. ECMAScript lets `Math.log`, `exp`, `pow` and `cos` differ
 * in their last bits; V8 ships its own, yet how it is compiled may vary. `+ - * /` and `Math.sqrt` are exact by IEEE 754, so the
 * simulations use only those: not even `**`.
 */
function logOf(fraction: number): number {
  let mantissa = fraction;
  let halvings = 0;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    halvings++;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let series = 0;
  for (let odd = 21; odd >= 1; odd -= 2) series = series * square + 1 / odd;
  return 2 * z * series - halvings * Math.LN2;
}

/**
 * A seeded stream of random numbers: xoshiro128** (Blackman, Vigna 2018) started by SplitMix64. The same seed gives the same
 * numbers on every machine and engine. For simulations and tests only: it is not fit for secrets.
 */
export class Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare: number | undefined;

  /** A whole number and its decimal text are the same seed, so that it does not matter who parsed a command line. */
  constructor(seed: string | number) {
    invariant(typeof seed === "string" || Number.isSafeInteger(seed), `a seed is a text or a whole number, not ${seed}`);
    this.#seed = String(seed);
    const start = fnv1a64(this.#seed);
    const golden = 0x9e3779b97f4a7c15n;
    const first = mix64((start + golden) & mask64);
    const second = mix64((start + 2n * golden) & mask64);
    this.#a = Number(BigInt.asIntN(32, first));
    this.#b = Number(BigInt.asIntN(32, first >> 32n));
    this.#c = Number(BigInt.asIntN(32, second));
    this.#d = Number(BigInt.asIntN(32, second >> 32n));
  }

  /** A stream that depends on the seed and the label alone: draws made here before or after never shift it. */
  fork(label: string): Random {
    return new Random(`${this.#seed} > ${label.length}:${label}`);
  }

  /** A whole number in [0, 2^32). */
  uint32(): number {
    const fived = Math.imul(this.#b, 5);
    const result = Math.imul((fived << 7) | (fived >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A whole number in [0, 2^53). */
  #uint53(): number {
    const high = this.uint32() >>> 5;
    return high * 0x4000000 + (this.uint32() >>> 6);
  }

  /** Uniform in [0, 1), with 53 random bits. */
  next(): number {
    return this.#uint53() / 0x20000000000000;
  }

  /** Standard normal, by the polar method (Marsaglia, Bray 1964), which needs no sine or cosine. */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const radius = x * x + y * y;
      if (radius >= 1 || radius === 0) continue;
      const factor = Math.sqrt((-2 * logOf(radius)) / radius);
      this.#spare = y * factor;
      return x * factor;
    }
  }

  /** A whole number from `min` to `max`, both included, each equally likely. */
  int(min: number, max: number): number {
    const span = max - min + 1;
    invariant(Number.isSafeInteger(min) && Number.isSafeInteger(max) && min <= max, `${min} to ${max} is a range of whole numbers`);
    invariant(Number.isSafeInteger(span), `${min} to ${max} holds fewer than 2^53 numbers`);
    // The last, incomplete copy of the range is drawn again: without that, small numbers would come up more often.
    const end = 0x20000000000000 - (0x20000000000000 % span);
    let drawn = this.#uint53();
    while (drawn >= end) drawn = this.#uint53();
    return min + (drawn % span);
  }

  /** True with this probability; it takes one draw whatever the probability, so that tuning one does not shift the rest. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(list: readonly Item[]): Item {
    invariant(list.length > 0, "a pick is from a list that is not empty");
    return list[this.int(0, list.length - 1)] as Item;
  }

  /** A shuffled copy (Fisher, Yates); the list itself stays as it was. */
  shuffle<Item>(list: readonly Item[]): Item[] {
    const shuffled = [...list];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.int(0, last);
      const held = shuffled[last] as Item;
      shuffled[last] = shuffled[other] as Item;
      shuffled[other] = held;
    }
    return shuffled;
  }
}
