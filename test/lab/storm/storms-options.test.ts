import { describe } from "vitest";
import { expectStormsToHold, usual } from "./storms.ts";

// Orders of this desk are immediate or cancelled, and none of them is replaced or waits as a stop.
describe("storms over the options desk: a chain that expires and splits, people in the queue, hard rails (OPT-2, OPT-13)", () =>
  expectStormsToHold({
    desk: "options",
    storms: 60,
    crashes: 20,
    faults: 1,
    seldom: ["replace_race", "self_cancel", "fill_after_cancel", "hidden_conditionals"],
    met: [
      ...usual,
      "option_exercised",
      "option_expired",
      "shares_split",
      "option_adjusted",
      "hard_rail_fired",
      "person_asked",
      "person_obeyed",
    ],
  }));
