import { describe } from "vitest";
import { expectStormsToHold, usual } from "./storms.ts";

// A split is of shares, and these markets are perpetuals.
const perps = { desk: "perps", storms: 240, crashes: 100, faults: 10, seldom: ["split"] } as const;

describe("storms over the perps desk, the first half (I1 to I7, I9 to I11, I13)", () =>
  expectStormsToHold({ ...perps, met: [...usual, "order_rejected", "payment_repeated"] }));
