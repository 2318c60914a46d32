import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import type { Person } from "../../src/lab/council/council-approver.ts";
import type { SeatRun } from "../../src/lab/council/council-run.ts";
import { fnv1a64 } from "../../src/words/hash64.ts";
import { aPitch, said } from "../flow/proposals/council-pitches.ts";
import { ranCouncil } from "./a-council-plan.ts";

/** A draw that is the same each time the same thing is asked. */
const draw = (...of: readonly string[]): number => Number(fnv1a64(of.join("/")) % 100n);

/** Says yes, no, or nothing yet, and may think again about a trade that waits. */
const fickle =
  (seed: string) =>
  (account: string): Person => {
    let times = 0;
    return (trade, binding) => {
      const drawn = draw(seed, account, trade, binding, String(times++));
      if (drawn < 30) return undefined;
      return drawn < 45 ? { yes: false, by: "ann", why: "not today" } : { yes: true, by: "ann", why: "" };
    };
  };

/** Now and then cannot be read, fails, breaks a bound, or wants out, less or the other way. */
function moody(seed: string, question: Question, house: ModelAnswer): ModelAnswer {
  if (house.outcome !== "ok") return house;
  const drawn = draw(seed, question.role, question.model, question.user);
  const says = (text: string): ModelAnswer => ({ ...house, text });
  if (drawn < 6) return says("I would rather not");
  if (drawn < 10) return { ...house, outcome: "timed_out", detail: "nothing came" };
  if (question.schema.name === "council_checkpoint@1") {
    const [action, conviction] = drawn < 18 ? ["EXIT", 0] : drawn < 55 ? ["REDUCE", 1] : drawn < 75 ? ["FLIP", -2] : ["STAY", 1];
    return says(JSON.stringify({ action, conviction: draw(seed, "sign") < 50 ? conviction : -conviction!, reason: "seen" }));
  }
  if (question.schema.name === "council_pitch@1" && drawn < 20)
    return says(said(aPitch({ symbol: "HYG", direction: "SHORT", conviction: -2, outBefore: ["NFP"], profile: "WIDE" })));
  return house;
}

/** A council whose people and models do whatever may be done, by the seed. */
export const ranMoody = (seed: string, set: readonly string[], sessions: number): Promise<readonly SeatRun[]> =>
  ranCouncil({
    set: [`seed=${seed}`, ...set],
    sessions,
    person: fickle(seed),
    plan: (of) => ({ ...of, model: { ask: (question, asking) => moody(seed, question, of.model.ask(question, asking) as ModelAnswer) } }),
  });
