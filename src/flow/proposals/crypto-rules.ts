import type { AssetContext } from "../context/gather.ts";
import type { FrameWish } from "../market/watched.ts";
import type { Side } from "../../words/side.ts";
import type { Belief } from "./belief.ts";
import { read, type Reading } from "./strategies/reading.ts";

/** One asset of a context comes in; what the rules want of it goes out: for each trigger that fires a side, a conviction, a size and levels (DUAL-1). */

export const localSignals = ["trend", "momentum", "mean_reversion"] as const;
export type LocalSignal = (typeof localSignals)[number];
export type Regime = "calm" | "usual" | "stormy";

/** Levels in currency, before they are rounded to ticks; a size in percent of equity, before it is money. */
export type LocalWish = {
  readonly signal: LocalSignal;
  readonly side: Side;
  /** As the score says it. */
  readonly confidence: number;
  /** What that is worth; the size goes by it. */
  readonly belief: Belief;
  readonly sizePct: number;
  readonly stop: number;
  readonly target: number;
  readonly rationale: string;
};

export type CryptoRules = {
  /** What one trade may lose at its stop, against equity: the stop's distance then says the size. */
  readonly riskBps: number;
  /** Distance of the stop in average true ranges of the base frame. */
  readonly stopAtr: number;
  /** Distance of the target as a multiple of the stop's. */
  readonly rewardToRisk: number;
  readonly sizePctMax: number;
};

const names = {
  base: ["ema20", "rsi14", "atr14", "adx14.adx", "roc12", "zscore20", "volatility24", "volatility96"],
  slow: ["ema10", "ema30"],
} as const;

export const cryptoFrames: readonly FrameWish[] = [
  {
    times: 1,
    indicators: {
      ema20: { kind: "ema", period: 20 },
      rsi14: { kind: "rsi", period: 14 },
      atr14: { kind: "atr", period: 14 },
      adx14: { kind: "adx", period: 14 },
      roc12: { kind: "roc", period: 12 },
      zscore20: { kind: "zscore", period: 20 },
      volatility24: { kind: "volatility", period: 24 },
      volatility96: { kind: "volatility", period: 96 },
    },
  },
  { times: 4, indicators: { ema10: { kind: "ema", period: 10 }, ema30: { kind: "ema", period: 30 } } },
];

export type LocalView = { readonly regime: Regime; readonly wishes: readonly LocalWish[] };

/** Undefined while an indicator has no value yet, or when nothing moves. */
export function localView(
  asset: AssetContext,
  rules: CryptoRules,
  believe: (signal: LocalSignal, said: number) => Belief,
): LocalView | undefined {
  const now = read(asset, names);
  if (now === undefined) return undefined;
  const regime = regimeOf(now);
  const wishes = [trend(now), momentum(now), meanReversion(now, regime)].flatMap((found) => {
    if (found === undefined) return [];
    const { signal, side, score, rationale } = found;
    const confidence = convictionOf(signal, score, regime);
    const belief = believe(signal, confidence);
    const { stop, target } = levels(now, side, rules);
    const sizePct = sized(now, belief, regime, rules);
    return [{ signal, side, confidence, belief, sizePct, stop, target, rationale: `${rationale}, ${regime} market` }];
  });
  return { regime, wishes };
}

/** Stop and target as the rules set them, for a side that somebody else wants as well. */
export function usualLevels(
  asset: AssetContext,
  side: Side,
  rules: CryptoRules,
): { readonly stop: number; readonly target: number } | undefined {
  const now = read(asset, names);
  return now === undefined ? undefined : levels(now, side, rules);
}

/** A day of base bars against four: realised volatility by which rules are trusted less, or not at all. */
function regimeOf(now: Reading): Regime {
  const ratio = now.value("volatility24") / now.value("volatility96");
  return ratio > 1.5 ? "stormy" : ratio < 0.75 ? "calm" : "usual";
}

type Fired = { readonly signal: LocalSignal; readonly side: Side; readonly score: number; readonly rationale: string };

