/**
 * What a reader takes beside a schema's own spelling, as data: one per kind of object, so that every desk declares its own and a page can
 * show it. Spellings are exact: case is part of them.
 */
export type ReplyMapping = {
  /** Our key and its other names. Only names whose unit is certain belong here: a bare `allocation` may be dollars or a share of equity. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** For a key of ours, our words and their other spellings. */
  readonly words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Keys of ours that hold a fraction, where "55%" is 0.55. */
  readonly fractions: readonly string[];
  /** Keys of ours whose number may stand in quotes, spelled as JSON spells a plain decimal. */
  readonly decimals: readonly string[];
  /** Keys of ours that hold text, where a nested object or list becomes its text. */
  readonly texts: readonly string[];
  /** Keys of ours that hold an object, or a list of objects, with a mapping of their own. */
  readonly below: Readonly<Record<string, ReplyMapping>>;
};

/** What was done to one value: `from` and `to` are quotations, cut short, for people. */
export type Normalisation = {
  readonly path: string;
  readonly rule: "key" | "word" | "percent" | "quoted_number" | "nested_text";
  readonly from: string;
  readonly to: string;
};

/** Every application is counted; the first ones are listed. */
export type Normalisations = { readonly count: number; readonly list: readonly Normalisation[] };

/** A word in small letters, capitals and with a first capital, which are the three ways that models spell one. */
export const cased = (...words: readonly string[]): readonly string[] =>
  words.flatMap((word) => [word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)]);
