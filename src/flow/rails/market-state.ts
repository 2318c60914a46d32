import { addsRisk } from "./open-orders.ts";
import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const open = passState("market_state", "open");
const protectionMayRest = passState("market_state", "protection may rest");

/**
 * Entries need the calendar and the venue both to say open. Where the two disagree, reducing may go on; into a halt or a closed market
 * nothing is sold. Stops and targets may be placed at any time, since they rest and a position without them is worse.
 */
export const marketState: Rail = {
  code: "market_state",
  title: "Market state",
  against: "orders into a halt, an auction or the wrong session",
  judges: "all",
  compares: "the exchange calendar and the quote's own status: both must say open",
  limits: [],
  refuses: ["market_state.no_quote", "market_state.halted", "market_state.auction", "market_state.closed", "market_state.disagreement"],
  check: (scene) => {
    const { candidate, sessionOpen } = scene;
    const entry = addsRisk(candidate);
    if (!entry && (candidate.purpose === "stop_loss" || candidate.purpose === "take_profit")) return protectionMayRest;
    const status = scene.quote(candidate.instrument.id)?.status;
    if (status === undefined) return refuseState("market_state", "market_state.no_quote", "no quote");
    if (sessionOpen && status === "open") return open;
    if (status === "halted") return refuseState("market_state", "market_state.halted", status);
    if (!sessionOpen && status !== "open") return refuseState("market_state", "market_state.closed", status);
    if (!entry) return passState("market_state", status);
    return status === "auction"
      ? refuseState("market_state", "market_state.auction", status)
      : refuseState("market_state", "market_state.disagreement", status);
  },
};
