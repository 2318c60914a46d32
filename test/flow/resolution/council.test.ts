import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rubric, type ChairDecision, type Scores } from "../../../src/flow/proposals/council-words.ts";
import { checkChair, decide } from "../../../src/flow/resolution/chairman-bounds.ts";
import { rankPitches, type ScoredPitch } from "../../../src/flow/resolution/peer-ranking.ts";
import { skillOf, spearman, type PastScore } from "../../../src/flow/resolution/reviewer-skill.ts";
import { aPitch } from "../proposals/council-pitches.ts";

const all = (score: number): Scores => Object.fromEntries(rubric.map((item) => [item, score])) as Scores;
const cell = (reviewer: string, member: string, score: number): ScoredPitch => ({ reviewer, member, scores: all(score) });

describe("ranking pitches (COUN-4)", () => {
  it("takes a reviewer's leniency out, also where he was spared the best", () => {
    // Worth: a 8, b 6, c 4. Ann is three points strict and reviews not her own a, Cid is generous by two.
    const worth: Record<string, number> = { a: 8, b: 6, c: 4, d: 5 };
    const bias: Record<string, number> = { a: -3, b: 1, c: 2, d: 0 };
    const reviews = Object.keys(bias).flatMap((reviewer) =>
      Object.keys(worth).flatMap((member) => (member === reviewer ? [] : [cell(reviewer, member, worth[member]! + bias[reviewer]!)])),
    );
    const { ranked, reviewers } = rankPitches(reviews);
    expect(ranked.map(({ member }) => member)).toEqual(["a", "b", "d", "c"]);
    for (const { member, score } of ranked) expect(score).toBeCloseTo(worth[member]!, 3);
    for (const each of reviewers) expect(each.bias).toBeCloseTo(bias[each.reviewer]!, 3);
  });
  it("moves no pitch against another, whatever a reviewer adds to all of his scores", () => {
    const score = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(fc.array(score, { minLength: 12, maxLength: 12 }), fc.integer({ min: -5, max: 5 }), (scores, shift) => {
        const names = ["a", "b", "c", "d"];
        let at = 0;
        const reviews = names.flatMap((reviewer) =>
          names.filter((member) => member !== reviewer).map((member) => cell(reviewer, member, scores[at++]!)),
        );
        const shifted = reviews.map((each) => (each.reviewer === "a" ? cell("a", each.member, each.scores.clarity + shift) : each));
        const [before, after] = [rankPitches(reviews).ranked, rankPitches(shifted).ranked];
        const moved = before.map(({ member, score: of }) => after.find((each) => each.member === member)!.score - of);
        for (const each of moved) expect(each).toBeCloseTo(shift / 4, 3);
      }),
      { seed: 11, numRuns: 100 },
    );
  });
  it("is not turned round by one reviewer who hates the best", () => {
    const names = ["a", "b", "c", "d", "e"];
    const worth: Record<string, number> = { a: 8, b: 6, c: 6, d: 6, e: 6 };
    const reviews = names.flatMap((reviewer) =>
      names
        .filter((member) => member !== reviewer)
        .map((member) => cell(reviewer, member, reviewer === "e" && member === "a" ? 1 : worth[member]!)),
    );
    expect(rankPitches(reviews).ranked[0]?.member).toBe("a");
  });
});

describe("how well a reviewer ranks", () => {
  it.each`
    left            | right           | expected       | because
    ${[1, 2, 3]}    | ${[10, 20, 30]} | ${1}           | ${"the orders are the same"}
    ${[1, 2, 3]}    | ${[30, 20, 10]} | ${-1}          | ${"they are reversed"}
    ${[1, 1, 1]}    | ${[1, 2, 3]}    | ${undefined}   | ${"who scores all alike has no order"}
    ${[1, 2, 2, 4]} | ${[1, 3, 2, 4]} | ${0.948683298} | ${"ties share their ranks"}
  `("is $expected for $left against $right because $because", ({ left, right, expected }) => {
    const found = spearman(left, right);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(expected, 6);
  });
  it("counts a record slowly, and nobody more than twice", () => {
    const week = (n: number, sign: number): PastScore[] =>
      [1, 2, 3, 4].map((score) => ({ week: `w${n}`, reviewer: "a", member: `m${score}`, score, gainBps: sign * score }));
    expect(skillOf("a", [])).toEqual({ reviewer: "a", weeks: 0, pairs: 0, rankCorrelation: null, weight: 1 });
    expect(skillOf("a", week(1, 1))).toMatchObject({ rankCorrelation: 1, weight: 1.111111 });
    const good = skillOf("a", Array.from({ length: 200 }, (_, n) => week(n, 1)).flat());
    const bad = skillOf("a", Array.from({ length: 200 }, (_, n) => week(n, -1)).flat());
    expect(good.weight).toBeGreaterThan(1.9);
    expect(good.weight).toBeLessThan(2);
    expect(bad.weight).toBeGreaterThan(0);
    expect(bad.weight).toBeLessThan(0.1);
  });
});

