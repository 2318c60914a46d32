import { clockAgrees, clockSkewOf, type ClockSkew, type KnownClock } from "../words/clock-skew.ts";
import { askTime, record, type Line } from "./line.ts";
import type { Turn } from "./turn.ts";

/** A skew that moves by less than this beyond what either measurement is sure of is the same skew. */
const movedMs = 50;

/**
 * The venue's clock against ours (OPT-7), journalled where it says something new. A venue that shares our clock to the last bit, as the
 * simulated one does in a backtest, says nothing: every such journal stays what it was. False where its clock is unknown.
 */
export function* measureClock({ state: { measured } }: Pick<Turn, "state">): Line<boolean> {
  const reply = yield* askTime();
  // In a silence that the venue asked for nobody asks, and what was known stands.
  if (reply === undefined) return measured.clock?.known !== "unanswered";
  const { askedAt, answeredAt, told } = reply;
  if (told === "unavailable") {
    if (measured.clock?.known !== "unanswered") yield record({ kind: "clock_unanswered" });
    return false;
  }
  const { at: venueAt, stepMs } = told;
  const skew = clockSkewOf(askedAt.epochMilliseconds, answeredAt.epochMilliseconds, venueAt.epochMilliseconds, stepMs);
  if (saysMore(skew, answeredAt, measured.clock)) yield record({ kind: "clock_measured", venueAt, ...skew });
  return true;
}

function saysMore(skew: ClockSkew, at: Temporal.Instant, known: KnownClock | undefined): boolean {
  if (known?.known === "unanswered") return true;
  const isOurs = isExact(skew);
  if (known === undefined || isExact(known)) return !isOurs;
  if (isOurs || clockAgrees(skew) !== clockAgrees(known) || dayOf(at) !== dayOf(known.at)) return true;
  return Math.abs(skew.skewMs - known.skewMs) > skew.uncertaintyMs + known.uncertaintyMs + movedMs;
}

const isExact = ({ skewMs, uncertaintyMs }: ClockSkew): boolean => skewMs === 0 && uncertaintyMs === 0;
const dayOf = ({ epochMilliseconds }: Temporal.Instant): number => Math.floor(epochMilliseconds / 86_400_000);
