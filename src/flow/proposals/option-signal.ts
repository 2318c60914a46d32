import type { AssetSnapshot } from "../market/snapshot.ts";
import type { FrameWish } from "../market/watched.ts";

/** What the underlyings of the options desk are watched with. */
export const optionFrames: readonly FrameWish[] = [
  {
    times: 1,
    indicators: {
      ema9: { kind: "ema", period: 9 },
      ema21: { kind: "ema", period: 21 },
      rsi14: { kind: "rsi", period: 14 },
      atr14: { kind: "atr", period: 14 },
    },
  },
];

/** The averages must be this many average ranges apart before one calls it a direction. */
const apartMin = 0.35;

/**
 * An underlying's frame comes in; which right a rule would buy goes out, or nothing: a trend of two averages that the strength index
 * confirms and has not exhausted. It only picks what is worth a question; gates and answers decide.
 */
export function optionSignal({ frames }: AssetSnapshot): "call" | "put" | undefined {
  const values = frames[0]?.values ?? {};
  const { ema9 = Number.NaN, ema21 = Number.NaN, rsi14 = Number.NaN, atr14 = Number.NaN } = values;
  const apart = (ema9 - ema21) / atr14;
  if (apart >= apartMin && rsi14 > 52 && rsi14 < 75) return "call";
  return apart <= -apartMin && rsi14 < 48 && rsi14 > 25 ? "put" : undefined;
}
