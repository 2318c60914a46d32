import type { Clock } from "../../ports/clock.ts";

/** Real time: the one place that asks the machine. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };
