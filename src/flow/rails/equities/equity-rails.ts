import type { Rail } from "../verdict.ts";
import { averageValue } from "./average-value.ts";
import { bucket } from "./bucket.ts";
import { dayNotional } from "./day-notional.ts";
import { weeklyLoss } from "./weekly-loss.ts";

/** What the equities desk is judged by beside the house's rails, and after them: any desk may name these in its house rules. */
export const equityRails: readonly Rail[] = [weeklyLoss, averageValue, dayNotional, bucket];
