import { clockAgrees, clockSkewOf, surelyOffMs, type ClockSkew } from "../words/clock-skew.ts";
import type { Doctored } from "./doctor-models.ts";

/** What a server said of the time, and when by our clock it was asked and answered. */
export type TimeSaid = { readonly who: string; readonly askedMs: number; readonly answeredMs: number; readonly date: string | null };

/** `Date` in answers is cut to whole seconds (RFC 9110, 6.6.1). */
const stepMs = 1_000;

/** This machine's clock against the surest of what servers said. The simulated venue has no clock but ours, so that only others can tell. */
export function clockLine(said: readonly TimeSaid[]): Doctored {
  const read = said.flatMap(({ who, askedMs, answeredMs, date }) => {
    const toldMs = Date.parse(date ?? "");
    return Number.isNaN(toldMs) ? [] : [{ who, skew: clockSkewOf(askedMs, answeredMs, toldMs, stepMs) }];
  });
  const [best] = read.toSorted((one, other) => one.skew.uncertaintyMs - other.skew.uncertaintyMs);
  if (best === undefined) return { state: "note", what: "clock", detail: "skew unknown: no server that was asked told its time" };
  const { who, skew } = best;
  return { state: clockAgrees(skew) ? "ok" : "note", what: "clock", detail: `${inWords(skew)} (by ${who})` };
}

function inWords(skew: ClockSkew): string {
  const known = `known to ${Math.round(skew.uncertaintyMs)} ms`;
  if (clockAgrees(skew)) return `skew within ${known.slice("known to ".length)}`;
  if (surelyOffMs(skew) === 0) return `skew unknown: ${known} only`;
  // Their clock ahead of ours is ours behind.
  const off = `${Math.round(Math.abs(skew.skewMs))} ms ${skew.skewMs > 0 ? "behind" : "ahead"}`;
  return `this machine is ${off}, ${known}: entries at a venue as far off are refused`;
}
