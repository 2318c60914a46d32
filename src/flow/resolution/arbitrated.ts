import type { InstrumentId, ProposalId } from "../../words/ids.ts";
import type { Side } from "../../words/side.ts";
import type { CalibratedWord } from "../proposals/belief.ts";
import type { ArbiterChoice } from "../proposals/crypto-schema.ts";
import type { ArbitrationReason, Resolution } from "./arbitrate.ts";

/** What became of one proposal; a code of a validation rule where it was refused before anybody compared it. */
export type ProposalFate =
  | "followed"
  | "blended"
  | "not_followed"
  | "outranked"
  | "contradicts_itself"
  | "arbitration_fault"
  | `refused: ${string}`;

export type LocalRow = {
  readonly proposal: ProposalId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  /** As the table compared it. */
  readonly conviction: number;
  /** What was said, and how conviction came of it; absent while nothing has calibrated it. */
  readonly calibrated?: CalibratedWord;
  readonly sizePct: number;
  readonly fate: ProposalFate;
};
export type AiRow = Omit<LocalRow, "conviction"> & { readonly confidence: number };

/** A wish that goes on, as a proposal of its own, and the proposals that it is made of. */
export type FinalRow = {
  readonly proposal: ProposalId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly confidence: number;
  readonly sizePct: number;
  readonly of: readonly ProposalId[];
  /** Whose stop and target it has. */
  readonly levels: "local" | "ai";
};

/** One line of the table as it was decided (DUAL-5), with what the arbiter said where it was asked. */
export type ArbitrationRow = {
  readonly instrument: InstrumentId;
  readonly local?: { readonly side: Side; readonly conviction: number; readonly sizePct: number };
  readonly ai?: { readonly side: Side; readonly confidence: number; readonly sizePct: number };
  readonly resolution: Resolution | "FAULT";
  readonly reason: ArbitrationReason | "bad_number";
  /** `unheard`: it was asked and nothing came that could be read, so that nobody is followed. */
  readonly arbiter?: ArbiterChoice | "unheard";
};

/** Who could propose in a cycle: `local_only` after a rollback, until a person clears it. */
export const sourcesHeard = ["both", "rules", "ai", "local_only"] as const;
export type SourcesHeard = (typeof sourcesHeard)[number];
