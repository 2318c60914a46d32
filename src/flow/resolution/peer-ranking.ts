import { rubric, type Scores } from "../proposals/council-words.ts";
import { huberMean } from "./robust-mean.ts";

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

const rounds = 30;

/** The seven scores count alike. */
export const overall = (scores: Scores): number => rubric.reduce((sum, item) => sum + scores[item], 0) / rubric.length;

/**
 * A score is taken as pitch plus reviewer: s = b(pitch) + a(reviewer), with the biases a adding up to zero. Both are found in turns by Huber's
 * mean, since nobody reviews his own and a reviewer's plain mean would depend on whom he was spared. What is left of a score after both is
 * taste, and a single taste moves a middle little. `weightOf` counts reviewers by their record; 1 for all counts them alike.
 */
export function rankPitches(reviews: readonly ScoredPitch[], weightOf: (reviewer: string) => number = () => 1): PeerRanking {
  const members = [...new Set(reviews.map(({ member }) => member))].sort();
  const reviewers = [...new Set(reviews.map(({ reviewer }) => reviewer))].sort();
  const cells = reviews.map(({ reviewer, member, scores }) => ({ reviewer, member, score: overall(scores) }));
  const bias = new Map(reviewers.map((reviewer) => [reviewer, 0]));
  const worth = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const member of members) {
      const own = cells.filter((cell) => cell.member === member);
      const middle = huberMean(own.map(({ reviewer, score }) => ({ value: score - (bias.get(reviewer) ?? 0), weight: weightOf(reviewer) })));
      // Where the record of every reviewer of it is bad they all count alike again: a pitch is never without a score for that.
      worth.set(member, middle ?? huberMean(own.map(({ reviewer, score }) => ({ value: score - (bias.get(reviewer) ?? 0), weight: 1 }))) ?? 0);
    }
    for (const reviewer of reviewers) {
      const own = cells.filter((cell) => cell.reviewer === reviewer);
      bias.set(reviewer, huberMean(own.map(({ member, score }) => ({ value: score - (worth.get(member) ?? 0), weight: 1 }))) ?? 0);
    }
    const mean = [...bias.values()].reduce((sum, each) => sum + each, 0) / bias.size;
    for (const [reviewer, each] of bias) bias.set(reviewer, each - mean);
  }
  const ranked = members.map((member) => ({
    member,
    score: rounded(worth.get(member) ?? 0),
    reviews: cells.filter((cell) => cell.member === member).length,
  }));
  return {
    ranked: ranked.sort((a, b) => b.score - a.score || (a.member < b.member ? -1 : 1)),
    reviewers: reviewers.map((reviewer) => ({ reviewer, bias: rounded(bias.get(reviewer) ?? 0), weight: rounded(weightOf(reviewer)) })),
  };
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;
