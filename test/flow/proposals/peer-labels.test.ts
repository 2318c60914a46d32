import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rubric } from "../../../src/flow/proposals/council-words.ts";
import { permutation, pitchesFor, plainLine, rubricFor } from "../../../src/flow/proposals/peer-labels.ts";
import { aPitch } from "./council-pitches.ts";

const members = ["ann", "bob", "cid", "dee", "eve"];
const pitches = members.map((member) => ({ member, pitch: aPitch({ invalidation: `${member} says so` }) }));

describe("what a reviewer may see (COUN-4)", () => {
  it("is everybody's pitch but his own, under labels that differ, in an order of his own", () => {
    for (const reviewer of members) {
      const seen = pitchesFor(reviewer, pitches, "seed", members);
      expect(seen.map(({ member }) => member).toSorted()).toEqual(members.filter((each) => each !== reviewer));
      expect(new Set(seen.map(({ label }) => label)).size).toBe(4);
    }
  });

  it("has labels and orders that tell nothing of another reviewer's", () => {
    const weeks = Array.from({ length: 400 }, (_, week) =>
      members.map((reviewer) => pitchesFor(reviewer, pitches, `week ${week}`, members)),
    );
    const labelOf = (sheet: (typeof weeks)[number][number], member: string) => sheet.find((each) => each.member === member)?.label;
    const sameLabel = weeks.filter(([, bob, cid]) => labelOf(bob!, "dee") === labelOf(cid!, "dee")).length;
    // Of 24 letters one in 24 is the same by chance: 17 of 400.
    expect(sameLabel).toBeGreaterThan(4);
    expect(sameLabel).toBeLessThan(36);
    const firsts = new Map<string, number>();
    for (const [ann] of weeks) firsts.set(ann![0]!.member, (firsts.get(ann![0]!.member) ?? 0) + 1);
    for (const count of firsts.values()) expect(Math.abs(count - 100)).toBeLessThan(35);
    const places = weeks.map((_, week) => rubricFor("ann", `week ${week}`).indexOf("clarity"));
    expect(new Set(places).size).toBe(rubric.length);
  });

  it("is the same again from the same seed, and a permutation for every seed", () => {
    expect(pitchesFor("ann", pitches, "seed", members)).toEqual(pitchesFor("ann", pitches, "seed", members));
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 24 }), (seed, count) => {
        expect(permutation(seed, count).toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it.each`
    line                                | plain                                  | because
    ${"- **Buy** the dip!"}             | ${"buy the dip"}                       | ${"bullets, marks and capitals are habits"}
    ${"1) Rates fall…"}                 | ${"rates fall"}                        | ${"so is numbering"}
    ${"🚀 To the moon"}                 | ${"to the moon"}                       | ${"and pictures"}
    ${"As GPT-5.2 I like it — a lot"}   | ${"as a member i like it, a lot"}      | ${"and one's own name"}
    ${"Claude thinks ann is wrong"}     | ${"a member thinks a member is wrong"} | ${"and a peer's"}
    ${"The annual report"}              | ${"the annual report"}                 | ${"a name within a word is none"}
    ${"“Quoted”   and ‘so’"}            | ${"\"quoted\" and 'so'"}               | ${"quotes and blanks are one kind each"}
    ${"• stop below 470.5; not before"} | ${"stop below 470.5; not before"}      | ${"numbers stay as they are"}
  `("writes $line as $plain because $because", ({ line, plain }) => expect(plainLine(line, members)).toBe(plain));
});
