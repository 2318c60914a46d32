import { InvalidArgumentError, type Argument, type Option } from "commander";
import { nearest } from "../config/did-you-mean.ts";

/** Words shorter than this are too near to one another for a guess: 7h is no slip for 1h. */
const guessedMin = 3;

/** A flag or argument with a closed list of words; the help shows them, and a slip of the hand is named. */
export function oneOf<Which extends Option | Argument>(which: Which, words: readonly string[]): Which {
  which.choices(words).argParser((text: string) => {
    if (words.includes(text)) return text;
    const guess = didYouMean(text, words);
    throw new InvalidArgumentError(`It is one of ${words.join(", ")}${guess === undefined ? "." : `; ${guess}`}`);
  });
  return which;
}

/** `did you mean X?` where one of the words is near enough. */
export function didYouMean(word: string, words: Iterable<string>): string | undefined {
  const near = word.length < guessedMin ? undefined : nearest(word, words);
  return near === undefined ? undefined : `did you mean ${near}?`;
}
