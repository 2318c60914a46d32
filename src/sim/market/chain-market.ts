import type { AssetHistory } from "../../flow/market/bars.ts";
import { priceInto, slots } from "../../flow/market/options/black-scholes.ts";
import type { Chain } from "../../flow/market/options/chain.ts";
import { expiryAt } from "../../flow/market/options/expiry-time.ts";
import { approximately } from "../../words/exact.ts";
import { msOf } from "../../words/instant.ts";
import type { Option } from "../../words/instrument.ts";
import { intervalMs } from "../../words/interval.ts";
import { invariant, present } from "../../words/invariant.ts";
import { Random } from "../random.ts";
import { checkChainSpec, type ChainSpec } from "./chain-spec.ts";
import { ComingDividends } from "./coming-dividends.ts";
import { contractsOf, listedInterest } from "./chain-contracts.ts";
import { marketChain } from "./market-chain.ts";
import { sessionWalk } from "./session-walk.ts";
import { VolatilitySurface } from "./volatility-surface.ts";

const yearMs = 365 * 86_400_000;
const sessionMinutes = 390;
const minuteMs = intervalMs["1m"];
const minuteYears = 1 / (252 * sessionMinutes);

/**
 * A made-up options market, minute by minute over New York sessions: every contract priced by Black, Scholes and Merton at a
 * volatility with skew, smile and term structure that moves with the underlying; spreads, volume and open interest around it. It runs
 * forward only; the same specification gives the same days again. American contracts are quoted at their exercise value at least.
 *
 * Prices go through exp and log, which engines may round differently in the last bit: that shows only where a price lies within 10^-12
 * of half a tick.
 */
export class ChainMarket {
  readonly underlying: AssetHistory;
  readonly contracts: readonly Option[];
  /** Ticks of each contract at the current minute; zero where nobody quotes that side, both once it has expired. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** Contracts that either side is good for. */
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
  /** Contracts: traded so far today, and open since the evening before. */
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
  /** The volatility that each is priced at, and six numbers a contract as `slot` orders them. */
  readonly iv: Float64Array;
  readonly priced: Float64Array;
  readonly #spec: ChainSpec;
  readonly #surface: VolatilitySurface;
  readonly #trades: Random;
  readonly #quotes: Random;
  readonly #silent: Uint8Array;
  readonly #strike: Float64Array;
  readonly #endsMs: Float64Array;
  readonly #tick: Float64Array;
  readonly #coming: ComingDividends;
  #minute = -1;

  constructor(spec: ChainSpec) {
    checkChainSpec(spec);
    const random = new Random(spec.seed).fork("chain");
    this.#spec = spec;
    this.underlying = spec.over ?? sessionWalk(spec, random.fork("underlying"));
    this.contracts = contractsOf(spec);
    this.#coming = new ComingDividends(spec.dividends ?? []);
    const { length } = this.contracts;
    this.bid = new Float64Array(length);
    this.ask = new Float64Array(length);
    this.bidSize = new Float64Array(length);
    this.askSize = new Float64Array(length);
    this.volume = new Float64Array(length);
    const interest = random.fork("interest");
    this.openInterest = Float64Array.from(this.contracts, (contract) => listedInterest(spec, contract, interest));
    this.iv = new Float64Array(length);
    this.priced = new Float64Array(length * slots);
    this.#surface = new VolatilitySurface(spec.surface, random.fork("surface"));
    this.#trades = random.fork("trades");
    this.#quotes = random.fork("quotes");
    this.#strike = Float64Array.from(this.contracts, ({ strike }) => approximately(strike));
    this.#tick = Float64Array.from(this.contracts, ({ tick }) => approximately(tick));
    this.#endsMs = Float64Array.from(this.contracts, ({ expiry }) => msOf(present(expiryAt(expiry), "listed expiries are sessions")));
    const silent = random.fork("greeks");
    this.#silent = Uint8Array.from(this.contracts, () => (silent.chance(spec.withoutGreeks ?? 0) ? 1 : 0));
  }

  /** How many minutes there are in all. */
  get length(): number {
    return this.underlying.bars.length;
  }

  /** The bar of the underlying whose close the quotes stand at; -1 before the first. */
  get minute(): number {
    return this.#minute;
  }

