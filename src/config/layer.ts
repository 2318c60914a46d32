import type { ConfigFault } from "./fault.ts";
import type { PlainValue } from "./plain.ts";

/** A value that one source gave, already read as its kind and within its bounds. */
export type Given = {
  readonly value: PlainValue | readonly string[];
  /** As faults name the place. */
  readonly where: string;
  /** As `sources` names it. */
  readonly source: string;
};

/** What one source says, by dotted key, and what is wrong with it. */
export type Layer = {
  readonly given: ReadonlyMap<string, Given>;
  readonly faults: readonly ConfigFault[];
  /** Nothing could be read, so that what other layers say of its keys is not known to be the last word. */
  readonly unreadable?: boolean;
};
