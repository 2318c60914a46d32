import type { Random } from "../random.ts";

const reversionPerHour = 0.01;
const noisePerHour = 0.006;
/** Beyond this hourly return positions are forced out, three times as fast as the price moves. */
const calmReturnMax = 0.015;
const forcedOutPerReturn = 3;
const shareMin = 0.2;

/** Open interest in lots: wanders about its base, and falls when a violent hour liquidates positions. */
export class OpenInterest {
  readonly #base: number;
  readonly #random: Random;
  #share = 1;

  constructor(baseLots: number, random: Random) {
    this.#base = baseLots;
    this.#random = random;
  }

  get lots(): number {
    return Math.max(1, Math.round(this.#base * this.#share));
  }

  endHour(hourReturn: number): void {
    const forcedOut = Math.max(0, Math.abs(hourReturn) - calmReturnMax) * forcedOutPerReturn;
    const moved = reversionPerHour * (1 - this.#share) + this.#share * (noisePerHour * this.#random.normal() - forcedOut);
    this.#share = Math.max(shareMin, this.#share + moved);
  }
}
