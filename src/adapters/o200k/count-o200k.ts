/**
 * Tokens of a text in OpenAI's encoding o200k, or undefined where counting would take too long. It takes some 0.3 ms a kilobyte; the
 * first count loads the encoding's tables, which takes a tenth of a second.
 */
export async function countO200k(text: string): Promise<number | undefined> {
  if (longWord.test(text)) return undefined;
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  return countTokens(text, asText);
}

/** The encoder takes time that grows with the square of a word's length: a hostile headline must not stop the process for seconds. */
const longWord = /\S{256}|\s{256}/;
/** Special tokens are text like any other: without this a headline that holds one would throw. */
const asText = { disallowedSpecial: new Set<string>() };
