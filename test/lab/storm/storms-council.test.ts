import { describe } from "vitest";
import { expectStormsToHold, usual } from "./storms.ts";

// Its entries are immediate or cancelled; what works at the venue are stops and targets, of which few are ever replaced or cancelled.
describe("storms over the council: weeks, meetings, a person who is late or silent (COUN-1 to COUN-8)", () =>
  expectStormsToHold({
    desk: "council",
    storms: 60,
    crashes: 60,
    faults: 1,
    seldom: ["replace_race", "fill_after_cancel"],
    met: [
      ...usual,
      "shares_split",
      "pack_frozen",
      "no_quorum",
      "peers_reviewed",
      "chairman_decided",
      "seated",
      "trade_pending",
      "trade_answered",
      "trade_drifted",
      "trade_released",
      "trade_ended",
      "checkpoint_held",
      "pitch_resolved",
    ],
  }));
