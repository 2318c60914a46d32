import type { AssetHistory } from "../../flow/market/bars.ts";
import { instrumentId } from "../../words/ids.ts";
import type { Equity } from "../../words/instrument.ts";
import { Random } from "../random.ts";
import { BarColumns } from "./columns.ts";
import { sessionsFrom } from "./session-walk.ts";
import { Garch } from "./volatility.ts";
import { volumeOf } from "./volume.ts";
import { shareTerms } from "./share-terms.ts";

type Share = {
  readonly symbol: string;
  readonly sector: string;
  readonly startPrice: number;
  readonly annualVolatility: number;
  /** How much of its variance the market explains, and its sector. */
  readonly ofMarket: number;
  readonly ofSector: number;
  readonly dailyVolume: number;
};

/** Every name says that the prices are made up. THIN trades less than a desk should touch, TWIN moves nearly as BANKA does. */
const shares: readonly Share[] = [
  {
    symbol: "SYN-CHIP",
    sector: "technology",
    startPrice: 180,
    annualVolatility: 0.38,
    ofMarket: 0.4,
    ofSector: 0.3,
    dailyVolume: 9_000_000,
  },
  {
    symbol: "SYN-SOFT",
    sector: "technology",
    startPrice: 320,
    annualVolatility: 0.28,
    ofMarket: 0.45,
    ofSector: 0.25,
    dailyVolume: 6_000_000,
  },
  {
    symbol: "SYN-DATA",
    sector: "technology",
    startPrice: 95,
    annualVolatility: 0.42,
    ofMarket: 0.35,
    ofSector: 0.3,
    dailyVolume: 4_000_000,
  },
  {
    symbol: "SYN-BANKA",
    sector: "financials",
    startPrice: 48,
    annualVolatility: 0.3,
    ofMarket: 0.3,
    ofSector: 0.65,
    dailyVolume: 8_000_000,
  },
  {
    symbol: "SYN-TWIN",
    sector: "real-estate",
    startPrice: 61,
    annualVolatility: 0.3,
    ofMarket: 0.3,
    ofSector: 0.65,
    dailyVolume: 5_000_000,
  },
  { symbol: "SYN-OIL", sector: "energy", startPrice: 88, annualVolatility: 0.32, ofMarket: 0.3, ofSector: 0.4, dailyVolume: 7_000_000 },
  { symbol: "SYN-GAS", sector: "energy", startPrice: 34, annualVolatility: 0.36, ofMarket: 0.25, ofSector: 0.45, dailyVolume: 5_000_000 },
  {
    symbol: "SYN-DRUG",
    sector: "health-care",
    startPrice: 140,
    annualVolatility: 0.22,
    ofMarket: 0.35,
    ofSector: 0.2,
    dailyVolume: 4_000_000,
  },
  {
    symbol: "SYN-SOAP",
    sector: "consumer-staples",
    startPrice: 72,
    annualVolatility: 0.18,
    ofMarket: 0.4,
    ofSector: 0.2,
    dailyVolume: 5_000_000,
  },
  { symbol: "SYN-WIRE", sector: "utilities", startPrice: 55, annualVolatility: 0.17, ofMarket: 0.3, ofSector: 0.3, dailyVolume: 3_000_000 },
  { symbol: "SYN-THIN", sector: "industrials", startPrice: 21, annualVolatility: 0.45, ofMarket: 0.2, ofSector: 0.1, dailyVolume: 60_000 },
];

/** Of SYN-TWIN the market's sector is that of the banks, though its own is another: what only a measured correlation shows. */
const movesWith: Readonly<Record<string, string>> = { "SYN-TWIN": "financials" };

/** The sectors of the made-up shares, by symbol. */
export const shareSectors: ReadonlyMap<string, string> = new Map(shares.map(({ symbol, sector }) => [symbol, sector]));

const shareOf = (symbol: string): Equity => ({
  kind: "equity",
  id: instrumentId(symbol),
  symbol,
  name: symbol,
  ...shareTerms,
});

const sessionsPerYear = 252;
/** The share of a day's variance that falls between the close and the next open. */
const overnight = 0.3;
const stepsPerDay = 13;
/** How much of yesterday's trend a share keeps: what momentum there is lasts for days, and is small beside the noise. */
const trendKept = 0.93;
const trendPart = 0.22;

/** Daily bars of made-up shares over New York sessions; the same seed gives the same bytes on every machine. */
export function shareMarket(seed: string | number, sessions: number, firstDate = "2024-01-02"): readonly AssetHistory[] {
  const random = new Random(seed).fork("shares");
  const dates = sessionsFrom(firstDate, sessions).map(({ date }) => date.toZonedDateTime("UTC").epochMilliseconds);
  const walk = (name: string): readonly number[] => {
    const own = random.fork(name);
    return dates.map(() => own.normal());
  };
  const market = walk("market");
  const sectors = new Map([...new Set(shares.map(({ sector }) => sector))].map((sector) => [sector, walk(sector)] as const));
  return shares.map((share) => {
    const { symbol, sector, ofMarket, ofSector } = share;
    const ofOthers = sectors.get(movesWith[symbol] ?? sector) ?? [];
    const shocks = dates.map((_, day) => Math.sqrt(ofMarket) * (market[day] ?? 0) + Math.sqrt(ofSector) * (ofOthers[day] ?? 0));
    return history(share, dates, shocks, random.fork(symbol));
  });
}

function history(share: Share, dates: readonly number[], shocks: readonly number[], random: Random): AssetHistory {
  const { symbol, startPrice, annualVolatility, ofMarket, ofSector, dailyVolume } = share;
  const columns = new BarColumns(dates.length);
  const [noise, trading] = [random.fork("noise"), random.fork("volume")];
  const garch = new Garch();
  const daily = annualVolatility / Math.sqrt(sessionsPerYear);
  const own = Math.sqrt(1 - ofMarket - ofSector);
  let level = startPrice * 100;
  let trend = 0;
  for (const [day, openMs] of dates.entries()) {
    trend = trendKept * trend + Math.sqrt(1 - trendKept * trendKept) * noise.normal();
    const shock = (shocks[day] ?? 0) + own * noise.normal();
    const move = daily * (garch.volatility * shock + trendPart * trend);
    const before = level;
    level = Math.max(100, level * (1 + move * overnight + daily * Math.sqrt(overnight) * 0.5 * noise.normal()));
    const open = Math.round(level);
    let [high, low, close] = [open, open, open];
    for (let step = 0; step < stepsPerDay; step++) {
      const jitter = (daily * garch.volatility * 0.6 * noise.normal()) / Math.sqrt(stepsPerDay);
      level = Math.max(100, level * (1 + (move * (1 - overnight)) / stepsPerDay + jitter));
      close = Math.round(level);
      high = Math.max(high, close);
      low = Math.min(low, close);
    }
    garch.endBar(shock);
    const volume = volumeOf(dailyVolume, Math.abs(level / before - 1) / daily, trading);
    columns.add({ openMs, open, high, low, close, volume });
  }
  const instrument = shareOf(symbol);
  return { instrument, bars: columns.bars(instrument, "1d") };
}
