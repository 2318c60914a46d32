import type { CorrelationId } from "../../../words/ids.ts";

/** How a line is meant, for colours: the words say it too. */
export type Tone = "good" | "bad" | "warn" | "plain";

/** What happened in a word or two, and then a sentence. */
export type Said = { readonly label: string; readonly text: string; readonly tone?: Tone };

/** Something telling that a desk did, as its journal has it: the decision can be looked up there. */
export type Moment = {
  readonly at: Temporal.Instant;
  readonly decision?: CorrelationId | undefined;
  readonly title: string;
  readonly lines: readonly Said[];
};
