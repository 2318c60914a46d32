import { decode, encode } from "gpt-tokenizer/encoding/o200k_base";

/** Beyond it a count is an estimate of four characters a token: nobody waits for 5 MB to be counted. */
const charactersMax = 400_000;
/** The tokenizer takes quadratic time for one long word: 200,000 letters in a row take half a minute. Such texts are counted in slices. */
const longWord = /[\p{L}\p{M}]{400}|[^\p{L}\p{N}]{400}/u;
const sliceLength = 400;
/** Text that spells a control token is text. */
const asText = { disallowedSpecial: new Set<string>() };

/** The tokens of a text in OpenAI's o200k encoding; other vendors' counts differ by some percent. Undefined when it is too long. */
export function tokensOf(text: string): readonly number[] | undefined {
  if (text.length > charactersMax) return undefined;
  if (!longWord.test(text)) return encode(text, asText);
  return Array.from({ length: Math.ceil(text.length / sliceLength) }, (_, at) =>
    encode(text.slice(at * sliceLength, (at + 1) * sliceLength), asText),
  ).flat();
}

export const countOf = (text: string): number => tokensOf(text)?.length ?? Math.ceil(text.length / 4);

/** The text up to so many tokens; undefined when it has no more than that. */
export function cutToTokens(text: string, most: number): string | undefined {
  // A token has at least one byte, so a text of so few can be no longer.
  if (text.length * 3 <= most) return undefined;
  const tokens = tokensOf(text);
  if (tokens === undefined) return text.length / 4 <= most ? undefined : text.slice(0, most * 4);
  return tokens.length <= most ? undefined : decode(tokens.slice(0, most));
}
