import type { Config } from "./config.ts";

/** Keys that contradict one another, the one to look at first in front. */
export type Breach = { readonly keys: readonly string[]; readonly problem: string; readonly fix: string };

export type Relation = {
  /** For the reference, as a sentence. */
  readonly rule: string;
  readonly breaches: (config: Config) => readonly Breach[];
};
