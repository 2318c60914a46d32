/** One kind of attack and how it went. */
export type Attack = {
  readonly name: string;
  /** What was tried, in a sentence for people. */
  readonly what: string;
  readonly tried: number;
  /** What did not hold, each in a line, with what repeats it. */
  readonly broke: readonly string[];
};
