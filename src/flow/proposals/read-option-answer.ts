import { ok, type Result } from "../../words/result.ts";
import { optionEntryMapping, optionExitMapping } from "./option-mapping.ts";
import { entryWords, exitWords, waitMinutes, type EntryWord, type ExitWord } from "./option-schemas.ts";
import type { Json } from "./read-json.ts";
import { readReply, type ReaderFault } from "./read-reply.ts";
import { closedField, numberField, textField, wordField } from "./reply-fields.ts";
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
export const readExitAnswer = (text: string): Result<ExitAnswer, ReaderFault> => readWith(text, optionExitMapping, exit);

/** A model's text about a contract to buy comes in; its decision goes out. */
export const readEntryAnswer = (text: string): Result<EntryAnswer, ReaderFault> => readWith(text, optionEntryMapping, entry);

const keys = ["action", "confidence", "rationale"];
/** Left out, or null: both say that nothing is to be waited for. */
const openKeys = ["wait_minutes"];

function exit(json: Json): Omit<ExitAnswer, "normalised"> {
  const fields = closedField(json, "", keys, openKeys);
  const action = wordField(fields["action"], "action", exitWords);
  const said = rest(fields);
  return action === "WAIT" ? { action, ...said, waitMinutes: minutes(fields["wait_minutes"] ?? null) } : { action, ...said };
}

function entry(json: Json): Omit<EntryAnswer, "normalised"> {
  const fields = closedField(json, "", keys);
  return { action: wordField(fields["action"], "action", entryWords), ...rest(fields) };
}

const rest = (fields: Readonly<Record<string, Json>>): { readonly confidence: number; readonly rationale: string } => ({
  confidence: numberField(fields["confidence"], "confidence", 0, 1),
  rationale: textField(fields["rationale"], "rationale"),
});

/** A part of a minute is waited for whole. */
const minutes = (json: Json | undefined): number => Math.ceil(numberField(json, "wait_minutes", waitMinutes.least, waitMinutes.most));

function readWith<Of>(
  text: string,
  mapping: ReplyMapping,
  read: (json: Json) => Of,
): Result<Of & { readonly normalised: Normalisations }, ReaderFault> {
  const said = readReply(text, mapping, read);
  return said.ok ? ok({ ...said.value.reply, normalised: said.value.normalised }) : said;
}
