import type { AssetHistory } from "../../flow/market/bars.ts";
import type { CorporateAction } from "../../flow/market/corporate-action.ts";
import type { MarketRates } from "../../flow/market/options/value-chain.ts";
import { instrumentId } from "../../words/ids.ts";
import { checkInstrument, type Equity, type Etf } from "../../words/instrument.ts";
import { invariant } from "../../words/invariant.ts";
import { money } from "../../words/money.ts";
import { price, type Price } from "../../words/price.ts";
import { quantity, type Quantity } from "../../words/quantity.ts";

/** The volatilities that options are priced at, all fractions a year; k is ln(strike / forward) over the root of the years. */
export type SurfaceSpec = {
  /** At the money, far out in time: where the level returns to. */
  readonly level: number;
  /** The level moves by itself with this volatility a year, and up when the underlying falls. */
  readonly volatilityOfLevel: number;
  /** Added for each unit of k; below zero for shares, whose puts are dear. */
  readonly skew: number;
  /** Added for each unit of k squared. */
  readonly smile: number;
};

export type ChainSpec = {
  readonly seed: string | number;
  readonly underlying: Equity | Etf;
  /** Of the options: `SYN` gives SYN261218C00200000. */
  readonly root: string;
  /** New York date; the first session is the first on or after it. */
  readonly firstDate: string;
  readonly sessions: number;
  readonly startPrice: Price;
  /** Of the underlying's own path, a year. */
  readonly annualVolatility: number;
  readonly dailyVolume: Quantity;
  readonly rates: MarketRates;
  readonly surface: SurfaceSpec;
  /** How many weekly expiries are listed from the first session on. */
  readonly weeklies: number;
  readonly strikeStep: Price;
  /** Strikes on either side of the start price. */
  readonly strikesEachSide: number;
  /** The whole spread of a contract at the money, in basis points of its price; it widens away from the money. */
  readonly spreadBps: number;
  /** Contracts a day of a contract at the money. */
  readonly contractsPerDay: number;
  /** The share of contracts that the venue sends without greeks and volatility; zero by default. */
  readonly withoutGreeks?: number;
  /** Paid by the underlying. A made-up price falls by them at the open of their ex-date; options are worth what they are without them. */
  readonly dividends?: readonly Dividend[];
  /** One-minute bars that are there already, without a hole within a session: the chain is made over them instead of over a made-up walk. */
  readonly over?: AssetHistory;
};

export type Dividend = Extract<CorporateAction, { readonly kind: "dividend" }>;

const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** A specification is ours, so one that breaks a rule throws and says which. */
export function checkChainSpec(spec: ChainSpec): void {
  const checked = checkInstrument(spec.underlying);
  invariant(checked.ok, `${spec.underlying.id} is a sound instrument: ${checked.ok ? "" : checked.error.rule}`);
  invariant(Number.isSafeInteger(spec.sessions) && spec.sessions > 0, `a chain market has at least one session, not ${spec.sessions}`);
  invariant(spec.startPrice > 0n && spec.startPrice % spec.underlying.tick === 0n, "the underlying starts at whole ticks above zero");
  invariant(spec.annualVolatility > 0 && spec.annualVolatility <= 5, "the underlying's volatility is above 0 and up to 5");
  invariant(spec.surface.level > 0 && spec.surface.level <= 3, "the level of volatility is above 0 and up to 3");
  invariant(spec.strikeStep > 0n && spec.strikesEachSide >= 0, "strikes have a step above zero");
  invariant(Number.isSafeInteger(spec.weeklies) && spec.weeklies > 0, "at least one expiry is listed");
  invariant(spec.spreadBps >= 0 && spec.contractsPerDay >= 0, "spreads and volumes are not negative");
  invariant(isShare(spec.withoutGreeks ?? 0), "the share of contracts without greeks is from 0 to 1");
}

/** A made-up share of the order of a large one, and its weekly options; the names say that they are made up. */
export function demoChainSpec(seed: string | number, sessions = 5, firstDate = "2026-06-01"): ChainSpec {
  return {
    seed,
    underlying: {
      kind: "equity",
      id: instrumentId("SYNX"),
      symbol: "SYNX",
      name: "Synthetic X",
      venue: "synthetic",
      currency: "USD",
      tick: price("0.01"),
      lot: quantity("1"),
      multiplier: quantity("1"),
      minQuantity: quantity("1"),
      maxQuantity: quantity("1000000"),
      minNotional: money("0"),
      priceMayBeNegative: false,
      calendar: "xnys",
      shortable: true,
    },
    root: "SYNX",
    firstDate,
    sessions,
    startPrice: price("60"),
    annualVolatility: 0.3,
    dailyVolume: quantity("40000000"),
    rates: { rate: 0.04, dividendYield: 0.005 },
    surface: { level: 0.32, volatilityOfLevel: 0.8, skew: -0.1, smile: 0.06 },
    weeklies: 4,
    strikeStep: price("1"),
    strikesEachSide: 16,
    spreadBps: 120,
    contractsPerDay: 8_000,
  };
}
