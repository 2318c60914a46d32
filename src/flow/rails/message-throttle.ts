import { msOf } from "../../words/instant.ts";
import { pass, refuse } from "./say.ts";
import type { Rail } from "./verdict.ts";

const windowMs = 60_000;

/** Exits and cancels have no share in this count and are never held up by it. */
export const messageThrottle: Rail = {
  code: "message_throttle",
  title: "Message throttle",
  against: "a loop that sends, and a venue that bans",
  judges: "entries",
  compares: "entries sent in the last 60 seconds, rejected ones too, with the most a minute",
  limits: ["ordersPerMinuteMax"],
  refuses: ["message_throttle"],
  check: ({ now, standing, limits: { ordersPerMinuteMax } }) => {
    const { sentOrders } = standing;
    const since = sentOrders.length === 0 ? 0 : msOf(now) - windowMs;
    let count = 0;
    // From the newest back, and a window further than it counts: a clock may have been set back by less than that.
    for (let at = sentOrders.length - 1; at >= 0; at--) {
      const sent = sentOrders[at];
      if (sent === undefined || sent.purpose !== "entry") continue;
      const sentMs = msOf(sent.sentAt);
      if (sentMs > since) count++;
      else if (sentMs < since - windowMs) break;
    }
    return count < ordersPerMinuteMax
      ? pass("message_throttle", "count", count, ordersPerMinuteMax)
      : refuse("message_throttle", "message_throttle", "count", count, ordersPerMinuteMax);
  },
};
