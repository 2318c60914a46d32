import { invariant } from "../../../words/invariant.ts";
import { normalDistribution } from "./normal.ts";

const points = 20;
const twoPi = 2 * Math.PI;

/** Nodes and weights of Gauss and Legendre on (-1, 1): the roots of the Legendre polynomial by Newton's method. */
function legendre(count: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let x = Math.cos((Math.PI * (at + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let pass = 0; pass < 12; pass++) {
      let before = 1;
      let now = x;
      for (let degree = 2; degree <= count; degree++) [before, now] = [now, ((2 * degree - 1) * x * now - (degree - 1) * before) / degree];
      slope = (count * (x * now - before)) / (x * x - 1);
      x -= now / slope;
    }
    nodes[at] = x;
    weights[at] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

const { nodes, weights } = legendre(points);

/** Beyond this the integrand is too steep for the number of points. */
const correlationMax = 0.925;

/**
 * The chance that two standard normals with `correlation` are below `a` and `b`, to about 14 digits for correlations up to 0.925
 * either way: Drezner and Wesolowsky (1990) as Genz (2004) integrates it.
 */
export function bivariateNormal(a: number, b: number, correlation: number): number {
  invariant(Math.abs(correlation) <= correlationMax, `a correlation is at most ${correlationMax} either way here`);
  const half = Math.asin(correlation) / 2;
  const squares = (a * a + b * b) / 2;
  const product = a * b;
  let total = 0;
  for (let at = 0; at < points; at++) {
    const sine = Math.sin(half * (1 + (nodes[at] ?? 0)));
    total += (weights[at] ?? 0) * Math.exp((sine * product - squares) / (1 - sine * sine));
  }
  return (total * half) / twoPi + normalDistribution(a) * normalDistribution(b);
}
