import type { AccountState } from "../journal/account-state.ts";
import { approximately } from "../words/exact.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";

/** The account's worth at the last prices in doubles, cheap enough for every step: read again from the books whenever they change. */
export class BookValue {
  readonly #state: AccountState;
  readonly #index: ReadonlyMap<InstrumentId, number>;
  readonly #perTick: Float64Array;
  readonly #scale: Float64Array;
  readonly #held: Int32Array;
  #heldCount = 0;
  #fixed = 0;

  constructor(state: AccountState, instruments: readonly Instrument[]) {
    this.#state = state;
    this.#index = new Map(instruments.map(({ id }, at) => [id, at]));
    this.#perTick = new Float64Array(instruments.length);
    this.#scale = Float64Array.from(instruments, ({ tick, multiplier }) => approximately(tick) * approximately(multiplier));
    this.#held = new Int32Array(instruments.length);
    this.refresh();
  }

  refresh(): void {
    const state = this.#state;
    this.#heldCount = 0;
    this.#fixed = approximately(state.cash);
    for (const { instrument, quantity, cost, isolatedMargin } of state.positions) {
      const at = this.#index.get(instrument);
      if (at === undefined) continue;
      const signed = approximately(quantity);
      this.#perTick[at] = signed * (this.#scale[at] ?? 0);
      this.#held[this.#heldCount++] = at;
      this.#fixed += approximately(isolatedMargin);
      // A perpetual is worth its gain since entry; what was paid for in cash is worth its price.
      if (state.instrument(instrument).kind === "perpetual") this.#fixed -= Math.sign(signed) * approximately(cost);
    }
  }

  get inMarket(): boolean {
    return this.#heldCount > 0;
  }

  at(lastTicks: (index: number) => number): number {
    let equity = this.#fixed;
    for (let n = 0; n < this.#heldCount; n++) {
      const at = this.#held[n] ?? 0;
      equity += (this.#perTick[at] ?? 0) * lastTicks(at);
    }
    return equity;
  }
}
