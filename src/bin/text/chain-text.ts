import type { RejectedRow } from "../../adapters/chains/chain-file-fault.ts";
import type { Chain, ChainQuote } from "../../flow/market/options/chain.ts";
import type { ChainRefusal } from "../../flow/market/options/check-chain.ts";
import { midOf, type MarketRates, type Unvalued } from "../../flow/market/options/value-chain.ts";
import { approximately, formatExact } from "../../words/exact.ts";
import { columns, wrapped } from "./columns.ts";

/** A chain as the file had it, what is left of it with its values, and everything that is not in it by name. */
export type ShownChain = MarketRates & {
  readonly raw: Chain;
  readonly chain: Chain;
  readonly rejected: readonly RejectedRow[];
  readonly refused: readonly ChainRefusal[];
  readonly unvalued: readonly Unvalued[];
};

const widthMax = 110;
const namedMax = 8;

/** Every contract of each chain where `whole`, else a row for each chain; then what was left out, and why. */
export function chainText(shown: readonly ShownChain[], whole: boolean): string {
  const pages = whole ? shown.map((each) => `${headline(each)}${contractTable(each)}`).join("\n") : summaryTable(shown);
  return `${pages}${leftOut(shown)}${legend(shown)}`;
}

const headline = ({ chain, raw, rate, dividendYield }: ShownChain): string =>
  `${chain.underlying} at ${formatExact(chain.underlyingPrice)}, ${chain.asOf.toString()} (UTC), expiring ${raw.expiries.join(", ")}\n` +
  `rate ${percent(rate)}, yield ${percent(dividendYield)}; ${chain.quotes.length} quotes of ${raw.quotes.length}\n\n`;

function contractTable({ chain, raw }: ShownChain): string {
  const quoted = new Map(raw.quotes.map(({ instrument, iv }) => [instrument.id, iv]));
  const rows = chain.quotes.map((quote) => {
    const { instrument, bid, ask, iv, greeks, volume, openInterest } = quote;
    const told = quoted.get(instrument.id);
    return [
      instrument.id,
      formatExact(bid),
      formatExact(ask),
      midOf(quote).toFixed(decimals(quote)),
      iv === undefined ? "none" : percent(iv),
      told === undefined ? "" : percent(told),
      ...(greeks === undefined
        ? ["", "", "", ""]
        : [greeks.delta.toFixed(3), greeks.gamma.toFixed(5), greeks.theta.toFixed(4), greeks.vega.toFixed(4)]),
      volume.toLocaleString("en-US"),
      openInterest.toLocaleString("en-US"),
      greeks?.source ?? "none",
    ];
  });
  const head = ["contract", "bid", "ask", "mid", "iv", "file's iv", "delta", "gamma", "theta", "vega", "volume", "open", "greeks"];
  return rows.length === 0 ? "" : columns([head, ...rows], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
}

/** One digit more than the tick has: a middle may lie between two. */
const decimals = ({ instrument }: ChainQuote): number => (formatExact(instrument.tick).split(".")[1] ?? "").length + 1;

function summaryTable(shown: readonly ShownChain[]): string {
  const rows = shown.map(({ chain, raw, rejected, refused, unvalued }) => {
    const near = nearest(chain);
    return [
      chain.underlying,
      formatExact(chain.underlyingPrice),
      raw.expiries.join(", "),
      raw.quotes.length.toLocaleString("en-US"),
      String(rejected.length + refused.length),
      String(unvalued.filter(({ code }) => code !== "venue_greeks").length),
      near === undefined ? "none" : `${formatExact(near.instrument.strike)} ${near.instrument.right}`,
      near?.iv === undefined ? "none" : percent(near.iv),
    ];
  });
  return columns([["underlying", "price", "expiry", "quotes", "refused", "without iv", "nearest", "its iv"], ...rows], [1, 3, 4, 5, 7]);
}

/** Of those with a volatility the one whose strike is nearest to the underlying's price. */
function nearest({ quotes, underlyingPrice }: Chain): ChainQuote | undefined {
  const away = ({ instrument }: ChainQuote): number => Math.abs(approximately(instrument.strike - underlyingPrice));
  return quotes.filter(({ iv }) => iv !== undefined).toSorted((a, b) => away(a) - away(b))[0];
}

/** By reason, with names: a few where there are many. */
function leftOut(shown: readonly ShownChain[]): string {
  const refusals = shown.flatMap(({ refused }) => refused);
  const unvalued = shown.flatMap(({ unvalued: of }) => of);
  const lines = [
    ...shown.flatMap(({ rejected }) => rejected.map(({ line, why }) => `rejected row ${line}: ${why}`)).slice(0, namedMax),
    ...byCode(refusals).map(([code, names]) => `refused ${code}: ${names}`),
    ...byCode(unvalued).map(([code, names]) => `${code === "venue_greeks" ? "greeks replaced" : "without iv"} ${code}: ${names}`),
  ];
  return lines.length === 0 ? "" : `\n${lines.flatMap((line) => wrapped(line.split(", "), widthMax)).join("\n")}\n`;
}

function byCode(of: readonly { readonly code: string; readonly instrument?: string }[]): readonly (readonly [string, string])[] {
  return [...Map.groupBy(of, ({ code }) => code)].map(([code, all]) => {
    const names = all.flatMap(({ instrument }) => (instrument === undefined ? [] : [instrument]));
    const more = names.length - namedMax;
    return [code, names.length === 0 ? "the whole chain" : `${names.slice(0, namedMax).join(", ")}${more > 0 ? `, and ${more} more` : ""}`];
  });
}

const legend = (shown: readonly ShownChain[]): string =>
  shown.some(({ chain }) => chain.quotes.length > 0)
    ? "\niv and greeks are of the mid, a unit of the underlying: theta a calendar day, vega a point; computed is ours, venue is the file's\n"
    : "";

/** The same for programs. */
export function chainRecord({ chain, raw, rejected, refused, unvalued, rate, dividendYield }: ShownChain): unknown {
  const quoted = new Map(raw.quotes.map(({ instrument, iv }) => [instrument.id, iv]));
  return {
    underlying: chain.underlying,
    underlyingPrice: formatExact(chain.underlyingPrice),
    asOf: chain.asOf.toString(),
    expiries: raw.expiries,
    rate,
    dividendYield,
    quotes: chain.quotes.map((quote) => {
      const { instrument, bid, ask, iv, greeks, volume, openInterest } = quote;
      const { id, right, expiry, strike, exercise } = instrument;
      const prices = { bid: formatExact(bid), ask: formatExact(ask), mid: formatExact((bid + ask) / 2n) };
      const told = quoted.get(id);
      return {
        contract: id,
        right,
        expiry,
        strike: formatExact(strike),
        exercise,
        ...prices,
        volume,
        openInterest,
        iv: iv ?? null,
        fileIv: told ?? null,
        greeks: greeks ?? null,
      };
    }),
    rejected,
    refused,
    unvalued,
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
