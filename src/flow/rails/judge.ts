import { invariant } from "../../words/invariant.ts";
import { smaller, type Money } from "../../words/money.ts";
import type { Candidate, Scene } from "./candidate.ts";
import { exposureOf, type Exposure } from "./exposure.ts";
import { addsRisk } from "./open-orders.ts";
import { groupRails } from "./group/group-rails.ts";
import { rails } from "./rails.ts";
import { refuseState } from "./say.ts";
import type { Passed, Rail, Reckoned, Refused, Verdict } from "./verdict.ts";

/** A scene comes in, with the most that could leave; a `Passed` with what may leave, or the first refusal, goes out. */

/** A list of the caller's may be longer than the house's, never shorter: no desk and no config can judge without a rail. */
export function judge(scene: Scene, list: readonly Rail[] = rails): Passed | Refused {
  invariant(list === rails || rails.every((rail) => list.includes(rail)), "every rail of the house is in the list");
  if (scene.limits.group !== undefined)
    invariant(
      groupRails.every((rail) => list.includes(rail)),
      "an account of a group is judged by the group's rails",
    );
  const heard = hear(scene, list);
  return refused(heard) ? heard : (heard as Passed);
}

export const refused = (answer: Passed | Heard | Refused): answer is Refused => "refusal" in answer;

type Heard = { readonly candidate: Candidate; readonly notionalMax: Money; readonly verdicts: readonly Verdict[] };

/** What any list of rails would say, for asking what another list would have done; it permits nothing, since only `judge` mints. */
export function hear(scene: Scene, list: readonly Rail[]): Heard | Refused {
  const { candidate } = scene;
  const entry = addsRisk(candidate);
  const exposure = reckonOnce(scene);
  const verdicts: Verdict[] = [];
  let notionalMax = candidate.notional;
  for (const rail of list) {
    if (!entry && rail.judges === "entries") continue;
    const verdict = word(rail, scene, exposure);
    verdicts.push(verdict);
    if (verdict.outcome === "refused") return { refusal: verdict, verdicts };
    if (verdict.outcome === "trimmed") notionalMax = smaller(notionalMax, verdict.notionalMax);
  }
  return { candidate, notionalMax, verdicts };
}

/** Fails closed: a rail that throws, answers nothing, or trims where nothing may change any more has refused. */
function word(rail: Rail, scene: Scene, exposure: Reckoned): Verdict {
  try {
    const verdict = rail.check(scene, exposure);
    switch (verdict.outcome) {
      case "passed":
      case "refused":
        return verdict;
      case "trimmed":
        return scene.stage === "proposal" && verdict.notionalMax > 0n
          ? verdict
          : refuseState(rail.code, "rail_fault", "trimmed where it could only refuse");
    }
    return refuseState(rail.code, "rail_fault", "neither passed nor refused");
  } catch (fault) {
    return refuseState(rail.code, "rail_fault", fault instanceof Error ? fault.message : "threw something that is not an error");
  }
}

function reckonOnce(scene: Scene): Reckoned {
  let reckoned = false;
  let exposure: Exposure | undefined;
  return () => {
    if (!reckoned) {
      exposure = exposureOf(scene);
      reckoned = true;
    }
    return exposure;
  };
}
