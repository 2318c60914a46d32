import { msOf } from "../../words/instant.ts";
import { pass, refuse, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

/** Takes no new risk on old data; what takes risk away goes on, since a feed fails most often when it is needed. */
export const staleData: Rail = {
  code: "stale_data",
  title: "Stale data",
  against: "a feed that froze while its connection lives, and clocks that disagree",
  judges: "entries",
  compares: "the quote's age with the greatest allowed; a quote from the future is refused too",
  limits: ["quoteAgeMsMax"],
  refuses: ["stale_data.no_quote", "stale_data.future", "stale_data.old"],
  check: (scene) => {
    const { candidate, now, limits } = scene;
    const { quoteAgeMsMax } = limits;
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
