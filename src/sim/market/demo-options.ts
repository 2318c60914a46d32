import type { AssetHistory } from "../../flow/market/bars.ts";
import { completeGreeks } from "../../flow/market/options/complete-greeks.ts";
import { resampleContract } from "../../flow/market/options/resample-contract.ts";
import type { MarketRates } from "../../flow/market/options/value-chain.ts";
import { instrumentId } from "../../words/ids.ts";
import type { Interval } from "../../words/interval.ts";
import { present } from "../../words/invariant.ts";
import { price } from "../../words/price.ts";
import { chainHistories } from "./chain-histories.ts";
import { demoChainSpec, type ChainSpec, type Dividend } from "./chain-spec.ts";

/** Three made-up shares of different temper; the third's venue sends greeks of half of its contracts only. */
const shares = [
  { name: "SYNA", startPrice: "62", annualVolatility: 0.34, level: 0.36, spreadBps: 110, withoutGreeks: 0 },
  { name: "SYNB", startPrice: "48", annualVolatility: 0.45, level: 0.47, spreadBps: 180, withoutGreeks: 0 },
  { name: "SYNC", startPrice: "71", annualVolatility: 0.28, level: 0.3, spreadBps: 140, withoutGreeks: 0.5 },
] as const;

/** The third pays one, on the third session of a market that begins where all of these do. */
const demoDividends: ReadonlyMap<string, readonly Dividend[]> = new Map([
  ["SYNC", [{ kind: "dividend", exDate: "2026-06-03", amount: price("0.35") }]],
]);

function specOf(seed: string | number, sessions: number, of: (typeof shares)[number]): ChainSpec {
  const usual = demoChainSpec(`${seed}/${of.name}`, sessions);
  const { name, startPrice, annualVolatility, level, spreadBps, withoutGreeks } = of;
  return {
    ...usual,
    underlying: { ...usual.underlying, id: instrumentId(name), symbol: name, name: `Synthetic ${name}` },
    root: name,
    startPrice: price(startPrice),
    annualVolatility,
    surface: { ...usual.surface, level },
    weeklies: Math.ceil(sessions / 5) + 2,
    strikesEachSide: 4,
    spreadBps,
    withoutGreeks,
  };
}

/** A made-up options market of so many sessions: each share with its bars, then its contracts with theirs, quotes and greeks beside them. */
export function demoOptions(
  seed: string | number,
  sessions: number,
  interval: Interval,
  rates: MarketRates,
  dividends: ReadonlyMap<string, readonly Dividend[]> = demoDividends,
): readonly AssetHistory[] {
  return shares.flatMap((share) => {
    const spec = { ...specOf(seed, sessions, share), dividends: dividends.get(share.name) ?? [] };
    const histories = chainHistories(spec).map(({ bars, ...rest }) => ({ ...rest, bars: resampleContract(bars, interval) }));
    const { bars: underlying } = present(histories[0], "a chain market begins with its underlying");
    return histories.map(({ bars, ...rest }) => ({
      ...rest,
      bars: rest.instrument.kind === "option" ? completeGreeks(rest.instrument, bars, underlying, rates) : bars,
    }));
  });
}
