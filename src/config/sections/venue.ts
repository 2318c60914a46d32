import { z } from "zod";
import { decimal, normally, whole } from "../leaf.ts";

/** How the simulated venue trades and charges. */
export const venue = z.strictObject({
  makerFeeBps: normally(decimal(-100, 100, "bps", "Fee of an order that rested; below zero is a rebate"), 2),
  takerFeeBps: normally(decimal(0, 100, "bps", "Fee of an order that took"), 5),
  spreadBps: normally(decimal(0, 1000, "bps", "Whole spread around bar prices"), 1),
  slippageBps: normally(decimal(0, 1000, "bps", "What a taker pays beyond the spread"), 1),
  latencyMs: normally(whole(0, 60_000, "ms", "From sending an order until the market has it"), 250),
  participation: normally(decimal(0, 1, "share", "Share of a bar's volume that our orders of one side may take"), 0.1),
});