describe("a chairman's bounds (COUN-5)", () => {
  const pitches = [
    { member: "ann", pitch: aPitch({ symbol: "SPY", conviction: 1 }) },
    { member: "bob", pitch: aPitch({ symbol: "SPY", conviction: 2 }) },
    { member: "cid", pitch: aPitch({ symbol: "GLD", direction: "SHORT", conviction: -1 }) },
  ];
  const said = (of: Partial<ChairDecision>): ChairDecision => ({
    symbol: "SPY",
    direction: "LONG",
    horizon: "1w",
    conviction: 1,
    profile: "BASE",
    rationale: "",
    dissent: "",
    monitoring: [],
    ...of,
  });
  it.each`
    of                                                       | code                 | because
    ${{}}                                                    | ${undefined}         | ${"two pitched it"}
    ${{ conviction: 2 }}                                     | ${undefined}         | ${"its strongest backer said two"}
    ${{ symbol: "QQQ" }}                                     | ${"not_pitched"}     | ${"nobody pitched QQQ"}
    ${{ symbol: "GLD", conviction: 1 }}                      | ${"not_pitched"}     | ${"GLD was pitched the other way round"}
    ${{ symbol: "GLD", direction: "SHORT", conviction: -2 }} | ${"beyond_backed"}   | ${"its only backer said one"}
    ${{ conviction: -1 }}                                    | ${"sign"}            | ${"a long has none below zero"}
    ${{ conviction: 0.5 }}                                   | ${"half_conviction"} | ${"conviction is whole"}
    ${{ direction: "FLAT", conviction: 0 }}                  | ${undefined}         | ${"flat is always his to say"}
  `("answers $code to $of because $because", ({ of, code }) => expect(checkChair(said(of), pitches)?.code).toBe(code));

  it("falls back to the best ranked pitch, and keeps who wanted something else", () => {
    const decision = decide(undefined, pitches, [
      { member: "cid", score: 9, reviews: 2 },
      { member: "ann", score: 5, reviews: 2 },
    ]);
    expect(decision).toMatchObject({ by: "ranking", trade: { symbol: "GLD", direction: "SHORT", conviction: -1 }, backers: ["cid"] });
    expect(decision.dissenters.map(({ member }) => member)).toEqual(["ann", "bob"]);
    expect(decide(undefined, pitches, []).trade.direction).toBe("FLAT");
  });

  it("lets through nothing that nobody pitched, whatever is said", () => {
    const any = fc.record({
      symbol: fc.constantFrom("SPY", "GLD", "TLT"),
      direction: fc.constantFrom("LONG", "SHORT", "FLAT"),
      conviction: fc.integer({ min: -2, max: 2 }),
    });
    fc.assert(
      fc.property(any, (of) => {
        const decision = said(of as Partial<ChairDecision>);
        const heard = checkChair(decision, pitches) === undefined ? decision : undefined;
        const { trade } = decide(heard, pitches, [{ member: "bob", score: 9, reviews: 2 }]);
        if (trade.direction === "FLAT") return;
        const backed = pitches.filter(({ pitch }) => pitch.symbol === trade.symbol && pitch.direction === trade.direction);
        expect(backed.length).toBeGreaterThan(0);
        expect(Math.abs(trade.conviction)).toBeLessThanOrEqual(Math.max(...backed.map(({ pitch }) => Math.abs(pitch.conviction))));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
