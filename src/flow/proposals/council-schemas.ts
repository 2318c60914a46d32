import type { AnswerSchema, JsonSchema } from "./question.ts";
import {
  biases,
  checkpointActions,
  comparisons,
  councilSymbols,
  entryWays,
  eventNames,
  horizons,
  macroWords,
  pitchDirections,
  riskProfiles,
  rubric,
} from "./council-words.ts";

const closed = (properties: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const text = { type: "string" };
const amount = { type: "number" };
const perhaps = { type: ["number", "null"] };
const word = (of: readonly string[]): JsonSchema => ({ type: "string", enum: of });
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });

const claim = closed({ text, source: text, time: text });
const symbol = word(councilSymbols);

/** The shapes that a council asks for, as providers are told them; the readers of `read-council.ts` and its neighbours judge. */
export const researchSchema: AnswerSchema = {
  name: "council_research@1",
  json: closed({
    macro: closed(Object.fromEntries(Object.entries(macroWords).map(([name, words]) => [name, word(words)]))),
    narratives: list(claim),
    candidates: list(closed({ symbol, bias: word(biases), claims: list(claim) })),
  }),
};

export const pitchSchema: AnswerSchema = {
  name: "council_pitch@1",
  json: closed({
    symbol,
    direction: word(pitchDirections),
    horizon: word(horizons),
    thesis: list(text),
    indicators: list(closed({ symbol, measure: text, comparison: word(comparisons), threshold: amount })),
    invalidation: text,
    conviction: amount,
    risk_profile: word(riskProfiles),
    entry: word(entryWays),
    limit_price: perhaps,
    out_before: list(word(eventNames)),
  }),
};

export const reviewSchema: AnswerSchema = {
  name: "council_review@1",
  json: closed({
    reviews: list(
      closed({
        label: text,
        scores: closed(Object.fromEntries(rubric.map((item) => [item, amount]))),
        kill_shot: text,
        flip_condition: text,
      }),
    ),
  }),
};

export const chairSchema: AnswerSchema = {
  name: "council_chair@1",
  json: closed({
    symbol,
    direction: word(pitchDirections),
    horizon: word(horizons),
    conviction: amount,
    risk_profile: word(riskProfiles),
    rationale: text,
    dissent: text,
    monitoring: list(text),
  }),
};

export const checkpointSchema: AnswerSchema = {
  name: "council_checkpoint@1",
  json: closed({ action: word(checkpointActions), conviction: amount, reason: text }),
};
