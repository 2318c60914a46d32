import type { ChairDecision, Pitch } from "../proposals/council-words.ts";
import type { RankedPitch } from "./peer-ranking.ts";

/** What a chairman decided and what was pitched come in; the council's trade goes out, never one that nobody backed (COUN-5). */

export type Pitched = { readonly member: string; readonly pitch: Pitch };

export type ChairBreach = { readonly code: "not_pitched" | "beyond_backed" | "sign" | "half_conviction"; readonly detail: string };

export type CouncilDecision = {
  /** Who decided: the chairman, or the ranking where he was not heard or not allowed. */
  readonly by: "chairman" | "ranking";
  readonly trade: Pick<ChairDecision, "symbol" | "direction" | "horizon" | "conviction" | "profile">;
  readonly backers: readonly string[];
  /** Everybody who wanted something else, and what: kept whatever the chairman writes. */
  readonly dissenters: readonly { readonly member: string; readonly wanted: string }[];
};

/** Flat is always his to say; a trade must have been pitched, that way round, and at least as strongly. */
export function checkChair(decision: ChairDecision, pitches: readonly Pitched[]): ChairBreach | undefined {
  const { symbol, direction, conviction } = decision;
  if (!Number.isInteger(conviction)) return { code: "half_conviction", detail: `${conviction} is not a whole number from -2 to 2` };
  if (Math.sign(conviction) !== { LONG: 1, SHORT: -1, FLAT: 0 }[direction])
    return { code: "sign", detail: `${direction} with a conviction of ${conviction}` };
  if (direction === "FLAT") return undefined;
  const backed = backing(decision, pitches);
  if (backed.length === 0) return { code: "not_pitched", detail: `nobody pitched ${direction} ${symbol}` };
  const strongest = Math.max(...backed.map(({ pitch }) => Math.abs(pitch.conviction)));
  return Math.abs(conviction) > strongest
    ? { code: "beyond_backed", detail: `${Math.abs(conviction)} where the strongest of its backers said ${strongest}` }
    : undefined;
}

/** Without a chairman that may be heard, the best ranked pitch stands as it was pitched; without a ranking the council stays flat. */
export function decide(decision: ChairDecision | undefined, pitches: readonly Pitched[], ranked: readonly RankedPitch[]): CouncilDecision {
  if (decision !== undefined) {
    const { symbol, direction, horizon, conviction, profile } = decision;
    return made("chairman", { symbol, direction, horizon, conviction, profile }, pitches);
  }
  const best = ranked.map(({ member }) => pitches.find((each) => each.member === member)).find((each) => each !== undefined);
  if (best === undefined)
    return made("ranking", { symbol: "SPY", direction: "FLAT", horizon: "1d", conviction: 0, profile: "TIGHT" }, pitches);
  const { symbol, direction, horizon, conviction, profile } = best.pitch;
  return made("ranking", { symbol, direction, horizon, conviction, profile }, pitches);
}

const made = (by: CouncilDecision["by"], trade: CouncilDecision["trade"], pitches: readonly Pitched[]): CouncilDecision => {
  const backers = backing(trade, pitches).map(({ member }) => member);
  return {
    by,
    trade,
    backers,
    dissenters: pitches
      .filter(({ member }) => !backers.includes(member))
      .map(({ member, pitch: { direction, symbol, conviction } }) => ({ member, wanted: `${direction} ${symbol} ${conviction}` })),
  };
};

/** Flat is one thing, whatever it is said of. */
const backing = ({ symbol, direction }: Pick<ChairDecision, "symbol" | "direction">, pitches: readonly Pitched[]): readonly Pitched[] =>
  pitches.filter(({ pitch }) => pitch.direction === direction && (direction === "FLAT" || pitch.symbol === symbol));
