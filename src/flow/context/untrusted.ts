import { invariant } from "../../words/invariant.ts";
import type { NewsItem } from "../market/news.ts";
import { unmasked } from "./untrusted-letters.ts";
import { readableText } from "./untrusted-markup.ts";

/** Words of others come in; the same words go out as a model may be shown them: what a person would see, short, and fenced (MOD-7). */

export type UntrustedRules = {
  /** Names the fence: letters and digits that the writer of the text could not have known. */
  readonly nonce: string;
  /** The most that is kept of each part, in UTF-16 code units, cut between characters as a reader sees them. */
  readonly sourceMax: number;
  readonly titleMax: number;
  readonly bodyMax: number;
};

/** What was done to the words, counted. */
export type Changes = {
  /** Characters that no reader sees: zero-width, bidirectional, tag, control, private and variation characters. */
  readonly invisible: number;
  /** Accents beyond the third on one letter. */
  readonly marks: number;
  /** Tags, comments and hidden parts of a page. */
  readonly markup: number;
  readonly lookalikes: number;
  readonly doubtful: number;
  /** How often the fence's own name stood in the text. */
  readonly fence: number;
  /** Code units that were too many. */
  readonly cut: number;
};

export type Untrusted = { readonly text: string; readonly changes: Changes };

/** Fewer than four letters and digits could be guessed; anything else could be mistaken for text. */
const nonceShape = /^[0-9a-z]{8,64}$/;

/** Instruments are given by whoever resolved them: nothing in the text can add one. */
export function untrusted(item: NewsItem, rules: UntrustedRules, instruments: readonly string[] = []): Untrusted {
  const { nonce } = rules;
  invariant(nonceShape.test(nonce), "a fence's nonce is 8 to 64 digits and small letters");
  const source = kept(item.source.replaceAll(",", " "), rules.sourceMax, nonce);
  const title = item.title === undefined ? undefined : kept(item.title, rules.titleMax, nonce);
  const body = kept(item.body, rules.bodyMax, nonce);
  const changes = sumOf([source, title, body].flatMap((part) => (part === undefined ? [] : [part.changes])));
  const altered = Object.entries(changes).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]));
  const head = [source.text.replaceAll(",", " "), item.at.toString(), instruments.join(" "), altered.join(" ")].join(",");
  const lines = [`<${nonce} ${head}`, ...[title, body].flatMap((part) => (part === undefined ? [] : [`| ${part.text}`])), `${nonce}>`];
  return { text: lines.join("\n"), changes };
}

export type PlainWords = { readonly text: string; readonly changes: Omit<Changes, "fence" | "cut"> };

/** One line of the words that a person would see. */
export function plainWords(words: string): PlainWords {
  const page = readableText(words.toWellFormed());
  const { text, invisible, marks } = visible(page.text);
  const letters = unmasked(text);
  const { lookalikes, doubtful } = letters;
  return { text: letters.text.replace(/\s+/gu, " ").trim(), changes: { invisible, marks, markup: page.markup, lookalikes, doubtful } };
}

/** The fence is cut once letters are unmasked: a masked nonce is one only then. */
function kept(words: string, most: number, nonce: string): Untrusted {
  const plain = plainWords(words);
  const open = withoutFence(plain.text, nonce);
  const text = shortened(open.text, most);
  return { text, changes: { ...plain.changes, fence: open.fence, cut: open.text.length - text.length } };
}

/** Line ends of every kind are spaces: one text is one line. The blank Braille cell is drawn as nothing. */
const blank = /[\t\n\v\f\r\u0085\u2028\u2029\u2800]/gu;
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const stacked = /(\p{M}{3})(\p{M}+)/gu;

function visible(text: string): { readonly text: string; readonly invisible: number; readonly marks: number } {
  let [invisible, marks] = [0, 0];
  const counted = (): string => {
    invisible++;
    return "";
  };
  const plain = text.replace(blank, " ").replace(unseen, counted).normalize("NFKC").replace(unseen, counted);
  const calm = plain.replace(stacked, (_, kept: string, dropped: string) => {
    marks += Array.from(dropped).length;
    return kept;
  });
  return { text: calm.normalize("NFKC"), invisible, marks };
}

/** Again until it is gone: what stands around a cut may close up to another one. */
function withoutFence(text: string, nonce: string): { readonly text: string; readonly fence: number } {
  const name = new RegExp(nonce, "gi");
  let open = text;
  let fence = 0;
  while (name.test(open)) {
    name.lastIndex = 0;
    open = open.replace(name, () => {
      fence++;
      return "";
    });
  }
  return { text: open, fence };
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}

function sumOf(parts: readonly Changes[]): Changes {
  const sum = { invisible: 0, marks: 0, markup: 0, lookalikes: 0, doubtful: 0, fence: 0, cut: 0 };
  for (const part of parts) for (const name of names) sum[name] += part[name];
  return sum;
}
const names = ["invisible", "marks", "markup", "lookalikes", "doubtful", "fence", "cut"] as const;
