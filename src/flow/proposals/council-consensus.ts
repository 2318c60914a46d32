import { councilSymbols, macroWords, type Bias, type CouncilSymbol, type Research } from "./council-words.ts";

/** Two research packs come in; where they agree and where they do not goes out, by comparison alone (COUN-2). */

export type ConsensusRow = {
  readonly topic: string;
  readonly a: string;
  readonly b: string;
  readonly verdict: "agree" | "disagree" | "only_a" | "only_b";
};

/** `not_named` stands for a candidate that a pack is silent of, and for a pack that is not there. */
export function consensusOf(a: Research | undefined, b: Research | undefined): readonly ConsensusRow[] {
  const macro = (Object.keys(macroWords) as (keyof typeof macroWords)[]).map((topic) => row(topic, a?.macro[topic], b?.macro[topic]));
  return [...macro, ...councilSymbols.map((symbol) => row(symbol, biasOf(a, symbol), biasOf(b, symbol)))].filter(
    (each) => each !== undefined,
  );
}

const biasOf = (pack: Research | undefined, symbol: CouncilSymbol): Bias | undefined =>
  pack?.candidates.find((candidate) => candidate.symbol === symbol)?.bias;

function row(topic: string, a: string | undefined, b: string | undefined): ConsensusRow | undefined {
  if (a === undefined && b === undefined) return undefined;
  const verdict = a === undefined ? "only_b" : b === undefined ? "only_a" : a === b ? "agree" : "disagree";
  return { topic, a: a ?? "not_named", b: b ?? "not_named", verdict };
}
