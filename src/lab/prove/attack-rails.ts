import type { Scene } from "../../flow/rails/candidate.ts";
import { equityRails } from "../../flow/rails/equities/equity-rails.ts";
import { judge, refused } from "../../flow/rails/judge.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import { rails } from "../../flow/rails/rails.ts";
import type { Rail } from "../../flow/rails/verdict.ts";
import { readableEvidence } from "../../journal/readable.ts";
import type { Attack } from "./attack.ts";
import { equityRailProbes, soundEquityScene } from "./equity-rail-probes.ts";
import { railProbes, type Probe } from "./rail-probes.ts";
import { soundScene } from "./sound-scene.ts";

/** For each rail an order just past the user's own limit, and one order that all of them should let pass. */
export const attackRails = (limits: Limits): Attack => ({
  name: "rails",
  what: "orders just past each of your limits",
  ...attacked(rails, railProbes(limits), soundScene({ limits })),
});

/** The same for the rails that the equities desk adds to the house's, under that desk's own limits. */
export const attackEquityRails = (limits: Limits): Attack => ({
  name: "equities rails",
  what: "orders just past the limits that only shares have",
  ...attacked([...rails, ...equityRails], equityRailProbes(limits), soundEquityScene(limits)),
});

function attacked(list: readonly Rail[], probes: readonly Probe[], sound: Scene): Pick<Attack, "tried" | "broke"> {
  const broke: string[] = [];
  // A house that refuses everything would hold against all the others.
  const passes = judge(sound, list);
  if (refused(passes)) broke.push(`a small sound entry was refused by ${passes.refusal.code}: ${readableEvidence(passes.refusal)}`);
  for (const { rail, tried, scene } of probes) if (!refused(judge(scene, list))) broke.push(`${rail}: ${tried} was let pass`);
  return { tried: probes.length + 1, broke };
}
