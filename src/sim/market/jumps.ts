import type { Random } from "../random.ts";

/** Of an ordinary day's standard deviation: most jumps are small, the largest are two days' worth. */
const jumpScale = 0.2;
const scaledJumpMax = 10;

/** The return of one jump: Student's t with three degrees of freedom (fat tails), bounded, scaled by an ordinary day. */
function jumpReturn(random: Random, dayVolatility: number): number {
  let squares = 0;
  for (let i = 0; i < 3; i++) {
    const normal = random.normal();
    squares += normal * normal;
  }
  const drawn = random.normal() / Math.sqrt(squares / 3);
  return Math.max(-scaledJumpMax, Math.min(scaledJumpMax, drawn)) * jumpScale * dayVolatility;
}

/** Jumps as a Poisson process looked at in short steps: at most one a step, zero in most. */
export class Jumps {
  readonly #random: Random;
  readonly #perStep: number;
  readonly #dayVolatility: number;

  constructor(random: Random, perStep: number, dayVolatility: number) {
    this.#random = random;
    this.#perStep = perStep;
    this.#dayVolatility = dayVolatility;
  }

  endStep(): number {
    return this.#random.chance(this.#perStep) ? jumpReturn(this.#random, this.#dayVolatility) : 0;
  }
}
