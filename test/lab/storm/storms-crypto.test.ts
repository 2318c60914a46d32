import { describe } from "vitest";
import { expectStormsToHold, usual } from "./storms.ts";

describe("storms over the crypto desk: two sources, an arbiter, and rollbacks that crashes meet (DUAL-5, DUAL-8)", () =>
  expectStormsToHold({
    desk: "crypto",
    storms: 60,
    crashes: 20,
    faults: 1,
    seldom: ["split"],
    met: [...usual, "arbitrated", "alerted", "forecast_resolved", "calibrator_fitted", "funding_paid"],
  }));
