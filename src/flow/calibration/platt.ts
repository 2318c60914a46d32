import type { Scored } from "./brier.ts";

/** Probability as a logistic curve over the log odds of what was said: `slope` 1 and `intercept` 0 change nothing. */
export type PlattMap = { readonly kind: "platt"; readonly slope: number; readonly intercept: number };

const edge = 1e-3;
const stepsMax = 100;
/** Of the gradient, and of a step that is halved: Lin, Lin and Weng stop at a hundred thousandth, which four decimals of a probability never see. */
const enough = 1e-6;
const stepMin = 1e-10;

/** A confidence of 0 or 1 would have no log odds; what is said is believed up to one in a thousand. */
const logOdds = (confidence: number): number => {
  const said = Math.min(1 - edge, Math.max(edge, confidence));
  return Math.log(said / (1 - said));
};

const logistic = (of: number): number => (of >= 0 ? 1 / (1 + Math.exp(-of)) : Math.exp(of) / (1 + Math.exp(of)));

/** ln(1 + exp(of)) without overflow. */
const softPlus = (of: number): number => (of > 0 ? of + Math.log1p(Math.exp(-of)) : Math.log1p(Math.exp(of)));

/**
 * Platt's (1999) sigmoid with his regularised targets, (hits + 1) / (hits + 2) and 1 / (misses + 2), by Newton's method with backtracking as
 * Lin, Lin and Weng (2007) give it. The slope is never below zero: a higher confidence must not come to mean a lower probability.
 */
export function fitPlatt(scored: readonly Scored[]): PlattMap {
  const hits = scored.filter(({ cameTrue }) => cameTrue).length;
  const misses = scored.length - hits;
  const [high, low] = [(hits + 1) / (hits + 2), 1 / (misses + 2)];
  // What was said several times is one point: models round, and a thousand forecasts are a few dozen numbers.
  const groups = new Map<number, { count: number; target: number }>();
  for (const { confidence, cameTrue } of scored) {
    const group = groups.get(confidence) ?? { count: 0, target: 0 };
    group.count++;
    group.target += cameTrue ? high : low;
    groups.set(confidence, group);
  }
  const points = [...groups].map(([confidence, of]) => ({ odds: logOdds(confidence), ...of }));
  const loss = (slope: number, intercept: number): number =>
    points.reduce(
      (sum, { odds, count, target }) => sum + count * softPlus(slope * odds + intercept) - target * (slope * odds + intercept),
      0,
    );

  const start = Math.log((hits + 1) / (misses + 1));
  const fitted = newton(points, loss, start);
  if (fitted.slope >= 0) return { kind: "platt", ...fitted };
  return { kind: "platt", slope: 0, intercept: start };
}

/** `target` is the sum over all of its forecasts. */
type Point = { readonly odds: number; readonly count: number; readonly target: number };
type Line = { readonly slope: number; readonly intercept: number };

function newton(points: readonly Point[], loss: (slope: number, intercept: number) => number, start: number): Line {
  let [slope, intercept] = [0, start];
  let now = loss(slope, intercept);
  for (let step = 0; step < stepsMax; step++) {
    // A little on the diagonal keeps the matrix invertible when all said the same.
    let [g1, g2, h11, h12, h22] = [0, 0, 1e-12, 0, 1e-12];
    for (const { odds, count, target } of points) {
      const p = logistic(slope * odds + intercept);
      const weight = count * p * (1 - p);
      g1 += odds * (count * p - target);
      g2 += count * p - target;
      h11 += odds * odds * weight;
      h12 += odds * weight;
      h22 += weight;
    }
    if (Math.abs(g1) < enough && Math.abs(g2) < enough) break;
    const determinant = h11 * h22 - h12 * h12;
    if (!(determinant > 0)) break;
    const [d1, d2] = [-(h22 * g1 - h12 * g2) / determinant, -(h11 * g2 - h12 * g1) / determinant];
    const falls = g1 * d1 + g2 * d2;
    let size = 1;
    let next = loss(slope + d1, intercept + d2);
    while (next > now + 1e-4 * size * falls && size > stepMin) {
      size /= 2;
      next = loss(slope + size * d1, intercept + size * d2);
    }
    if (size <= stepMin) break;
    [slope, intercept, now] = [slope + size * d1, intercept + size * d2, next];
  }
  return { slope, intercept };
}

export const alongPlatt = ({ slope, intercept }: PlattMap, confidence: number): number => logistic(slope * logOdds(confidence) + intercept);
