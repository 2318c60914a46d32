import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { armOf, type PromptArms } from "../../../src/flow/proposals/prompt-arms.ts";
import { accountId, correlationId } from "../../../src/words/ids.ts";

const armsOf = (weights: readonly number[], seed = "1"): PromptArms => ({
  seed,
  arms: weights.map((weight, n) => ({ prompt: { id: `perps.trader@${n + 1}`, text: `${n}` }, weight })),
});
const mine = accountId("mine");
const cycle = (n: number) => correlationId(`4f2a.${n}`);
const cycles = 20_000;

/** Shares of the arms over so many cycles of one account. */
function sharesOf(arms: PromptArms, account = mine): number[] {
  const counts = arms.arms.map(() => 0);
  for (let n = 0; n < cycles; n++) counts[arms.arms.indexOf(armOf(arms, account, cycle(n)))]!++;
  return counts.map((count) => count / cycles);
}

describe("prompt arms (PERP-7)", () => {
  it.each([
    [[1], [1], "one arm gets everything"],
    [[1, 1], [0.5, 0.5], "equal weights share alike"],
    [[9, 1], [0.9, 0.1], "a tenth tries the new one"],
    [[3, 2, 1], [1 / 2, 1 / 3, 1 / 6], "weights are shares of their sum"],
    [[999, 1], [0.999, 0.001], "a small arm is not lost"],
  ])("deal %j out as %j because %s", (weights, expected) => {
    sharesOf(armsOf(weights)).forEach((share, n) => {
      const deviation = Math.sqrt((expected[n]! * (1 - expected[n]!)) / cycles);
      expect(Math.abs(share - expected[n]!), `arm ${n + 1}`).toBeLessThanOrEqual(4 * deviation);
    });
  });

  it("law: frequencies match weights, whatever the weights and the seed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        fc.string({ maxLength: 12 }),
        (weights, seed) => {
          const arms = armsOf(weights, seed);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const counts = weights.map(() => 0);
          for (let n = 0; n < 3_000; n++) counts[arms.arms.indexOf(armOf(arms, mine, cycle(n)))]!++;
          weights.forEach((weight, n) => {
            const [count, share] = [counts[n]!, weight / total];
            expect(Math.abs(count - 3_000 * share)).toBeLessThanOrEqual(5 * Math.sqrt(3_000 * share * (1 - share)) + 1e-9);
          });
        },
      ),
      { seed: 4, numRuns: 25 },
    );
  });

  it("law: the same seed, account and cycle get the same arm, in whatever order the arms are written", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (seed, n, order) => {
        const arms = armsOf([1, 2, 3, 4], seed);
        const shuffled = { seed, arms: order.map((at) => arms.arms[at]!) };
        expect(armOf(shuffled, mine, cycle(n)).prompt.id).toBe(armOf(arms, mine, cycle(n)).prompt.id);
      }),
      { seed: 4 },
    );
  });

  it("keeps what it dealt: these never change, or a restart would ask with another prompt", () => {
    const arms = armsOf([1, 1, 1]);
    const dealt = Array.from({ length: 16 }, (_, n) => armOf(arms, mine, cycle(n)).prompt.id.at(-1)).join("");
    expect(dealt).toBe("1131312232331121");
  });

  it.each([
    ["seed", armsOf([1, 1], "2"), mine],
    ["account", armsOf([1, 1]), accountId("yours")],
  ])("deals anew for another %s, as a second coin would fall", (_what, arms, account) => {
    const first = armsOf([1, 1]);
    let same = 0;
    for (let n = 0; n < cycles; n++) if (armOf(first, mine, cycle(n)).prompt.id === armOf(arms, account, cycle(n)).prompt.id) same++;
    expect(Math.abs(same / cycles - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / cycles));
  });

  it("does not follow from cycle to cycle: runs are as long as those of a coin", () => {
    const arms = armsOf([1, 1]);
    let changes = 0;
    for (let n = 1; n < cycles; n++) if (armOf(arms, mine, cycle(n)) !== armOf(arms, mine, cycle(n - 1))) changes++;
    expect(Math.abs(changes / cycles - 0.5)).toBeLessThan(0.025);
  });

  it.each([[[0, 1]], [[-1, 2]], [[1.5]], [[Number.NaN]], [[]]])("is our own bug with the weights %j", (weights) => {
    expect(() => armOf(armsOf(weights), mine, cycle(1))).toThrow("Invariant");
  });
});
