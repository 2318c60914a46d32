import type { Option } from "../../../words/instrument.ts";
import { instantOfMs } from "../../../words/instant.ts";
import type { Interval } from "../../../words/interval.ts";
import { priceOfTicks } from "../../../words/price.ts";
import type { AssetSnapshot, Quote } from "../snapshot.ts";
import { Watched } from "../watched.ts";
import type { ContractColumns } from "./contract-columns.ts";
import type { ContractView } from "./contract-view.ts";

/**
 * One contract of a chain: its own bid and ask come in row by row and go out as its quote, with open interest, volume and greeks beside
 * it. An option is marked at the middle of its quote: its last trade may be hours old.
 */
export class WatchedContract extends Watched {
  readonly #columns: ContractColumns;
  #row = -1;

  constructor(instrument: Option, base: Interval, columns: ContractColumns) {
    super(instrument, base, [], 0);
    this.#columns = columns;
  }

  /** The row of the bar that has just been pushed. */
  take(row: number): void {
    this.#row = row;
  }

  override quote(now?: Temporal.Instant): Quote {
    const { bid, ask } = this.#columns;
    const { tick } = this.instrument;
    return {
      ...super.quote(now),
      bid: priceOfTicks(bid[this.#row] ?? 0, tick),
      ask: priceOfTicks(ask[this.#row] ?? 0, tick),
      quotedAt: now?.epochMilliseconds === this.closedMs ? now : instantOfMs(this.closedMs),
    };
  }

  override snapshot(...asked: Parameters<Watched["snapshot"]>): AssetSnapshot {
    return { ...super.snapshot(...asked), contract: this.#view() };
  }

  #view(): ContractView {
    const { openInterest, dayVolume, iv, delta, gamma, theta, vega, source } = this.#columns;
    const at = this.#row;
    return {
      contractsOpen: openInterest[at] ?? 0,
      dayVolume: dayVolume[at] ?? 0,
      ...known("iv", iv[at]),
      ...known("delta", delta[at]),
      ...known("gamma", gamma[at]),
      ...known("theta", theta[at]),
      ...known("vega", vega[at]),
      greeksBy: source,
    };
  }
}

/** A journal has no word for a number that is none. */
const known = <Name extends string>(name: Name, value = Number.NaN): { readonly [Key in Name]?: number } =>
  Number.isFinite(value) ? ({ [name]: value } as { readonly [Key in Name]: number }) : {};
