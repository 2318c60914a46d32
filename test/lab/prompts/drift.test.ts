import { describe, expect, it } from "vitest";
import { driftLimits, driftOf } from "../../../src/lab/prompts/drift.ts";
import type { GoldenDecision } from "../../../src/lab/prompts/golden-run.ts";

/** Sixty decisions: twenty of each direction. */
const accepted: readonly GoldenDecision[] = Array.from({ length: 60 }, (_, n) => {
  const direction = ((n % 3) - 1) as GoldenDecision["direction"];
  return { scenario: `s${n}`, symbol: "A", action: ["sell", "hold", "buy"][n % 3]!, direction, confidence: 0.5 + (n % 5) * 0.05 };
});
const changed = (change: (decision: GoldenDecision, n: number) => Partial<GoldenDecision>): GoldenDecision[] =>
  accepted.map((decision, n) => ({ ...decision, ...change(decision, n) }));
const none = { action: "timed_out", direction: 0, confidence: null } as const;

describe("drift from the accepted run", () => {
  it.each<[string, GoldenDecision[], RegExp | undefined]>([
    ["the same answers", changed(() => ({})), undefined],
    [
      "a flip here and there",
      changed(({ direction }, n) => (n === 2 ? { direction: -1 } : n === 3 ? { direction: 0 } : { direction })),
      undefined,
    ],
    [
      "every decision the other way round",
      changed(({ direction }) => ({ direction: (0 - direction) as -1 | 0 | 1 })),
      /^66\.7% of the decisions flipped, over 10\.0%$/,
    ],
    [
      "six that buy where they held",
      changed((_, n) => (n < 18 && n % 3 === 1 ? { direction: 1 } : {})),
      /lean towards buying: p 0\.031, below 0\.05$/,
    ],
    ["six that sell where they held", changed((_, n) => (n < 18 && n % 3 === 1 ? { direction: -1 } : {})), /lean towards selling/],
    [
      "all surer by a tenth",
      changed(({ confidence }) => ({ confidence: confidence! + 0.1 })),
      /^confidence moved by 0\.100 in the mean, beyond 0\.05$/,
    ],
    ["all surer by a hundredth", changed(({ confidence }) => ({ confidence: confidence! + 0.01 })), undefined],
    [
      "a wild confidence around the same mean",
      changed(({ confidence }, n) => ({ confidence: confidence! + (n % 2 === 0 ? 0.3 : -0.3) })),
      undefined,
    ],
    [
      "two that are no longer answered",
      changed((_, n) => (n === 1 || n === 4 ? none : {})),
      /^2 decisions had no usable answer, and 0 in the accepted run$/,
    ],
    ["half of the set", accepted.slice(0, 30), /^only 30 decisions are in both runs, of 60 accepted and 30 new ones/],
    ["another set", accepted.map((each) => ({ ...each, scenario: `other ${each.scenario}` })), /^only 0 decisions are in both runs/],
  ])("%s", (_what, now, says) => {
    const { beyond } = driftOf(accepted, now);
    if (says === undefined) expect(beyond).toEqual([]);
    else expect(beyond).toEqual([expect.stringMatching(says)]);
  });

  it("counts what flipped and names it", () => {
    const drift = driftOf(
      accepted,
      changed((_, n) => (n === 1 ? { action: "buy", direction: 1 } : n === 2 ? none : {})),
    );
    expect(drift).toMatchObject({
      compared: 60,
      flips: 2,
      flipRate: 2 / 60,
      towardsBuying: 1,
      towardsSelling: 0,
      unanswered: { before: 0, now: 1 },
    });
    expect(drift.changed).toEqual([
      { scenario: "s1", symbol: "A", before: "hold", now: "buy" },
      { scenario: "s2", symbol: "A", before: "buy", now: "timed_out" },
    ]);
  });

  it("does not call it a lean that a model fell silent", () => {
    const drift = driftOf(
      accepted,
      changed(({ direction }) => (direction === 1 ? none : {})),
    );
    expect([drift.towardsSelling, drift.directionP]).toEqual([0, 1]);
    expect(drift.beyond.length).toBeGreaterThan(0);
  });

  it("is symmetric in what it measures", () => {
    const now = changed((_, n) => (n % 7 === 1 ? { direction: 1 } : {}));
    const [there, back] = [driftOf(accepted, now), driftOf(now, accepted)];
    expect([back.flips, back.towardsSelling, back.directionP]).toEqual([there.flips, there.towardsBuying, there.directionP]);
    expect(driftLimits.flipRateMax).toBeLessThan(1);
  });
});
