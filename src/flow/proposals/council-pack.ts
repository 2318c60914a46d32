import type { CouncilEvent, RefusedEvent } from "../context/council-events.ts";
import type { Regime } from "../market/regime.ts";
import { err, ok, type Result } from "../../words/result.ts";
import type { ConsensusRow } from "./council-consensus.ts";
import type { Research } from "./council-words.ts";

/** Regime, events and two research packs come in; what a council knows for the whole week goes out, and stays as it is (COUN-2, COUN-8). */

export type CouncilPack = {
  /** Date of the meeting. */
  readonly week: string;
  readonly regime: Regime;
  readonly events: readonly CouncilEvent[];
  readonly refusedEvents: readonly RefusedEvent[];
  readonly researchA?: Research;
  readonly researchB?: Research;
  readonly consensus: readonly ConsensusRow[];
};

export type NoResearch = { readonly code: "frozen_for_the_week" | "no_meeting"; readonly detail: string };

/** Research belongs to a meeting and a week has one: while its pack stands there is no way to add to it (COUN-8). */
export function mayResearch(
  frozen: { readonly week: string; readonly packHash: string } | undefined,
  meeting: string | undefined,
): Result<string, NoResearch> {
  if (frozen !== undefined && (meeting === undefined || meeting <= frozen.week))
    return err({
      code: "frozen_for_the_week",
      detail: `the pack ${frozen.packHash.slice(0, 12)} of ${frozen.week} stands until the next meeting`,
    });
  return meeting === undefined ? err({ code: "no_meeting", detail: "research is done in a meeting" }) : ok(meeting);
}
