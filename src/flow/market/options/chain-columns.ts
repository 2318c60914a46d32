import type { Option } from "../../../words/instrument.ts";
import { approximately } from "../../../words/exact.ts";
import { msOf } from "../../../words/instant.ts";
import { invariant, present } from "../../../words/invariant.ts";
import { priceInto, slots } from "./black-scholes.ts";
import { expiryAt } from "./expiry-time.ts";
import { solveVolatility } from "./implied-volatility.ts";
import type { MarketRates } from "./value-chain.ts";

/** What is held of a chain in money: the marks' worth, and the greeks times contracts times multiplier. */
export type BookGreeks = {
  readonly worth: number;
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
  readonly rho: number;
};

const yearMs = 365 * 86_400_000;
const dearest = 5;

/**
 * One minute of a chain as columns, for marks and screens at every minute: bids and asks in currency come in, mids, volatilities, greeks
 * and the worth of what is held go out, without an allocation. The model here is European for every contract, because it is closed
 * and fast; decisions on single American contracts take `valueChain`. Doubles throughout: nothing here is booked.
 *
 * A quote without two good sides keeps its last mid for marking, so that a hole in the quotes makes nothing worth zero; its volatility
 * and greeks are NaN, as are those of a price that no volatility explains.
 */
export class ChainColumns {
  readonly contracts: readonly Option[];
  readonly length: number;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** Signed contracts that are held. */
  readonly held: Float64Array;
  readonly mid: Float64Array;
  /** A fraction a year. */
  readonly iv: Float64Array;
  /** Six numbers a contract in the order of `slot`: model value, delta, gamma, theta, vega, rho. */
  readonly priced: Float64Array;
  /** Mid times contracts times multiplier. */
  readonly worth: Float64Array;
  readonly #strike: Float64Array;
  readonly #call: Uint8Array;
  readonly #endsMs: Float64Array;
  readonly #multiplier: Float64Array;

  constructor(contracts: readonly Option[]) {
    const column = (): Float64Array => new Float64Array(contracts.length);
    this.contracts = contracts;
    this.length = contracts.length;
    this.bid = column();
    this.ask = column();
    this.held = column();
    this.mid = column();
    this.iv = column();
    this.priced = new Float64Array(contracts.length * slots);
    this.worth = column();
    this.#strike = Float64Array.from(contracts, ({ strike }) => approximately(strike));
    this.#call = Uint8Array.from(contracts, ({ right }) => (right === "call" ? 1 : 0));
    this.#multiplier = Float64Array.from(contracts, ({ multiplier }) => approximately(multiplier));
    this.#endsMs = Float64Array.from(contracts, ({ id, expiry }) =>
      msOf(present(expiryAt(expiry), `${id} expires on a day of the calendar`)),
    );
  }

  /** Works every column out anew from the bids and asks. The volatilities of the last call are where this one starts. */
  value(underlying: number, atMs: number, { rate, dividendYield }: MarketRates): void {
    invariant(underlying > 0, "an underlying is worth more than nothing");
    const { length, bid, ask, held, mid, iv, priced, worth } = this;
    for (let at = 0; at < length; at++) {
      const low = bid[at] ?? 0;
      const high = ask[at] ?? 0;
      const isGood = low > 0 && high >= low;
      if (isGood) mid[at] = (low + high) / 2;
      const middle = mid[at] ?? 0;
      worth[at] = middle * (held[at] ?? 0) * (this.#multiplier[at] ?? 0);
      const years = ((this.#endsMs[at] ?? 0) - atMs) / yearMs;
      const call = this.#call[at] === 1;
      const strike = this.#strike[at] ?? 0;
      const before = iv[at] ?? 0;
      const start = before > 0 && before < dearest ? before : 0;
      const found = isGood && years > 0 ? solveVolatility(call, underlying, strike, years, rate, dividendYield, middle, start) : Number.NaN;
      iv[at] = found;
      if (found > 0) priceInto(priced, at * slots, call, underlying, strike, years, rate, dividendYield, found);
      else priced.fill(Number.NaN, at * slots, at * slots + slots);
    }
  }

  /** The sum over what is held. A position whose greeks are unknown counts with its worth alone. */
  book(): BookGreeks {
    let [worth, delta, gamma, theta, vega, rho] = [0, 0, 0, 0, 0, 0];
    const { priced } = this;
    for (let at = 0; at < this.length; at++) {
      const contracts = this.held[at] ?? 0;
      if (contracts === 0) continue;
      worth += this.worth[at] ?? 0;
      const times = contracts * (this.#multiplier[at] ?? 0);
      const from = at * slots;
      if (Number.isNaN(priced[from] ?? Number.NaN)) continue;
      delta += times * (priced[from + 1] ?? 0);
      gamma += times * (priced[from + 2] ?? 0);
      theta += times * (priced[from + 3] ?? 0);
      vega += times * (priced[from + 4] ?? 0);
      rho += times * (priced[from + 5] ?? 0);
    }
    return { worth, delta, gamma, theta, vega, rho };
  }
}
