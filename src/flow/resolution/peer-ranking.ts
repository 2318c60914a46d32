import type { Scores } from "../proposals/council-words.ts";
import { fitAdditive } from "./additive-fit.ts";

/** Reviews of several reviewers come in; what the pitches are worth to all of them together goes out, best first (COUN-4). */

export type ScoredPitch = { readonly reviewer: string; readonly member: string; readonly scores: Scores };

export type RankedPitch = {
  readonly member: string;
  /** Mean of the rubric as all reviewers see it, their own leniency taken out; 1..10 and now and then a little beyond. */
  readonly score: number;
  readonly reviews: number;
};

export type ReviewerBias = { readonly reviewer: string; readonly bias: number; readonly weight: number };
export type PeerRanking = { readonly ranked: readonly RankedPitch[]; readonly reviewers: readonly ReviewerBias[] };

/** The seven scores count alike. */
export function overall(scores: Scores): number {
  const seven = Object.values(scores);
  return seven.reduce((sum, score) => sum + score, 0) / seven.length;
}

/**
 * A score is taken as what the pitch is worth plus how lenient the reviewer is, both found together: nobody reviews his own, so that a reviewer's
 * plain mean would depend on whom he was spared. What is left of a score after both is taste, and a single taste moves little.
 * `weightOf` counts reviewers by their record; 1 for all counts them alike.
 */
export function rankPitches(reviews: readonly ScoredPitch[], weightOf: (reviewer: string) => number = () => 1): PeerRanking {
  const cells = reviews.map(({ reviewer, member, scores }) => ({
    row: member,
    column: reviewer,
    value: overall(scores),
    weight: weightOf(reviewer),
  }));
  const { rows, columns } = fitAdditive(cells);
  const ranked = [...rows].map(([member, score]) => ({
    member,
    score: rounded(score),
    reviews: reviews.filter((each) => each.member === member).length,
  }));
  return {
    ranked: ranked.sort((a, b) => b.score - a.score || (a.member < b.member ? -1 : 1)),
    reviewers: [...columns]
      .map(([reviewer, bias]) => ({ reviewer, bias: rounded(bias), weight: rounded(weightOf(reviewer)) }))
      .sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1)),
  };
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;
