import type { Result } from "../../words/result.ts";
import {
  biases,
  comparisons,
  councilSymbols,
  entryWays,
  eventNames,
  horizons,
  macroWords,
  pitchDirections,
  riskProfiles,
  type Claim,
  type CouncilSymbol,
  type Pitch,
  type Research,
} from "./council-words.ts";
import { readWhole, saidMax } from "./read-council.ts";
import type { Json } from "./read-json.ts";
import type { ReaderFault } from "./read-portfolio.ts";
import { closedField, listField, numberField, priceField, textField, wordField } from "./reply-fields.ts";

/** Texts of research and of a pitch come in; typed answers go out, or the first fault with its path (COUN-2, COUN-3). */

const narrativesMax = 8;
const claimsMax = 6;
const thesisMax = 5;
const indicatorsMax = 6;

export const readResearch = (text: string): Result<Research, ReaderFault> =>
  readWhole(text, (json) => {
    const item = closedField(json, "", ["macro", "narratives", "candidates"]);
    const macro = closedField(item["macro"], "macro", Object.keys(macroWords));
    return {
      macro: {
        risk: wordField(macro["risk"], "macro.risk", macroWords.risk),
        rates: wordField(macro["rates"], "macro.rates", macroWords.rates),
        dollar: wordField(macro["dollar"], "macro.dollar", macroWords.dollar),
        inflation: wordField(macro["inflation"], "macro.inflation", macroWords.inflation),
      },
      narratives: listField(item["narratives"], "narratives", narrativesMax, claim),
      candidates: listField(item["candidates"], "candidates", councilSymbols.length, (each, path) => {
        const candidate = closedField(each, path, ["symbol", "bias", "claims"]);
        return {
          symbol: wordField(candidate["symbol"], `${path}.symbol`, councilSymbols),
          bias: wordField(candidate["bias"], `${path}.bias`, biases),
          claims: listField(candidate["claims"], `${path}.claims`, claimsMax, claim),
        };
      }),
    };
  });

function claim(json: Json, path: string): Claim {
  const item = closedField(json, path, ["text", "source", "time"]);
  return {
    text: textField(item["text"], `${path}.text`, saidMax),
    source: textField(item["source"], `${path}.source`, 120),
    time: textField(item["time"], `${path}.time`, 40),
  };
}

const keys = [
  "symbol",
  "direction",
  "horizon",
  "thesis",
  "indicators",
  "invalidation",
  "conviction",
  "risk_profile",
  "entry",
  "limit_price",
  "out_before",
];

export const readPitch = (text: string): Result<Pitch, ReaderFault> =>
  readWhole(text, (json) => {
    const item = closedField(json, "", keys);
    const limit = priceField(item["limit_price"], "limit_price");
    return {
      symbol: wordField(item["symbol"], "symbol", councilSymbols),
      direction: wordField(item["direction"], "direction", pitchDirections),
      horizon: wordField(item["horizon"], "horizon", horizons),
      thesis: listField(item["thesis"], "thesis", thesisMax, (each, path) => textField(each, path, saidMax)),
      indicators: listField(item["indicators"], "indicators", indicatorsMax, (each, path) => {
        const indicator = closedField(each, path, ["symbol", "measure", "comparison", "threshold"]);
        return {
          symbol: wordField(indicator["symbol"], `${path}.symbol`, councilSymbols),
          measure: textField(indicator["measure"], `${path}.measure`, 60),
          comparison: wordField(indicator["comparison"], `${path}.comparison`, comparisons),
          threshold: numberField(indicator["threshold"], `${path}.threshold`, -1e9, 1e9),
        };
      }),
      invalidation: textField(item["invalidation"], "invalidation", saidMax),
      conviction: numberField(item["conviction"], "conviction", -2, 2),
      profile: wordField(item["risk_profile"], "risk_profile", riskProfiles),
      entryBy: wordField(item["entry"], "entry", entryWays),
      ...(limit === undefined ? {} : { limit }),
      outBefore: listField(item["out_before"], "out_before", eventNames.length, (each, path) => wordField(each, path, eventNames)),
    };
  });

/** Why a member's answer is not heard: a code, and what was said where one needs to see it. */
export type PitchFault = {
  readonly code:
    | "other_instrument"
    | "no_data"
    | "sign"
    | "limit"
    | "no_invalidation"
    | "no_thesis"
    | "half_conviction"
    | "claim_without_source"
    | "repeated_candidate";
  readonly detail: string;
};

/** What a pitch must be beyond its shape. `mandate` is what this member may pitch, `known` what has data this week. */
export function checkPitch(pitch: Pitch, mandate: readonly CouncilSymbol[], known: readonly CouncilSymbol[]): PitchFault | undefined {
  const { symbol, direction, conviction, entryBy, limit, thesis, invalidation } = pitch;
  if (!mandate.includes(symbol)) return { code: "other_instrument", detail: `${symbol} is not one of ${mandate.join(" ")}` };
  if (!known.includes(symbol)) return { code: "no_data", detail: `${symbol} has no data this week` };
  if (!Number.isInteger(conviction)) return { code: "half_conviction", detail: `${conviction} is not a whole number from -2 to 2` };
  const sign = { LONG: 1, SHORT: -1, FLAT: 0 }[direction];
  if (Math.sign(conviction) !== sign) return { code: "sign", detail: `${direction} with a conviction of ${conviction}` };
  if ((entryBy === "limit") !== (limit !== undefined))
    return { code: "limit", detail: `${entryBy} ${limit === undefined ? "without" : "with"} a limit price` };
  if (direction === "FLAT") return undefined;
  if (thesis.length === 0) return { code: "no_thesis", detail: "a trade without a thesis" };
  return invalidation.trim() === "" ? { code: "no_invalidation", detail: "nothing would show that it is wrong" } : undefined;
}

/** Every claim names its source and a time that can be read, and no candidate stands there twice (COUN-2). */
export function checkResearch({ narratives, candidates }: Research): PitchFault | undefined {
  const bare = [...narratives, ...candidates.flatMap(({ claims }) => claims)].find(
    ({ source, time }) =>
      source.trim() === "" || !/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(time),
  );
  if (bare !== undefined)
    return { code: "claim_without_source", detail: `"${bare.text.slice(0, 60)}" by "${bare.source}" at "${bare.time}"` };
  const twice = candidates.find(({ symbol }, at) => candidates.findIndex((other) => other.symbol === symbol) !== at);
  return twice === undefined ? undefined : { code: "repeated_candidate", detail: twice.symbol };
}
