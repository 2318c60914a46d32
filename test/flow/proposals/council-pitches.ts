import type { Pitch } from "../../../src/flow/proposals/council-words.ts";

/** A sound pitch, with what a test cares about. */
export const aPitch = (of: Partial<Pitch> = {}): Pitch => ({
  symbol: "SPY",
  direction: "LONG",
  horizon: "1w",
  thesis: ["Stocks rise with credit"],
  indicators: [{ symbol: "HYG", measure: "close of half an hour", comparison: "below", threshold: 76 }],
  invalidation: "A close below 470",
  conviction: 1,
  profile: "BASE",
  entryBy: "market_on_open",
  outBefore: [],
  ...of,
});

/** The same as a model says it. */
export const said = (pitch: Pitch, other: Readonly<Record<string, unknown>> = {}): string => {
  const { profile, entryBy, limit, outBefore, ...rest } = pitch;
  return JSON.stringify({
    ...rest,
    risk_profile: profile,
    entry: entryBy,
    limit_price: limit === undefined ? null : Number(limit) / 1e12,
    out_before: outBefore,
    ...other,
  });
};
