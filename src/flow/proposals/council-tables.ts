import type { Regime } from "../market/regime.ts";
import type { CouncilEvent } from "../context/council-events.ts";
import type { ConsensusRow } from "./council-consensus.ts";
import type { CouncilPack } from "./council-pack.ts";
import type { Claim, Research } from "./council-words.ts";

/** Records of a council come in; the tables that its questions are made of go out: a header with the columns, then a line for each row. */

/** Words of another model inside a table: one line, and no comma that would make a cell of its own. */
export const cell = (words: string): string =>
  words
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(/,/g, ";")
    .trim();
const or = (value: number | null): string => (value === null ? "" : String(value));

export const regimeTables = (of: Regime): readonly string[] => [
  "REGIME risk,rates,credit,dollar,gold,oil,correlation_mean,stocks_with_bonds",
  [of.risk, of.rates, of.credit, of.dollar, of.gold, of.oil, or(of.correlationMean), or(of.stocksWithBonds)].join(","),
  "FUNDS symbol,half_hours,trend_pct,direction,volatility_pct,drawdown_pct",
  ...of.funds.map(({ symbol, points, trendPct, direction, volatilityPct, drawdownPct }) =>
    [symbol, points, trendPct, direction, volatilityPct, drawdownPct].join(","),
  ),
  ...(of.missing.length === 0 ? [] : ["MISSING symbol,why", ...of.missing.map(({ symbol, why }) => `${symbol},${cell(why)}`)]),
];

export const eventTable = (events: readonly CouncilEvent[]): readonly string[] =>
  events.length === 0 ? [] : ["EVENTS name,at", ...events.map(({ name, at }) => `${name},${at.toString()}`)];

const consensusTable = (rows: readonly ConsensusRow[]): readonly string[] =>
  rows.length === 0 ? [] : ["CONSENSUS topic,a,b,verdict", ...rows.map(({ topic, a, b, verdict }) => `${topic},${a},${b},${verdict}`)];

function claims(name: string, of: Research | undefined): readonly string[] {
  if (of === undefined) return [];
  const row = (about: string, { text, source, time }: Claim): string => [about, cell(source), cell(time), cell(text)].join(",");
  return [
    `CLAIMS_${name} about,source,time,claim`,
    ...of.narratives.map((claim) => row("market", claim)),
    ...of.candidates.flatMap(({ symbol, bias, claims: own }) => own.map((claim) => row(`${symbol} ${bias}`, claim))),
  ];
}

/** The whole pack as every member sees it. */
export const packTables = (pack: CouncilPack): readonly string[] => [
  ...regimeTables(pack.regime),
  ...eventTable(pack.events),
  ...consensusTable(pack.consensus),
  ...claims("A", pack.researchA),
  ...claims("B", pack.researchB),
];
