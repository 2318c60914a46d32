import type { InstrumentId } from "../words/ids.ts";

type Split = { readonly instrument: InstrumentId; readonly from: number; readonly into: number };

/** No id of a venue has a space in it. */
export type UnnamedSplit = `split ${string}`;

/** What a split is known by that an old journal holds without its transaction: the same one may still be in the venue's records. */
export const unnamedSplit = ({ instrument, from, into }: Split, at: Temporal.Instant): UnnamedSplit =>
  `split ${instrument} ${from} ${into} ${at.epochMilliseconds}`;
