import type { Answer } from "../flow/approval/approve.ts";
import type { Approver } from "../ports/approver.ts";

/** A person who is never there: in a backtest whatever needs a yes expires, and says so. */
export class SilentApprover implements Approver {
  ask(): Answer {
    return { yes: false, by: "nobody", why: "expired" };
  }
}
