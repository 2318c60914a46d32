import { bivariateNormal } from "./bivariate-normal.ts";
import { blackScholes, type OptionTerms } from "./black-scholes.ts";
import { normalDistribution } from "./normal.ts";

/** A call by its cost of carry `b`, as the paper writes it. */
type Carried = { readonly S: number; readonly X: number; readonly T: number; readonly r: number; readonly b: number; readonly v: number };

/** (ratio) to the `power` times a probability; a probability of zero wins over an overflow. */
const weighed = (logRatio: number, power: number, chance: number): number => (chance === 0 ? 0 : Math.exp(logRatio * power) * chance);

/**
 * An American option's value: Bjerksund and Stensland, Closed Form Valuation of American Options (2002), in the notation of Haug, The
 * Complete Guide to Option Pricing Formulas (2007), section 3.2. It is a lower bound, the best of a two-step exercise boundary, usually
 * within a tenth of a percent. Never below the European value or what exercise pays, nor above the underlying (a put: the strike).
 */
export function bjerksundStensland(of: OptionTerms, volatility: number): number {
  const { right, underlying, strike, years, rate, dividendYield } = of;
  const exercised = Math.max(0, right === "call" ? underlying - strike : strike - underlying);
  const european = blackScholes(of, volatility);
  const least = Math.max(exercised, european);
  if (!(years > 0 && volatility > 0)) return least;
  // A put is the call on the strike with rate and yield exchanged (McDonald and Schroder 1998).
  const call: Carried =
    right === "call"
      ? { S: underlying, X: strike, T: years, r: rate, b: rate - dividendYield, v: volatility }
      : { S: strike, X: underlying, T: years, r: dividendYield, b: dividendYield - rate, v: volatility };
  if (call.b >= call.r) return least;
  const value = americanCall(call);
  // Where a huge power meets a vanishing probability the closed form is no number: the bound is what is left.
  return Number.isFinite(value) ? Math.min(Math.max(value, least), call.S) : least;
}

function americanCall(of: Carried): number {
  const { S, X, T, r, b, v } = of;
  const variance = v * v;
  const beta = 0.5 - b / variance + Math.sqrt((b / variance - 0.5) ** 2 + (2 * r) / variance);
  const farBoundary = (beta / (beta - 1)) * X;
  const nearBoundary = Math.max(X, (r / (r - b)) * X);
  const t = 0.5 * (Math.sqrt(5) - 1) * T;
  const boundary = (time: number): number => {
    const h = (-(b * time + 2 * v * Math.sqrt(time)) * X * X) / ((farBoundary - nearBoundary) * nearBoundary);
    return nearBoundary + (farBoundary - nearBoundary) * (1 - Math.exp(h));
  };
  const I1 = boundary(t);
  const I2 = boundary(T);
  if (S >= I2) return S - X;
  // α·S^β is written (I − X)(S/I)^β: β may be large, S^β alone would overflow.
  const a1 = (I1 - X) * (S / I1) ** beta;
  const a2 = (I2 - X) * (S / I2) ** beta;
  const before = (gamma: number, H: number, I: number): number => phi(of, t, gamma, H, I);
  const after = (gamma: number, H: number): number => psi(of, gamma, H, I2, I1, t);
  return (
    a2 * (1 - before(beta, I2, I2)) +
    S * (before(1, I2, I2) - before(1, I1, I2)) -
    X * (before(0, I2, I2) - before(0, I1, I2)) +
    a1 * (before(beta, I1, I2) - after(beta, I1)) +
    S * (after(1, I1) - after(1, X)) -
    X * (after(0, I1) - after(0, X))
  );
}

const growth = ({ r, b, v }: Carried, gamma: number): number => -r + gamma * b + 0.5 * gamma * (gamma - 1) * v * v;
const power = ({ b, v }: Carried, gamma: number): number => (2 * b) / (v * v) + 2 * gamma - 1;

/** φ of the paper without its factor S^γ, which its callers bring. */
function phi(of: Carried, T: number, gamma: number, H: number, I: number): number {
  const { S, b, v } = of;
  const spread = v * Math.sqrt(T);
  const d = -(Math.log(S / H) + (b + (gamma - 0.5) * v * v) * T) / spread;
  const reach = Math.log(I / S);
  const reflected = weighed(reach, power(of, gamma), normalDistribution(d - (2 * reach) / spread));
  return Math.exp(growth(of, gamma) * T) * (normalDistribution(d) - reflected);
}

/** ψ of the paper without its factor S^γ: still alive at `t` and beyond `H` at the end. */
function psi(of: Carried, gamma: number, H: number, I2: number, I1: number, t: number): number {
  const { S, T, b, v } = of;
  const drift = b + (gamma - 0.5) * v * v;
  const early = v * Math.sqrt(t);
  const late = v * Math.sqrt(T);
  const rho = Math.sqrt(t / T);
  const kappa = power(of, gamma);
  const e1 = (Math.log(S / I1) + drift * t) / early;
  const e2 = (Math.log((I2 * I2) / (S * I1)) + drift * t) / early;
  const e3 = (Math.log(S / I1) - drift * t) / early;
  const e4 = (Math.log((I2 * I2) / (S * I1)) - drift * t) / early;
  const f1 = (Math.log(S / H) + drift * T) / late;
  const f2 = (Math.log((I2 * I2) / (S * H)) + drift * T) / late;
  const f3 = (Math.log((I1 * I1) / (S * H)) + drift * T) / late;
  const f4 = (Math.log((S * I1 * I1) / (H * I2 * I2)) + drift * T) / late;
  const chance =
    bivariateNormal(-e1, -f1, rho) -
    weighed(Math.log(I2 / S), kappa, bivariateNormal(-e2, -f2, rho)) -
    weighed(Math.log(I1 / S), kappa, bivariateNormal(-e3, -f3, -rho)) +
    weighed(Math.log(I1 / I2), kappa, bivariateNormal(-e4, -f4, -rho));
  return Math.exp(growth(of, gamma) * T) * chance;
}
