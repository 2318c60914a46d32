import { Command } from "commander";
import { z } from "zod";
import { entryWords, exitWords } from "../../flow/proposals/option-schemas.ts";
import { dualGate, type GateCase } from "../../flow/resolution/dual-gate.ts";
import { exitBiases, spreadProfiles, usualOptionLimits, type OptionLimits } from "../../flow/resolution/option-limits.ts";
import type { OptionSituation } from "../../flow/resolution/option-situation.ts";
import { tryCases } from "../read-cases.ts";

/** `countersign try gate --cases FILE`: the dual gate of the options desk on cases of one's own (OPT-2). */
export function tryGateCommand(): Command {
  return new Command("gate")
    .description("the dual gate of the options desk: hard rails, objective gate, confidence gate")
    .requiredOption("--cases <file>", "JSON Lines, one case a line; - for the standard input")
    .addHelpText(
      "after",
      `
A case: {"kind":"exit","action":"SELL","confidence":0.8,"context":{"pnlPct":16,"minutesToClose":90},"config":{"exitBias":"balanced"}}
  kind exit: ${exitWords.join(", ")}; context pnlPct, minutesToClose, killSwitch, circuitBreaker
  kind entry: ${entryWords.join(", ")} (DENY is REJECT); context spreadBps, volume, openInterest, delta, theta as well
  config: any key of options.* that a gate reads, and min_confidence, exit_bias as other spellings; absent keys have their defaults
A number of the contract that is missing or null refuses an approval; minutesToClose absent is a close far away.
A line that is no case is named on the standard error, the others are answered all the same, and the exit code is 2.
`,
    )
    .action(({ cases }: { readonly cases: string }) => tryCases(cases, judged));
}

/** What is not known is NaN, which no comparison lets through. */
const figure = z
  .union([z.number(), z.null()])
  .optional()
  .transform((value) => value ?? Number.NaN);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const context = z.strictObject({
  pnlPct: figure,
  minutesToClose: z.number().nullish(),
  minutesFromOpen: z.number().exactOptional(),
  spreadBps: figure,
  volume: figure,
  openInterest: figure,
  delta: figure,
  theta: figure,
  killSwitch: flag,
  circuitBreaker: flag,
  // Judged where they are given: the desk always gives them.
  iv: z.number().exactOptional(),
  daysToExpiry: z.number().exactOptional(),
  quoteAgeMs: z.number().exactOptional(),
  positions: z.number().exactOptional(),
  costShare: z.number().exactOptional(),
});

const limits = z.strictObject({
  ...(Object.fromEntries(
    Object.keys(usualOptionLimits)
      .filter((key) => key !== "exitBias" && key !== "spreadProfile")
      .map((key) => [key, z.number().optional()]),
  ) as Record<Exclude<keyof OptionLimits, "exitBias" | "spreadProfile">, z.ZodOptional<z.ZodNumber>>),
  exitBias: z.enum(exitBiases).optional(),
  spreadProfile: z.enum(spreadProfiles).optional(),
});

/** The spellings of the requirements, beside the configuration's. */
const otherNames: Readonly<Record<string, keyof OptionLimits>> = {
  min_confidence: "confidenceMin",
  minConfidence: "confidenceMin",
  exit_bias: "exitBias",
  profile: "spreadProfile",
};

const gateCase = z.strictObject({
  kind: z.enum(["exit", "entry"]),
  action: z.string(),
  confidence: z.number().min(0).max(1),
  context,
  config: z.record(z.string(), z.unknown()).default({}),
});

function judged(json: unknown): { readonly answer: unknown } | { readonly fault: string } {
  const read = gateCase.safeParse(json);
  if (!read.success) return { fault: faultOf(read.error) };
  const { kind, confidence, config } = read.data;
  const named = Object.entries(config).map(([key, value]) => [Object.hasOwn(otherNames, key) ? otherNames[key] : key, value] as const);
  const given = limits.safeParse(Object.fromEntries(named));
  if (!given.success) return { fault: faultOf(given.error, "config") };
  const { minutesToClose, ...known } = read.data.context;
  const situation: OptionSituation = { ...known, minutesToClose: minutesToClose ?? Infinity };
  const of = caseOf(kind, read.data.action.toUpperCase(), confidence, situation);
  if (typeof of === "string") return { fault: of };
  return { answer: dualGate(of, { ...usualOptionLimits, ...defined(given.data) }) };
}

function caseOf(kind: GateCase["kind"], word: string, confidence: number, situation: OptionSituation): GateCase | string {
  if (kind === "exit") {
    const action = exitWords.find((each) => each === word);
    return action === undefined ? wrong(word, kind, exitWords) : { kind, action, confidence, situation };
  }
  const action = entryWords.find((each) => each === (word === "DENY" ? "REJECT" : word));
  return action === undefined ? wrong(word, kind, entryWords) : { kind, action, confidence, situation };
}

const wrong = (word: string, kind: string, of: readonly string[]): string => `action ${word} answers no ${kind}: ${of.join(", ")} do`;

/** A key that is set to nothing has its default. */
const defined = (of: z.output<typeof limits>): Partial<OptionLimits> =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));

function faultOf(error: z.ZodError, under?: string): string {
  const [first] = error.issues;
  const path = [...(under === undefined ? [] : [under]), ...(first?.path ?? [])].join(".");
  return `${path === "" ? "the case" : path}: ${first?.message ?? "another shape"}`;
}
