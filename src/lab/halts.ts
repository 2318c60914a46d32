import type { InstrumentId } from "../words/ids.ts";

/** From `fromMs` until before `toMs`, UTC milliseconds, nothing of the instrument trades at the venue. */
export type Halt = { readonly instrument: InstrumentId; readonly fromMs: number; readonly toMs: number };

/**
 * Which assets stand still, as far as bars can tell: a bar that a halt reaches into is halted whole, since nothing says which part of its
 * range traded outside the halt.
 */
export class Halts {
  readonly #halts: readonly (Halt & { readonly asset: number })[];
  readonly #halted = new Set<number>();

  constructor(halts: readonly Halt[], instruments: readonly InstrumentId[]) {
    this.#halts = halts.map((halt) => ({ ...halt, asset: instruments.indexOf(halt.instrument) }));
  }

  /** Tells of each asset that a halt begins or ends for, between the two instants. */
  between(fromMs: number, toMs: number, tell: (asset: number, on: boolean) => void): void {
    if (this.#halts.length === 0) return;
    const now = new Set(this.#halts.filter((halt) => halt.fromMs < toMs && halt.toMs > fromMs).map(({ asset }) => asset));
    for (const asset of this.#halted) if (!now.has(asset)) tell(asset, false);
    for (const asset of now) if (!this.#halted.has(asset)) tell(asset, true);
    this.#halted.clear();
    for (const asset of now) this.#halted.add(asset);
  }
}
