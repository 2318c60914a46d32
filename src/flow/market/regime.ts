import { shrunkCorrelation } from "./correlation/shrunk-correlation.ts";

/** Closes of several funds come in; what regime the market is in goes out, by rules alone (COUN-2). Statistics in doubles, never money. */

/** Completed half-hours of one fund, oldest first; `endMs` says which half-hour a close is of, so that two funds can be laid side by side. */
export type HalfHours = { readonly symbol: string; readonly endMs: readonly number[]; readonly closes: readonly number[] };

export type Direction = "up" | "down" | "flat";

export type FundRegime = {
  readonly symbol: string;
  readonly points: number;
  readonly trendPct: number;
  readonly direction: Direction;
  /** Annualised from half-hours, 13 a session and 252 sessions a year. */
  readonly volatilityPct: number;
  /** Below the highest close of the window, in percent of it. */
  readonly drawdownPct: number;
};

export type Regime = {
  readonly funds: readonly FundRegime[];
  readonly missing: readonly { readonly symbol: string; readonly why: string }[];
  /** Mean over all pairs and of stocks with bonds; null where too few half-hours are common. */
  readonly correlationMean: number | null;
  readonly stocksWithBonds: number | null;
  readonly risk: "on" | "off" | "mixed";
  /** The proxies: TLT turned round for rates, HYG against TLT for credit, UUP, GLD and USO as they are. */
  readonly rates: Direction | "unknown";
  readonly credit: Direction | "unknown";
  readonly dollar: Direction | "unknown";
  readonly gold: Direction | "unknown";
  readonly oil: Direction | "unknown";
};

/** Ten sessions; fewer are taken as they are, and fewer than `pointsMin` say nothing. */
const window = 130;
const pointsMin = 8;
const staleMs = 24 * 3_600_000;
const halfHoursPerYear = 13 * 252;
/** A move of less than this many standard deviations of itself is no direction. */
const directionDeviations = 0.5;

export function regimeOf(series: readonly HalfHours[]): Regime {
  const newestMs = Math.max(...series.map(({ endMs }) => endMs.at(-1) ?? -Infinity));
  const whyNot = (of: HalfHours): string | undefined => missing(of, newestMs);
  const known = series.filter((each) => whyNot(each) === undefined);
  const funds = known.map(fundRegime);
  const of = (symbol: string): FundRegime | undefined => funds.find((fund) => fund.symbol === symbol);
  const directionOf = (symbol: string): Direction | "unknown" => of(symbol)?.direction ?? "unknown";
  const together = correlations(known);
  const at = (symbol: string): number => known.findIndex((each) => each.symbol === symbol);
  const [stocks, bonds] = [at("SPY"), at("TLT")];
  const rates = directionOf("TLT");
  return {
    funds,
    missing: series.flatMap((each) => {
      const why = whyNot(each);
      return why === undefined ? [] : [{ symbol: each.symbol, why }];
    }),
    correlationMean: together === undefined ? null : meanPair(together),
    stocksWithBonds: together === undefined || stocks < 0 || bonds < 0 ? null : rounded(together[stocks]?.[bonds] ?? 0),
    risk: riskOf(of("SPY"), directionOf("HYG"), rates, directionOf("UUP")),
    rates: rates === "unknown" || rates === "flat" ? rates : rates === "up" ? "down" : "up",
    credit: creditOf(of("HYG"), of("TLT")),
    dollar: directionOf("UUP"),
    gold: directionOf("GLD"),
    oil: directionOf("USO"),
  };
}

/** Too little of it is known, it makes no sense, or it has not traded for a day while the others have. */
function missing({ endMs, closes }: HalfHours, newestMs: number): string | undefined {
  if (closes.length < pointsMin) return `${closes.length} half-hours of at least ${pointsMin}`;
  if (!closes.every((close) => close > 0 && Number.isFinite(close))) return "a close that is no price";
  const behindMs = newestMs - (endMs.at(-1) ?? 0);
  return behindMs > staleMs ? `nothing for ${Math.floor(behindMs / 3_600_000)} hours while others traded` : undefined;
}

function fundRegime({ symbol, closes: all }: HalfHours): FundRegime {
  const closes = all.slice(-window);
  const returns = returnsOf(closes);
  const first = closes[0] ?? 1;
  const newest = closes.at(-1) ?? first;
  const deviation = Math.sqrt(returns.reduce((sum, each) => sum + each * each, 0) / returns.length);
  const moved = Math.log(newest / first);
  const noise = directionDeviations * deviation * Math.sqrt(returns.length);
  return {
    symbol,
    points: closes.length,
    trendPct: rounded((newest / first - 1) * 100),
    direction: Math.abs(moved) <= noise ? "flat" : moved > 0 ? "up" : "down",
    volatilityPct: rounded(deviation * Math.sqrt(halfHoursPerYear) * 100),
    drawdownPct: rounded((1 - newest / Math.max(...closes)) * 100),
  };
}

/** A vote each for stocks up, credit up, bonds down and dollar down; a fall of stocks by 5% from their high is one against. */
function riskOf(stocks: FundRegime | undefined, ...[credit, bonds, dollar]: readonly (Direction | "unknown")[]): Regime["risk"] {
  const vote = (direction: Direction | "unknown" | undefined, when: "up" | "down"): number =>
    direction === "up" || direction === "down" ? (direction === when ? 1 : -1) : 0;
  const fallen = (stocks?.drawdownPct ?? 0) >= 5 ? -1 : 0;
  const votes = vote(stocks?.direction, "up") + vote(credit, "up") + vote(bonds, "down") + vote(dollar, "down") + fallen;
  return votes >= 2 ? "on" : votes <= -2 ? "off" : "mixed";
}

/** High yield less government bonds: what lenders ask for risk, without what they ask for time. */
function creditOf(high: FundRegime | undefined, government: FundRegime | undefined): Regime["credit"] {
  if (high === undefined || government === undefined) return "unknown";
  const gap = high.trendPct - government.trendPct;
  return Math.abs(gap) < 0.1 ? "flat" : gap > 0 ? "up" : "down";
}

/** Over the half-hours that all funds have; Ledoit and Wolf's shrinkage, since there are few of them for so many pairs. */
function correlations(series: readonly HalfHours[]): readonly (readonly number[])[] | undefined {
  const common = series.map(({ endMs, closes }) => new Map(endMs.map((ms, at) => [ms, closes[at] ?? 0])));
  const [first, ...others] = common;
  if (first === undefined || others.length === 0) return undefined;
  const shared = [...first.keys()].filter((ms) => others.every((each) => each.has(ms))).slice(-window);
  if (shared.length <= pointsMin) return undefined;
  return shrunkCorrelation(common.map((each) => returnsOf(shared.map((ms) => each.get(ms) ?? 1)))).correlations;
}

function meanPair(correlation: readonly (readonly number[])[]): number {
  const pairs = correlation.flatMap((row, i) => row.slice(i + 1));
  return rounded(pairs.reduce((sum, each) => sum + each, 0) / pairs.length);
}

const returnsOf = (closes: readonly number[]): number[] => closes.slice(1).map((close, at) => Math.log(close / (closes[at] ?? close)));
/** To four decimals: the pack is hashed, and must be the same text on every machine. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000 + 0;
