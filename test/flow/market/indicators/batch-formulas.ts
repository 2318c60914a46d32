import type { IndicatorSpec } from "../../../../src/flow/market/indicators/indicator-spec.ts";
import type { Candle } from "./random-walk.ts";

/** The textbook definitions, computed afresh over all bars so far: slow, plain, and independent of the streaming code. */
export type BatchValues = Readonly<Record<string, number>> | undefined;

const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
const squares = (of: readonly number[]): number => of.reduce((sum, value) => sum + (value - mean(of)) ** 2, 0);
const typical = ({ high, low, close }: Candle): number => (high + low + close) / 3;
const one = (value: number | undefined): BatchValues => (value === undefined ? undefined : { x: value });

/** Seeded with the simple average of the first `period`; undefined until there are that many. */
function smoothed(of: readonly number[], period: number, weight: number): number | undefined {
  if (of.length < period) return undefined;
  return of.slice(period).reduce((value, next) => value * (1 - weight) + next * weight, mean(of.slice(0, period)));
}
const ema = (of: readonly number[], period: number): number | undefined => smoothed(of, period, 2 / (period + 1));
const wilder = (of: readonly number[], period: number): number | undefined => smoothed(of, period, 1 / period);

/** Every prefix's value of `measure` that exists, oldest first. */
function eachPrefix(count: number, measure: (length: number) => number | undefined): number[] {
  return Array.from({ length: count }, (_, at) => measure(at + 1)).filter((value) => value !== undefined);
}

const trueRanges = (bars: readonly Candle[]): number[] =>
  bars.map(({ high, low }, at) => {
    const before = bars[at - 1]?.close;
    return before === undefined ? high - low : Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
  });

function adx(bars: readonly Candle[], period: number): BatchValues {
  const moves = bars.slice(1).map(({ high, low }, at) => {
    const up = high - bars[at]!.high;
    const down = bars[at]!.low - low;
    return { up: up > down && up > 0 ? up : 0, down: down > up && down > 0 ? down : 0 };
  });
  const ranges = trueRanges(bars).slice(1);
  const percent = (part: number[], length: number): number | undefined => {
    const range = wilder(ranges.slice(0, length), period);
    const moved = wilder(part.slice(0, length), period);
    return range === undefined || moved === undefined ? undefined : range === 0 ? 0 : (100 * moved) / range;
  };
  const ups = moves.map(({ up }) => up);
  const downs = moves.map(({ down }) => down);
  const index = eachPrefix(moves.length, (length) => {
    const plus = percent(ups, length);
    const minus = percent(downs, length);
    if (plus === undefined || minus === undefined) return undefined;
    return plus + minus === 0 ? 0 : (100 * Math.abs(plus - minus)) / (plus + minus);
  });
  const value = wilder(index, period);
  return value === undefined
    ? undefined
    : { "x.adx": value, "x.plusDi": percent(ups, moves.length)!, "x.minusDi": percent(downs, moves.length)! };
}

function stochastic(bars: readonly Candle[], kPeriod: number, dPeriod: number): BatchValues {
  if (bars.length < kPeriod + dPeriod - 1) return undefined;
  const kAt = (end: number): number => {
    const window = bars.slice(end - kPeriod, end);
    const highest = Math.max(...window.map(({ high }) => high));
    const lowest = Math.min(...window.map(({ low }) => low));
    return highest === lowest ? 50 : (100 * (bars[end - 1]!.close - lowest)) / (highest - lowest);
  };
  return { "x.k": kAt(bars.length), "x.d": mean(Array.from({ length: dPeriod }, (_, back) => kAt(bars.length - back))) };
}

function macd(closes: readonly number[], fast: number, slow: number, signal: number): BatchValues {
  const lines = eachPrefix(closes.length, (length) => {
    const slowly = ema(closes.slice(0, length), slow);
    return slowly === undefined ? undefined : ema(closes.slice(0, length), fast)! - slowly;
  });
  const average = ema(lines, signal);
  const line = lines.at(-1)!;
  return average === undefined ? undefined : { "x.macd": line, "x.signal": average, "x.histogram": line - average };
}

/** What the indicator, named `x`, should say after all of `bars`; undefined while it is not ready. */
export function batch(spec: IndicatorSpec, bars: readonly Candle[]): BatchValues {
  const closes = bars.map(({ close }) => close);
  const changes = closes.slice(1).map((close, at) => close - closes[at]!);
  switch (spec.kind) {
    case "sma":
      return closes.length < spec.period ? undefined : one(mean(closes.slice(-spec.period)));
    case "ema":
      return one(ema(closes, spec.period));
    case "rsi": {
      const gain = wilder(
        changes.map((change) => Math.max(change, 0)),
        spec.period,
      );
      const loss = wilder(
        changes.map((change) => Math.max(-change, 0)),
        spec.period,
      );
      if (gain === undefined || loss === undefined) return undefined;
      if (gain === 0 && loss === 0) return { x: 50 };
      return { x: loss === 0 ? 100 : 100 - 100 / (1 + gain / loss) };
    }
    case "atr":
      return one(wilder(trueRanges(bars), spec.period));
    case "macd":
      return macd(closes, spec.fast, spec.slow, spec.signal);
    case "bollinger": {
      if (closes.length < spec.period) return undefined;
      const window = closes.slice(-spec.period);
      const reach = spec.deviations * Math.sqrt(squares(window) / spec.period);
      return { "x.middle": mean(window), "x.upper": mean(window) + reach, "x.lower": mean(window) - reach };
    }
    case "adx":
      return adx(bars, spec.period);
    case "donchian": {
      if (bars.length < spec.period) return undefined;
      const window = bars.slice(-spec.period);
      return { "x.highest": Math.max(...window.map(({ high }) => high)), "x.lowest": Math.min(...window.map(({ low }) => low)) };
    }
    case "stochastic":
      return stochastic(bars, spec.kPeriod, spec.dPeriod);
    case "roc": {
      const base = closes.at(-1 - spec.period);
      return base === undefined ? undefined : { x: (closes.at(-1)! / base - 1) * 100 };
    }
    case "volatility": {
      if (changes.length < spec.period) return undefined;
      const returns = closes.slice(-spec.period - 1).map(Math.log);
      const window = returns.slice(1).map((value, at) => value - returns[at]!);
      return { x: Math.sqrt(squares(window) / (spec.period - 1)) };
    }
    case "zscore": {
      if (closes.length < spec.period) return undefined;
      const window = closes.slice(-spec.period);
      return { x: (closes.at(-1)! - mean(window)) / Math.sqrt(squares(window) / spec.period) };
    }
    case "vwap": {
      if (bars.length < spec.period) return undefined;
      const window = bars.slice(-spec.period);
      const volume = window.reduce((sum, bar) => sum + bar.volume, 0);
      return { x: volume === 0 ? typical(bars.at(-1)!) : window.reduce((sum, bar) => sum + typical(bar) * bar.volume, 0) / volume };
    }
  }
}
