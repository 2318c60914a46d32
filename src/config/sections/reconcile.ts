import { z } from "zod";
import { normally, whole } from "../leaf.ts";

/** How patient our books are with the venue's. */
export const reconcile = z.strictObject({
  visibilityMs: normally(whole(0, 600_000, "ms", "How long an order may take to reach a venue and be shown there"), 90_000),
  differenceMs: normally(whole(0, 86_400_000, "ms", "How long books and venue may differ before entries stop"), 60_000),
});
