import { describe } from "vitest";
import { expectStormsToHold, usual } from "./storms.ts";

// Once a day there is seldom an order to be replaced, or one that lives long enough to be ended by its venue.
describe("storms over the equities desk: days, splits, calibration on the way (EQ-3, EQ-8)", () =>
  expectStormsToHold({
    desk: "equities",
    storms: 80,
    crashes: 20,
    faults: 1,
    seldom: ["replace_race", "self_cancel", "fill_after_cancel"],
    met: [...usual, "shares_split", "payment_repeated", "calibrator_fitted", "forecast_resolved", "market_measured"],
  }));
