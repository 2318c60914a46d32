import { z } from "zod";
import { choice, normally, whole } from "../leaf.ts";

export const execution = z.strictObject({
  entryWorstBps: normally(whole(0, 2000, "bps", "How far beyond the middle an entry's limit price may be"), 30),
  exitWorstBps: normally(whole(0, 6000, "bps", "How far beyond the middle an exit's limit price may be"), 150),
  protectBy: normally(choice(["orders", "bracket"], "Stops and targets as orders after the fill, or as legs of the entry"), "orders"),
});
