import type { AssetHistory } from "../../flow/market/bars.ts";
import { instrumentId } from "../../words/ids.ts";
import type { Etf } from "../../words/instrument.ts";
import { msOf } from "../../words/instant.ts";
import { intervalMs } from "../../words/interval.ts";
import { Random } from "../random.ts";
import { BarColumns } from "./columns.ts";
import { sessionsFrom } from "./session-walk.ts";
import { Garch } from "./volatility.ts";
import { volumeOf } from "./volume.ts";
import { shareTerms } from "./share-terms.ts";

type Fund = {
  readonly symbol: string;
  readonly startPrice: number;
  readonly annualVolatility: number;
  /** Loadings on appetite for risk, on rates (bonds up), on the dollar and on nothing else's move; scaled to one. */
  readonly risk: number;
  readonly bonds: number;
  readonly dollar: number;
  readonly own: number;
  readonly dailyVolume: number;
};

/** Loadings near what the real funds show: stocks together, bonds against them, gold between dollar and rates, oil mostly its own. */
const funds: readonly Fund[] = [
  { symbol: "SPY", startPrice: 480, annualVolatility: 0.15, risk: 0.95, bonds: 0, dollar: -0.1, own: 0.2, dailyVolume: 70_000_000 },
  { symbol: "QQQ", startPrice: 410, annualVolatility: 0.2, risk: 0.9, bonds: 0.1, dollar: -0.1, own: 0.35, dailyVolume: 45_000_000 },
  { symbol: "IWM", startPrice: 200, annualVolatility: 0.21, risk: 0.88, bonds: 0, dollar: -0.1, own: 0.4, dailyVolume: 30_000_000 },
  { symbol: "TLT", startPrice: 96, annualVolatility: 0.14, risk: -0.25, bonds: 0.9, dollar: -0.1, own: 0.2, dailyVolume: 35_000_000 },
  { symbol: "HYG", startPrice: 77, annualVolatility: 0.07, risk: 0.75, bonds: 0.3, dollar: -0.1, own: 0.4, dailyVolume: 30_000_000 },
  { symbol: "UUP", startPrice: 28, annualVolatility: 0.07, risk: -0.2, bonds: -0.2, dollar: 0.9, own: 0.2, dailyVolume: 1_500_000 },
  { symbol: "GLD", startPrice: 190, annualVolatility: 0.14, risk: -0.05, bonds: 0.4, dollar: -0.55, own: 0.7, dailyVolume: 7_000_000 },
  { symbol: "USO", startPrice: 74, annualVolatility: 0.33, risk: 0.35, bonds: -0.1, dollar: -0.2, own: 0.9, dailyVolume: 4_000_000 },
];

const etfOf = (symbol: string): Etf => ({
  kind: "etf",
  id: instrumentId(symbol),
  symbol,
  name: `made-up ${symbol}`,
  ...shareTerms,
});

const sessionsPerYear = 252;
const overnight = 0.25;
/** A trend of days in each factor, small beside the noise: without one there is nothing that a council could find. */
const trendKept = 0.9;
const trendPart = 0.25;
const interval = "5m";

/** The eight funds of a council in bars of five minutes over New York sessions; the same seed gives the same bytes on every machine. */
export function etfMarket(seed: string | number, sessions: number, firstDate = "2024-01-02"): readonly AssetHistory[] {
  const random = new Random(seed).fork("etfs");
  const days = sessionsFrom(firstDate, sessions);
  const stepMs = intervalMs[interval];
  const barsOf = days.map(({ openAt, closeAt }) => (msOf(closeAt) - msOf(openAt)) / stepMs);
  const factors = (["risk", "bonds", "dollar"] as const).map((name) => factorMoves(barsOf, random.fork(name)));
  return funds.map((fund) => {
    const { symbol, startPrice, annualVolatility, dailyVolume } = fund;
    const [noise, trading] = [random.fork(`${symbol}/noise`), random.fork(`${symbol}/volume`)];
    const loads = [fund.risk, fund.bonds, fund.dollar];
    const scale = 1 / Math.sqrt(loads.reduce((sum, load) => sum + load * load, fund.own * fund.own));
    const daily = annualVolatility / Math.sqrt(sessionsPerYear);
    const columns = new BarColumns(barsOf.reduce((sum, bars) => sum + bars, 0));
    let level = startPrice * 100;
    let step = 0;
    for (const [day, { openAt }] of days.entries()) {
      const bars = barsOf[day] ?? 0;
      for (let bar = 0; bar < bars; bar++, step++) {
        const common = loads.reduce((sum, load, at) => sum + load * (factors[at]?.[step] ?? 0), 0);
        const gap = bar === 0;
        const move =
          daily * scale * (common + fund.own * noise.normal() * (gap ? Math.sqrt(overnight) : Math.sqrt((1 - overnight) / bars)));
        const before = level;
        // What happened overnight is in the first print; within a bar the price wanders a little on its way.
        if (gap) level = Math.max(100, level * (1 + move));
        const open = Math.round(level);
        if (!gap) level = Math.max(100, level * (1 + move));
        const close = Math.round(level);
        const wander = Math.abs(noise.normal()) * daily * level * 0.3 * Math.sqrt((1 - overnight) / bars);
        const high = Math.round(Math.max(open, close) + wander);
        const low = Math.max(1, Math.round(Math.min(open, close) - wander));
        const volume = volumeOf(dailyVolume / bars, Math.abs(level / before - 1) / (daily / Math.sqrt(bars)), trading);
        columns.add({ openMs: msOf(openAt) + bar * stepMs, open, high, low, close, volume });
      }
    }
    const instrument = etfOf(symbol);
    return { instrument, bars: columns.bars(instrument, interval) };
  });
}

/** One factor's moves bar by bar in units of a day's deviation, with clustered volatility and a slow trend. */
function factorMoves(barsOf: readonly number[], random: Random): readonly number[] {
  const garch = new Garch();
  let trend = 0;
  return barsOf.flatMap((bars) => {
    trend = trendKept * trend + Math.sqrt(1 - trendKept * trendKept) * random.normal();
    const drift = (trendPart * trend) / bars;
    // Volatility learns from the shocks themselves: from what it has already scaled it would grow without end.
    const shocks = Array.from({ length: bars }, (_, bar) => random.normal() * Math.sqrt(bar === 0 ? overnight : (1 - overnight) / bars));
    const moves = shocks.map((shock) => drift + garch.volatility * shock);
    garch.endBar(shocks.reduce((sum, shock) => sum + shock, 0));
    return moves;
  });
}