  /** The instant of the quotes: the end of the minute. */
  get atMs(): number {
    invariant(this.#minute >= 0, "quotes are read once a minute has passed");
    return (this.underlying.bars.openMs[this.#minute] ?? 0) + minuteMs;
  }

  /** When a contract stops trading, in epoch milliseconds: it has no quotes from then on. */
  endsMs(contract: number): number {
    return this.#endsMs[contract] ?? 0;
  }

  /** Whether the venue sends a contract's volatility and greeks. */
  tellsGreeks(contract: number): boolean {
    return this.#silent[contract] === 0;
  }

  /** Goes to the next minute; false when there is none. */
  advance(): boolean {
    if (this.#minute + 1 >= this.length) return false;
    this.#minute += 1;
    const { openMs, open, close } = this.underlying.bars;
    const at = this.#minute;
    const newDay = at === 0 || (openMs[at] ?? 0) - (openMs[at - 1] ?? 0) > minuteMs;
    if (newDay) this.#openDay(at > 0);
    const tick = approximately(this.#spec.underlying.tick);
    // A dividend that is gone from the price is no fall of the market.
    const gone = at === 0 ? 0 : this.#coming.between(openMs[at - 1] ?? 0, openMs[at] ?? 0) / tick;
    const from = ((at === 0 ? open[0] : close[at - 1]) ?? 1) - gone;
    const usual = this.#spec.annualVolatility * Math.sqrt(newDay && at > 0 ? 1 / 252 / 4 : minuteYears);
    this.#surface.step(((close[at] ?? 1) / from - 1) / usual, newDay && at > 0 ? 1 / 252 / 4 : minuteYears);
    const underlying = (close[at] ?? 1) * tick;
    for (let contract = 0; contract < this.contracts.length; contract++) this.#quote(contract, underlying);
    return true;
  }

  /** The current minute as a chain, without what has expired; `quotedAt` is the minute's end. */
  chain(): Chain {
    return marketChain(this);
  }

  #quote(at: number, underlying: number): void {
    const years = ((this.#endsMs[at] ?? 0) - this.atMs) / yearMs;
    if (years <= 0) {
      this.bid[at] = 0;
      this.ask[at] = 0;
      this.bidSize[at] = 0;
      this.askSize[at] = 0;
      return;
    }
    const { rates, spreadBps, contractsPerDay } = this.#spec;
    const without = Math.max(1e-6, underlying - this.#coming.between(this.atMs, this.#endsMs[at] ?? 0));
    const strike = this.#strike[at] ?? 0;
    const call = this.contracts[at]?.right === "call";
    const moneyness = Math.log(strike / without) - (rates.rate - rates.dividendYield) * years;
    const volatility = this.#surface.at(moneyness, years);
    this.iv[at] = volatility;
    priceInto(this.priced, at * slots, call, without, strike, years, rates.rate, rates.dividendYield, volatility);
    const exercised = call ? underlying - strike : strike - underlying;
    const value = Math.max(this.priced[at * slots] ?? 0, exercised);
    const k = moneyness / (volatility * Math.sqrt(years));
    // Makers ask a share of the price, of the underlying's own width when deep in the money, and more of what hardly trades.
    const wide = (spreadBps / 10_000) * value * (0.8 + 0.4 * this.#quotes.next()) * (1 + 0.15 * k * k * (exercised > 0 ? 0.2 : 1));
    const tick = this.#tick[at] ?? 0.01;
    this.bid[at] = Math.max(0, Math.floor((value - wide / 2) / tick + 1e-9));
    this.ask[at] = Math.max(1, Math.ceil((value + wide / 2) / tick - 1e-9));
    const mean = (contractsPerDay / sessionMinutes) * Math.exp(-0.5 * k * k);
    this.bidSize[at] = this.bid[at] === 0 ? 0 : 1 + Math.floor((0.5 + this.#quotes.next()) * 2 * mean);
    this.askSize[at] = 1 + Math.floor((0.5 + this.#quotes.next()) * 2 * mean);
    this.volume[at] = (this.volume[at] ?? 0) + this.#traded(mean);
  }

  /** Contracts of one minute: mostly none or few, with the mean given (a rounded exponential). */
  #traded(mean: number): number {
    const drawn = this.#trades.next();
    return mean <= 0 ? 0 : Math.floor(-Math.log(1 - drawn) * mean + this.#trades.next());
  }

  /** A part of what was traded stays open overnight. */
  #openDay(closesAnother: boolean): void {
    for (let at = 0; at < this.contracts.length; at++) {
      if (closesAnother) this.openInterest[at] = (this.openInterest[at] ?? 0) + Math.round((this.volume[at] ?? 0) * 0.3);
      this.volume[at] = 0;
    }
  }
}
