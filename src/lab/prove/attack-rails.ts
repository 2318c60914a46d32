import { judge, refused } from "../../flow/rails/judge.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import { readableEvidence } from "../../journal/readable.ts";
import type { Attack } from "./attack.ts";
import { railProbes } from "./rail-probes.ts";
import { soundScene } from "./sound-scene.ts";

/** For each rail an order just past the user's own limit, and one order that all of them should let pass. */
export function attackRails(limits: Limits): Attack {
  const probes = railProbes(limits);
  const broke: string[] = [];
  // A house that refuses everything would hold against all the others.
  const sound = judge(soundScene({ limits }));
  if (refused(sound)) broke.push(`a small sound entry was refused by ${sound.refusal.code}: ${readableEvidence(sound.refusal)}`);
  for (const { rail, tried, scene } of probes) if (!refused(judge(scene))) broke.push(`${rail}: ${tried} was let pass`);
  return { name: "rails", what: "orders just past each of your limits", tried: probes.length + 1, broke };
}
