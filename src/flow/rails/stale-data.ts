import { clockAgrees, clockSkewMsMax, clockUncertaintyMsMax, surelyOffMs, type KnownClock } from "../../words/clock-skew.ts";
import { msOf } from "../../words/instant.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Rail, Verdict } from "./verdict.ts";

/** Takes no new risk on old data; what takes risk away goes on, since a feed fails most often when it is needed. */
export const staleData: Rail = {
  code: "stale_data",
  title: "Stale data",
  against: "a feed that froze while its connection lives, and clocks that disagree",
  judges: "entries",
  compares:
    "the quote's age with the greatest allowed; a quote from the future is refused too, and so is every entry while the venue's clock is unknown or surely off by more than 500 ms",
  limits: ["quoteAgeMsMax"],
  refuses: ["stale_data.clock_off", "stale_data.clock_unknown", "stale_data.no_quote", "stale_data.future", "stale_data.old"],
  check: (scene) => {
    const { candidate, now, limits } = scene;
    const { quoteAgeMsMax } = limits;
    const clock = scene.standing.measured?.clock;
    const disagrees = clock === undefined ? undefined : disagreement(clock);
    if (disagrees !== undefined) return disagrees;
    const found = scene.quote(candidate.instrument.id);
    if (found === undefined) return refuseState("stale_data", "stale_data.no_quote", "no quote");
    const age = now === found.quotedAt ? 0 : msOf(now) - msOf(found.quotedAt);
    if (age < 0) return refuse("stale_data", "stale_data.future", "ms", age, 0);
    // Written so that a limit that is not a number refuses.
    return age <= quoteAgeMsMax
      ? pass("stale_data", "ms", age, quoteAgeMsMax)
      : refuse("stale_data", "stale_data.old", "ms", age, quoteAgeMsMax);
  },
};

/** Ages are reckoned between the venue's stamps and our clock: where the two disagree, nobody can say how old a quote is. */
function disagreement(clock: KnownClock): Verdict | undefined {
  if (clock.known === "unanswered") return refuseState("stale_data", "stale_data.clock_unknown", "the venue did not tell its time");
  if (clockAgrees(clock)) return undefined;
  const { skewMs, uncertaintyMs } = clock;
  if (!(uncertaintyMs <= clockUncertaintyMsMax))
    return refuse("stale_data", "stale_data.clock_unknown", "ms", uncertaintyMs, clockUncertaintyMsMax);
  const detail = `venue clock ${Math.abs(skewMs)} ms ${skewMs > 0 ? "ahead" : "behind"}, give or take ${uncertaintyMs}`;
  return {
    rail: "stale_data",
    outcome: "refused",
    code: "stale_data.clock_off",
    unit: "ms",
    measured: surelyOffMs(clock),
    limit: clockSkewMsMax,
    detail,
  };
}
