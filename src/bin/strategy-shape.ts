import { z } from "zod";
import type { Strategy } from "../flow/proposals/strategy.ts";
import { makeIndicator } from "../flow/market/indicators/make-indicator.ts";
import { indicatorUnit, type IndicatorSpec } from "../flow/market/indicators/indicator-spec.ts";
import { err, ok, type Result } from "../words/result.ts";

const kinds = Object.keys(indicatorUnit).join(", ");

/** Made once to see that it can be: the kinds and periods are the indicators' own to judge. */
const indicator = z.custom<IndicatorSpec>(makes, {
  error: `is no indicator: its kind is one of ${kinds}, its periods whole numbers of bars`,
});

function makes(spec: unknown): boolean {
  if (typeof spec !== "object" || spec === null || !("kind" in spec) || !Object.hasOwn(indicatorUnit, String(spec.kind))) return false;
  try {
    makeIndicator(spec as IndicatorSpec);
    return true;
  } catch {
    return false;
  }
}

const called = <Called>(what: string) => z.custom<Called>((value) => typeof value === "function", { error: `is not ${what}` });
const line = z.string().regex(/^[^\p{C}]{1,200}$/u, { error: "is not one line of 1 to 200 characters" });

const shape = z.object({
  name: line,
  version: line,
  description: line,
  numbers: z.strictObject({
    allocationBpsMax: z.number().positive().max(50_000),
    riskBps: z.number().positive().max(1000),
    stopAtr: z.number().positive().max(50),
    rewardToRisk: z.number().positive().max(50),
    confidenceMin: z.number().min(0).max(1),
  }),
  frames: z
    .array(
      z.strictObject({ times: z.int().min(1).max(10_000), indicators: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), indicator) }),
    )
    .min(1),
  decide: called<Strategy["decide"]>("a function of an asset and the numbers"),
  watcher: z.exactOptional(called<NonNullable<Strategy["watcher"]>>("a function of a watched asset")),
});

/** What a file exports as `strategy` comes in; the same as a strategy goes out, or what is wrong with it, field by field. */
export function strategyShape(value: unknown): Result<Strategy, string> {
  const read = shape.safeParse(value);
  if (read.success) return ok(read.data);
  const faults = read.error.issues.slice(0, 5).map(({ path, message }) => `${["strategy", ...path].join(".")}: ${message}`);
  return err(faults.join("; "));
}
