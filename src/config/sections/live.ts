import { z } from "zod";
import { flag, normally } from "../leaf.ts";

/** What has to be said before any desk trades real money (LINE-2, EQ-11). */
export const live = z.strictObject({
  allowed: normally(flag("Whether real money may be traded at all"), false),
  requireConfirm: normally(flag("Whether a person has to confirm it at the start of each run"), true),
});
