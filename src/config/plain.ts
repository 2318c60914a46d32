/** A value as a journal keeps it; money is a canonical decimal text, a list is its items with commas between. */
export type PlainValue = string | number | boolean;

/** Dotted keys to plain values, the shape of a journal's `settings`. */
export type PlainRecord = Readonly<Record<string, PlainValue>>;
