import type { MemberExposure } from "../../portfolio/group-standing.ts";
import type { Scene } from "../candidate.ts";
import type { RailCode, RefusalCode } from "../codes.ts";
import { isCandidate } from "../open-orders.ts";
import { beyond } from "../room.ts";
import { pass, refuseState } from "../say.ts";
import type { Verdict } from "../verdict.ts";
import { betOf, betsOf, marginAt, turned, type BetsAndMargin, type Sight } from "./bets.ts";
import type { GroupLimits } from "./group-limits.ts";

/** What all accounts of a group stake, this one without the candidate, and what the candidate would add. */
export type Together = {
  readonly limits: GroupLimits;
  readonly own: BetsAndMargin;
  readonly others: readonly (MemberExposure & { readonly stale: boolean })[];
  readonly candidate: { readonly underlying: string; readonly worth: bigint; readonly direction: 1 | -1; readonly margin: bigint };
  readonly sight: Sight;
};

type GroupCode = Extract<RailCode & RefusalCode, `group_${string}`>;

/** Judges a sum over the group, made by `measure`; everything that is not known refuses before anything is added up. */
export function judgeTogether(
  code: GroupCode,
  scene: Scene,
  measure: (of: Together) => { readonly before: bigint; readonly adds: bigint; readonly most: bigint },
): Verdict {
  const found = together(scene);
  if (typeof found === "string") return refuseState(code, `${code}.unknown`, found);
  const { before, adds, most } = measure(found);
  const after = before + adds;
  if (after <= most) return pass(code, "money", after, most);
  // The rail counts in what is staked, an order in what it costs: for options the two are far apart.
  const room = adds === 0n ? 0n : ((most - before) * scene.candidate.notional) / adds;
  return beyond(code, scene, "money", after, most, room);
}

function together(scene: Scene): Together | string {
  const { standing, candidate, limits } = scene;
  if (limits.group === undefined) return "no limits of a group are given";
  const sight = sightOf(scene);
  const members = standing.measured?.group?.group === limits.group.name ? standing.measured.group.members : [];
  const others: (MemberExposure & { readonly stale: boolean })[] = [];
  for (const account of limits.group.others) {
    const member = members.find((each) => each.account === account);
    if (member === undefined) return `account ${account} was never heard of`;
    const ageMs = scene.now.epochMilliseconds - member.at.epochMilliseconds;
    others.push({ ...member, stale: ageMs > limits.group.ageMsMax || ageMs < 0 });
  }
  const own = betsOf(standing, sight, (order) => isCandidate(order, scene), candidate.intent);
  if (own === undefined) return "exposure of this account is not known";
  const { instrument, quantity, price, side, notional } = candidate;
  return {
    limits: limits.group,
    own,
    others,
    candidate: {
      ...turned(betOf(instrument, quantity, price, sight), side),
      margin: marginAt(notional, instrument, standing.leverage),
    },
    sight,
  };
}

const sightOf = (scene: Scene): Sight => ({
  instrument: (id) => (id === scene.candidate.instrument.id ? scene.candidate.instrument : scene.instrument(id)),
  mark: (id) => scene.quote(id)?.mark,
  delta: (id) => scene.standing.measured?.deltaOf(id),
});
