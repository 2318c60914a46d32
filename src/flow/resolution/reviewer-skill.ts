/** What reviewers said of past pitches and what became of them come in; how well each ranks goes out (COUN-4). */

export type PastScore = {
  readonly week: string;
  readonly reviewer: string;
  readonly member: string;
  readonly score: number;
  /** What the pitch gained by its direction until the next meeting, in basis points. */
  readonly gainBps: number;
};

export type ReviewerSkill = {
  readonly reviewer: string;
  readonly weeks: number;
  readonly pairs: number;
  /** Mean over weeks of Spearman's rank correlation, -1..1; null before there was a week to rank in. */
  readonly rankCorrelation: number | null;
  /** What a vote of this reviewer would count for, 0..2. */
  readonly weight: number;
};

/** A week of fewer pitches has no order to speak of. */
const pitchesMin = 3;
/** So many weeks without skill are believed before the first week is: a good fortnight is luck. */
const priorWeeks = 8;

/** One plus the mean correlation drawn to zero by `priorWeeks`: nobody starts better than another, and nobody is ever heard twice over. */
export function skillOf(reviewer: string, past: readonly PastScore[]): ReviewerSkill {
  const own = past.filter((each) => each.reviewer === reviewer);
  const weeks = [...new Set(own.map(({ week }) => week))].flatMap((week) => {
    const rows = own.filter((each) => each.week === week);
    const found =
      rows.length < pitchesMin
        ? undefined
        : spearman(
            rows.map(({ score }) => score),
            rows.map(({ gainBps }) => gainBps),
          );
    return found === undefined ? [] : [{ found, rows: rows.length }];
  });
  const sum = weeks.reduce((all, { found }) => all + found, 0);
  return {
    reviewer,
    weeks: weeks.length,
    pairs: weeks.reduce((all, { rows }) => all + rows, 0),
    rankCorrelation: weeks.length === 0 ? null : rounded(sum / weeks.length),
    weight: rounded(1 + sum / (weeks.length + priorWeeks)),
  };
}

/** Spearman (1904) with mean ranks for ties: Pearson's correlation of the ranks; undefined where one side is all the same. */
export function spearman(left: readonly number[], right: readonly number[]): number | undefined {
  const [a, b] = [ranksOf(left), ranksOf(right)];
  const middle = (a.length + 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [at, rank] of a.entries()) {
    const [x, y] = [rank - middle, (b[at] ?? middle) - middle];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? undefined : both / Math.sqrt(ofA * ofB);
}

function ranksOf(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const same = values.filter((other) => other === value).length;
    return below + (same + 1) / 2;
  });
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;
