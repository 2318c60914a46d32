import { describe } from "vitest";
import { expectStormsToHold, usual } from "./storms.ts";

const perps = { desk: "perps", storms: 260, crashes: 100, faults: 10, seldom: ["split"] } as const;

describe("storms over the perps desk, the second half (I1 to I7, I9 to I11, I13)", () =>
  expectStormsToHold({ ...perps, from: 240, met: [...usual, "order_rejected", "payment_repeated"] }));
