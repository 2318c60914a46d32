import type { OptionLimits } from "./option-limits.ts";
import type { GateRefusal, OptionSituation } from "./option-situation.ts";

/** A contract's figures come in; every reason of OPT-5 why it is not one to enter goes out, all of them, so that a person sees the whole. */
export function liquidityRefusals(of: OptionSituation, limits: OptionLimits): readonly GateRefusal[] {
  const { openInterest = Number.NaN, volume = Number.NaN, spreadBps = Number.NaN, delta = Number.NaN, theta = Number.NaN } = of;
  const widest = limits.spreadProfile === "strict" ? limits.spreadBpsStrictMax : limits.spreadBpsMax;
  return [
    ...least("open_interest", openInterest, limits.openInterestMin),
    ...least("volume", volume, limits.volumeMin),
    // What is missing is told by its first line, and the limit that it lacks is the widest spread.
    ...most("spread", spreadBps, widest),
    // A book whose bid stands above its ask is broken, however narrow it looks.
    ...least("spread_crossed", spreadBps, 0),
    ...least("delta", Math.abs(delta), limits.deltaMin),
    ...most("delta", Math.abs(delta), limits.deltaMax),
    ...least("theta", theta, limits.thetaMin),
    ...(of.iv === undefined ? [] : [...least("iv", of.iv, limits.ivMin), ...most("iv", of.iv, limits.ivMax)]),
    ...(of.daysToExpiry === undefined
      ? []
      : [
          ...least("days_to_expiry", of.daysToExpiry, limits.daysToExpiryMin),
          ...most("days_to_expiry", of.daysToExpiry, limits.daysToExpiryMax),
        ]),
    ...(of.quoteAgeMs === undefined
      ? []
      : [...most("quote_age", of.quoteAgeMs, limits.quoteAgeMsMax), ...least("quote_from_future", of.quoteAgeMs, 0)]),
  ].filter(onlyOnce);
}

/** Comparisons are written so that what is not a number refuses, and says that it is missing. */
const least = (code: string, measured: number, limit: number): readonly GateRefusal[] =>
  measured >= limit ? [] : [against(code, measured, limit)];
const most = (code: string, measured: number, limit: number): readonly GateRefusal[] =>
  measured <= limit ? [] : [against(code, measured, limit)];

const against = (code: string, measured: number, limit: number): GateRefusal =>
  Number.isNaN(measured)
    ? { gate: 1, code: `${code === "spread_crossed" ? "spread" : code === "quote_from_future" ? "quote_age" : code}.missing`, limit }
    : { gate: 1, code, measured, limit };

const onlyOnce = ({ code }: GateRefusal, at: number, all: readonly GateRefusal[]): boolean =>
  all.findIndex((other) => other.code === code) === at;
