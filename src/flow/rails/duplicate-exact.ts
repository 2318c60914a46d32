import { passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

// Made once: what passes without a number says the same each time.
const noOrderYet = passState("duplicate_exact", "no order yet");
const planned = passState("duplicate_exact", "planned");
const newId = passState("duplicate_exact", "new");

/** At the wire the order must be planned and nothing more: an unplanned one is not in the journal, any other has left already. */
export const duplicateExact: Rail = {
  code: "duplicate_exact",
  title: "Exact duplicate",
  against: "one order sent twice after a crash, a timeout or a retry",
  judges: "all",
  compares: "the order's id with every id ever planned; at the wire it must be planned and not sent",
  limits: [],
  refuses: ["duplicate_exact.known", "duplicate_exact.no_id", "duplicate_exact.not_planned"],
  check: ({ candidate: { order }, stage, standing }) => {
    if (order === undefined) {
      return stage === "wire" ? refuseState("duplicate_exact", "duplicate_exact.no_id", "no id") : noOrderYet;
    }
    const known = standing.knowsOrder(order);
    if (stage !== "wire") return known ? refuseState("duplicate_exact", "duplicate_exact.known", order) : newId;
    const state = standing.openOrder(order)?.state;
    if (state === "planned") return planned;
    return known || state !== undefined
      ? refuseState("duplicate_exact", "duplicate_exact.known", state ?? "finished")
      : refuseState("duplicate_exact", "duplicate_exact.not_planned", order);
  },
};
