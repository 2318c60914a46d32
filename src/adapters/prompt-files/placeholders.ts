import { checkpointActions, councilSymbols, rubric } from "../../flow/proposals/council-words.ts";
import { chairSchema, checkpointSchema, pitchSchema, researchSchema, reviewSchema } from "../../flow/proposals/council-schemas.ts";
import { decisiveDirections, decisiveSchema } from "../../flow/proposals/decisive-schema.ts";
import { entryWords, exitWords, optionEntrySchema, optionExitSchema } from "../../flow/proposals/option-schemas.ts";
import { arbiterChoices, arbiterSchema, tradeSides, traderSchema } from "../../flow/proposals/crypto-schema.ts";
import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import { perpActions, riskLevels } from "../../flow/proposals/proposal.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { AnswerSchemaName } from "./answer-schemas.ts";

/** What a prompt may leave to the house, by the schema it answers: words that would otherwise be typed again and go stale. */
const values: Readonly<Record<AnswerSchemaName, Readonly<Record<string, string>>>> = {
  "portfolio@1": {
    actions: perpActions.join(", "),
    risk_levels: riskLevels.join(", "),
    json_schema: JSON.stringify(portfolioSchema.json),
  },
  "decisive@1": { directions: decisiveDirections.join(", "), json_schema: JSON.stringify(decisiveSchema.json) },
  "option_entry@1": { actions: entryWords.join(", "), json_schema: JSON.stringify(optionEntrySchema.json) },
  "trader@1": { sides: tradeSides.join(", "), json_schema: JSON.stringify(traderSchema.json) },
  "arbiter@1": { choices: arbiterChoices.join(", "), json_schema: JSON.stringify(arbiterSchema.json) },
  "council_research@1": { symbols: councilSymbols.join(", "), json_schema: JSON.stringify(researchSchema.json) },
  "council_pitch@1": { symbols: councilSymbols.join(", "), json_schema: JSON.stringify(pitchSchema.json) },
  "council_review@1": { rubric: rubric.join(", "), json_schema: JSON.stringify(reviewSchema.json) },
  "council_chair@1": { symbols: councilSymbols.join(", "), json_schema: JSON.stringify(chairSchema.json) },
  "council_checkpoint@1": { actions: checkpointActions.join(", "), json_schema: JSON.stringify(checkpointSchema.json) },
  "option_exit@1": { actions: exitWords.join(", "), json_schema: JSON.stringify(optionExitSchema.json) },
};

/** Anything in double braces is meant as one, however it is spelled: a misspelt name must not reach a model as it stands. */
const braces = /\{\{([^{}]*)\}\}/g;

type PlaceholderFault = { readonly offset: number; readonly problem: string };

/** A text with its placeholders comes in; the text a model reads goes out, or where one stands that nobody fills. */
export function filledIn(text: string, schema: AnswerSchemaName, declared: readonly string[]): Result<string, PlaceholderFault> {
  const known = values[schema];
  for (const match of text.matchAll(braces)) {
    const name = match[1] ?? "";
    const fault = (problem: string): Result<string, PlaceholderFault> => err({ offset: match.index, problem });
    if (!Object.hasOwn(known, name))
      return fault(`{{${name}}} is no placeholder of ${schema}; those are ${Object.keys(known).join(", ")}, without spaces`);
    if (!declared.includes(name)) return fault(`{{${name}}} is not among the placeholders that the front matter names`);
  }
  const unused = declared.find((name) => !text.includes(`{{${name}}}`));
  if (unused !== undefined)
    return err({ offset: 0, problem: `the front matter names the placeholder ${unused}, and the text has no {{${unused}}}` });
  return ok(text.replace(braces, (_whole, name: string) => known[name] ?? ""));
}
