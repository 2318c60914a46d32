import { z } from "zod";
import { choice, decimal, maybe, named, text, whole } from "../leaf.ts";

/** The names of the built-in styles; a test holds this list against `flow/proposals/strategies`. */
export const styles = ["conservative", "aggressive", "scalping", "swing", "dca"] as const;

export const strategyName = /^[a-z][a-z0-9-]{0,31}$/;

const numbers = z.strictObject({
  allocationBpsMax: maybe(whole(1, 50_000, "bps of equity", "Most that one decision may put into one asset, as notional")),
  riskBps: maybe(decimal(0.1, 1000, "bps of equity", "What one trade may lose at its stop")),
  stopAtr: maybe(decimal(0.1, 50, "true ranges", "Distance of the stop, in average true ranges of the base frame")),
  rewardToRisk: maybe(decimal(0.1, 50, "times", "Distance of the target as a multiple of the stop's")),
  confidenceMin: maybe(decimal(0, 1, "share", "Proposals below this confidence are not made")),
});

const strategy = z.strictObject({
  style: maybe(choice(styles, "Built-in style whose rules it follows; this or `file`")),
  file: maybe(text(/^[^\p{C}]{1,1000}$/u, "a path of 1 to 1000 characters", "File of your own rules, as seen from the configuration file")),
  sha256: maybe(text(/^[0-9a-f]{64}$/, "64 hexadecimal digits", "SHA-256 that the file must have; a journal holds the one it ran with")),
  numbers: maybe(numbers),
  description: maybe(text(/^[^\p{C}]{1,200}$/u, "one line of 1 to 200 characters", "What it is for, for people and prompts")),
});

/** Styles with other numbers, by a name of the user's (PERP-4). */
export const strategies = named(strategy, {
  shape: strategyName,
  what: "a strategy",
  wants: "small letters, digits and -, beginning with a letter, 32 at most",
  needs: "a style",
});
