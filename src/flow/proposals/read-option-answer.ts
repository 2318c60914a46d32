import { ok, type Result } from "../../words/result.ts";
import { normaliseReply } from "./normalise-reply.ts";
import { optionEntryMapping, optionExitMapping } from "./option-mapping.ts";
import { entryWords, exitWords, waitMinutes, type EntryWord, type ExitWord } from "./option-schemas.ts";
import { isRecord, readJson, type Json } from "./read-json.ts";
import type { ReaderFault } from "./read-portfolio.ts";
import { closedField, numberField, shaped, textField, wordField } from "./reply-fields.ts";
import type { Normalisations, ReplyMapping } from "./reply-mapping.ts";

type Said<Word extends string> = {
  readonly action: Word;
  readonly confidence: number;
  readonly rationale: string;
  /** What the reader had to respell before it could read. */
  readonly normalised: Normalisations;
};
export type ExitAnswer = Said<ExitWord> & {
  /** Of a WAIT alone. */
  readonly waitMinutes?: number;
};
export type EntryAnswer = Said<EntryWord>;

/** A model's text about an open option comes in; its decision goes out, or the first fault with its path. */
export const readExitAnswer = (text: string): Result<ExitAnswer, ReaderFault> =>
  readWith(text, optionExitMapping, (json) => {
    const fields = closedField(withNull(json, "wait_minutes"), "", ["action", "wait_minutes", "confidence", "rationale"]);
    const action = wordField(fields["action"], "action", exitWords);
    return { action, ...rest(fields), ...(action === "WAIT" ? { waitMinutes: minutes(fields["wait_minutes"]) } : {}) };
  });

/** A model's text about a contract to buy comes in; its decision goes out. */
export const readEntryAnswer = (text: string): Result<EntryAnswer, ReaderFault> =>
  readWith(text, optionEntryMapping, (json) => {
    const fields = closedField(json, "", ["action", "confidence", "rationale"]);
    return { action: wordField(fields["action"], "action", entryWords), ...rest(fields) };
  });

const rest = (fields: Readonly<Record<string, Json>>): { readonly confidence: number; readonly rationale: string } => ({
  confidence: numberField(fields["confidence"], "confidence", 0, 1),
  rationale: textField(fields["rationale"], "rationale"),
});

/** A part of a minute is waited for whole. */
const minutes = (json: Json | undefined): number => Math.ceil(numberField(json, "wait_minutes", waitMinutes.least, waitMinutes.most));

/** Left out, or null: both say that nothing is to be waited for. */
const withNull = (json: Json, key: string): Json =>
  isRecord(json) ? { [key]: null, ...json } : json;

function readWith<Of>(
  text: string,
  mapping: ReplyMapping,
  read: (json: Json) => Of,
): Result<Of & { readonly normalised: Normalisations }, ReaderFault> {
  const json = readJson(text);
  if (!json.ok) return json;
  const normal = normaliseReply(json.value, mapping);
  if (!normal.ok) return normal;
  const said = shaped(() => read(normal.value.json));
  return said.ok ? ok({ ...said.value, normalised: normal.value.normalised }) : said;
}
