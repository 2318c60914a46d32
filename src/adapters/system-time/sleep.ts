import { setTimeout } from "node:timers/promises";
import type { Sleep } from "../../ports/sleep.ts";

/** Real time. */
export const sleep: Sleep = async (ms, signal) => {
  // The only way it can fail is the abort, which is a way to be done.
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
};
