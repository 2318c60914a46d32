import { afterEach, describe, expect, it } from "vitest";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import { oracle } from "../../flow/rails/oracle.ts";
import { asItWas, instead } from "../../lab/instead.ts";

afterEach(asItWas);

describe("every injection, obeyed, with the oracle beside the rails", () => {
  it("whatever was asked for: what the rails let go, before the wire and at it, a second set of rails lets go as well, and the other way round", async () => {
    const count = { passed: 0, refused: 0 };
    const differ: string[] = [];
    instead("flow/rails/judge.ts", ({ judge }: { judge: (scene: Scene, ...more: unknown[]) => object }) => ({
      judge: (scene: Scene, ...more: unknown[]) => {
        const answer = judge(scene, ...more);
        // At the proposal a size may still be trimmed, which the oracle does not do.
        if (scene.stage === "proposal") return answer;
        const against = [...oracle(scene)];
        const refused = "refusal" in answer;
        count[refused ? "refused" : "passed"]++;
        if (refused !== against.length > 0)
          differ.push(`${scene.stage} ${scene.candidate.intent}: ${refused ? "refused" : "passed"}, oracle: ${against.join()}`);
        return answer;
      },
    }));
    const { attackWords } = await import("../../../src/lab/prove/attack-words.ts");
    const { stormPlan } = await import("../../lab/storm/a-storm-plan.ts");
    const { broke } = attackWords(stormPlan, "oracle");
    expect([broke, differ]).toEqual([[], []]);
    expect(count.passed).toBeGreaterThan(5_000);
  });
});
