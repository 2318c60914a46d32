import type { AssetHistory, Bars } from "../../flow/market/bars.ts";
import type { ContractColumns } from "../../flow/market/options/contract-columns.ts";
import { chainHistories } from "../../sim/market/chain-histories.ts";
import { demoChainSpec, type ChainSpec } from "../../sim/market/chain-spec.ts";
import type { Random } from "../../sim/random.ts";
import { instrumentId } from "../../words/ids.ts";
import { present } from "../../words/invariant.ts";
import { price, priceOfUnits, type Price } from "../../words/price.ts";
import type { StormMarket } from "./shape.ts";
import { calmBars, minuteMs, stormBars } from "./weather.ts";

/** Minutes before a Friday's close at which a storm begins, so that contracts end within it and a weekend lies in it. */
const before = 90;
const fridays = ["2026-06-05", "2026-06-12", "2026-07-10"] as const;

/** One or two made-up shares with a chain each: the nearest expiry is the first day's, the next a week later. */
export function optionsInStorm(random: Random): StormMarket {
  const names = ["SYNA", "SYNB"].slice(0, random.pick([1, 1, 2]));
  const friday = random.pick(fridays);
  const wild = random.pick([1, 2, 5]);
  const whole = names.map((name) => listed(specOf(name, friday, wild, random.fork(name)), random.chance(0.8)));
  const { bars } = present(whole[0]?.[0], "a chain begins with its underlying");
  const nextDay = bars.openMs.findIndex((ms, at) => at > 0 && ms - (bars.openMs[at - 1] ?? ms) > minuteMs);
  const from = nextDay - before;
  const to = from + stormBars + calmBars;
  const [fromMs, toMs] = [bars.openMs[from] ?? 0, bars.openMs[to] ?? 0];
  return {
    histories: whole.flat().flatMap((history) => within(history, fromMs, toMs)),
    interval: "1m",
    calmFromMs: bars.openMs[from + stormBars] ?? 0,
  };
}

/** A chain; of the same share also the contracts at half its strikes, which stand for its own once every share has become two. */
function listed(spec: ChainSpec, halves: boolean): readonly AssetHistory[] {
  const chain = chainHistories(spec);
  if (!halves) return chain;
  const half = (of: Price): Price => priceOfUnits(of / 2n);
  const over = present(chain[0], "a chain begins with its underlying");
  const [, ...contracts] = chainHistories({ ...spec, startPrice: half(spec.startPrice), strikeStep: half(spec.strikeStep), over });
  return [...chain, ...contracts];
}

function specOf(name: string, friday: string, wild: number, random: Random): ChainSpec {
  const usual = demoChainSpec(random.uint32(), 2, friday);
  return {
    ...usual,
    underlying: { ...usual.underlying, id: instrumentId(name), symbol: name, name: `Synthetic ${name}` },
    root: name,
    annualVolatility: usual.annualVolatility * wild,
    surface: { ...usual.surface, level: Math.min(3, usual.surface.level * wild) },
    weeklies: 2,
    strikeStep: price("1"),
    strikesEachSide: 2,
    withoutGreeks: random.pick([0, 0, 0.5]),
  };
}

/** Of a history the bars from one instant until before another; nothing of a contract that has none there. */
function within({ instrument, bars }: AssetHistory, fromMs: number, toMs: number): readonly AssetHistory[] {
  const start = bars.openMs.findIndex((ms) => ms >= fromMs);
  const stop = bars.openMs.findLastIndex((ms) => ms < toMs) + 1;
  return start < 0 || stop <= start ? [] : [{ instrument, bars: cut(bars, start, stop) }];
}

function cut(bars: Bars, from: number, to: number): Bars {
  const { openMs, open, high, low, close, volume, contract } = bars;
  const part = (column: Float64Array): Float64Array => column.slice(from, to);
  return {
    ...bars,
    length: to - from,
    openMs: part(openMs),
    open: part(open),
    high: part(high),
    low: part(low),
    close: part(close),
    volume: part(volume),
    ...(contract === undefined ? {} : { contract: cutContract(contract, part) }),
  };
}

const cutContract = (of: ContractColumns, part: (column: Float64Array) => Float64Array): ContractColumns => ({
  source: of.source,
  bid: part(of.bid),
  ask: part(of.ask),
  bidSize: part(of.bidSize),
  askSize: part(of.askSize),
  openInterest: part(of.openInterest),
  dayVolume: part(of.dayVolume),
  iv: part(of.iv),
  delta: part(of.delta),
  gamma: part(of.gamma),
  theta: part(of.theta),
  vega: part(of.vega),
});
