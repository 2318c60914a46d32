import type { Fill } from "../flow/fills/fill.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import type { InstrumentId } from "../words/ids.ts";
import { missing } from "../words/invariant.ts";
import { priceOfUnits, type Price } from "../words/price.ts";
import { splitPrice } from "./after-split.ts";

/** The newest price of each instrument. Marks come from snapshots and fills, both facts, so that a rebuild values the same. */
export class Marks {
  readonly #marks = new Map<InstrumentId, Price>();

  readonly of = (id: InstrumentId): Price => this.#marks.get(id) ?? missing(`${id} has a mark before it has a position`);

  known(id: InstrumentId): Price | undefined {
    return this.#marks.get(id);
  }

  seen({ assets }: MarketSnapshot): void {
    for (const { quote } of assets) this.#marks.set(quote.instrument, quote.mark);
  }

  /** A strike is no price of the market: shares that are delivered at it keep the mark they have. */
  traded({ instrument, price, reason }: Fill): void {
    if (reason !== "settlement" || !this.#marks.has(instrument)) this.#marks.set(instrument, price);
  }

  /** Each of the old contracts became `times` as many of the new. Both are valued from here on: an execution of either may not be told yet. */
  renamed(from: InstrumentId, to: InstrumentId, times: number): void {
    const mark = this.#marks.get(from) ?? splitPrice(this.#marks.get(to) ?? priceOfUnits(0n), times, 1);
    this.#marks.set(from, mark);
    if (!this.#marks.has(to)) this.#marks.set(to, splitPrice(mark, 1, times));
  }

  split(instrument: InstrumentId, from: number, into: number): void {
    const mark = this.#marks.get(instrument);
    if (mark !== undefined) this.#marks.set(instrument, splitPrice(mark, from, into));
  }
}