/** The slow averages lie apart, the price is on their side and the base frame has a trend (ADX above 20). */
function trend(now: Reading): Fired | undefined {
  const apart = (now.slow("ema10") - now.slow("ema30")) / now.atr;
  const adx = now.value("adx14.adx");
  const side = apart > 0 ? "buy" : "sell";
  const with_ = side === "buy" ? now.price > now.slow("ema10") : now.price < now.slow("ema10");
  if (adx <= 20 || Math.abs(apart) < 0.5 || !with_) return undefined;
  return {
    signal: "trend",
    side,
    score: Math.abs(apart) * (adx / 25),
    rationale: `slow averages ${Math.abs(apart).toFixed(1)} true ranges apart with ADX ${adx.toFixed(0)}`,
  };
}

/** Twelve bars moved further than their own noise would carry them, and are not stretched yet. */
function momentum(now: Reading): Fired | undefined {
  const noise = now.value("volatility96") * 100 * Math.sqrt(12);
  if (!(noise > 0)) return undefined;
  const moved = now.value("roc12") / noise;
  const side = moved > 0 ? "buy" : "sell";
  const rsi = now.value("rsi14");
  if (Math.abs(moved) < 1 || (side === "buy" ? rsi > 75 : rsi < 25)) return undefined;
  return {
    signal: "momentum",
    side,
    score: Math.abs(moved),
    rationale: `${Math.abs(moved).toFixed(1)} times the noise of twelve bars`,
  };
}

/** Two deviations from the mean with an exhausted RSI and no trend; in a stormy market what is stretched stretches further. */
function meanReversion(now: Reading, regime: Regime): Fired | undefined {
  const away = now.value("zscore20");
  const side = away < 0 ? "buy" : "sell";
  const rsi = now.value("rsi14");
  const spent = side === "buy" ? rsi < 35 : rsi > 65;
  if (regime === "stormy" || Math.abs(away) < 2 || !spent || now.value("adx14.adx") > 25) return undefined;
  return {
    signal: "mean_reversion",
    side,
    score: Math.abs(away) - 1.5,
    rationale: `${Math.abs(away).toFixed(1)} deviations from the mean with RSI ${rsi.toFixed(0)}`,
  };
}

/**
 * The score at which a trigger is half convinced: the median of what it scored where it fired, over eight perpetuals in hours from
 * 2025-03-06 to 2025-04-05, so that half of what fires is above 0.5 whichever trigger it is.
 */
const halfScores: Readonly<Record<LocalSignal, number>> = { trend: 2.45, momentum: 1.33, mean_reversion: 0.94 };

/** What a stormy market leaves of a conviction. */
const stormyShare = 0.7;

/** From 0 at no score toward 1, and one half at the trigger's own half: score over score and half, to three digits. */
function convictionOf(signal: LocalSignal, score: number, regime: Regime): number {
  const raw = score / (score + halfScores[signal]);
  return Math.round((regime === "stormy" ? raw * stormyShare : raw) * 1_000) / 1_000;
}

function levels(
  { price, atr }: Reading,
  side: Side,
  { stopAtr, rewardToRisk }: CryptoRules,
): { readonly stop: number; readonly target: number } {
  const distance = stopAtr * atr;
  const sign = side === "buy" ? 1 : -1;
  return { stop: price - sign * distance, target: price + sign * rewardToRisk * distance };
}

/** In percent of equity: the risk over the distance to the stop, more of it the surer, half of it in a stormy market; never above the largest. */
function sized({ atr, price }: Reading, { conviction }: Belief, regime: Regime, { riskBps, stopAtr, sizePctMax }: CryptoRules): number {
  const distanceBps = (stopAtr * atr * 10_000) / price;
  const whole = (riskBps / distanceBps) * 100 * (0.5 + conviction / 2) * (regime === "stormy" ? 0.5 : 1);
  return Math.floor(Math.min(whole, sizePctMax) * 100) / 100;
}
