import { present } from "../../words/invariant.ts";
import { Random } from "../random.ts";
import { faultNames, termsOf, type FaultName, type Faults, type FaultTerms, type SlowFault } from "./fault-names.ts";

/** Whether and how long: every fault draws from a stream of its own, so that a draw more in one shifts none of the others. */
export class Dice {
  readonly terms: FaultTerms;
  readonly #given: Faults;
  readonly #streams: ReadonlyMap<FaultName, Random>;
  readonly #fired: Record<FaultName, number>;
  #on = true;

  constructor(seed: string | number, faults: Faults) {
    const random = new Random(seed).fork("faults");
    this.terms = termsOf(faults);
    this.#given = faults;
    this.#streams = new Map(faultNames.map((name) => [name, random.fork(name)]));
    this.#fired = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
  }

  get fired(): Readonly<Record<FaultName, number>> {
    return this.#fired;
  }

  off(): void {
    this.#on = false;
  }

  /** Whether the fault is in play at all. */
  has(name: FaultName): boolean {
    return this.#on && this.#given[name] !== undefined;
  }

  /** One draw; whoever then lets it happen says so with `happened`. */
  falls(name: FaultName): boolean {
    return this.has(name) && this.streamOf(name).chance(this.terms[name].chance);
  }

  happened(name: FaultName): void {
    this.#fired[name] += 1;
  }

  delayMs(name: SlowFault): number {
    const { msMin, msMax } = this.terms[name];
    return this.streamOf(name).int(msMin, msMax);
  }

  streamOf(name: FaultName): Random {
    return present(this.#streams.get(name), "every fault has a stream");
  }
}
