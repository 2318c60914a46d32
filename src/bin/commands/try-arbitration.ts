import { Command } from "commander";
import { z } from "zod";
import { arbitrate, blendModes, usualArbitration, type ArbitrationRule, type Claim } from "../../flow/resolution/arbitrate.ts";
import { tryCases } from "../read-cases.ts";

/** `countersign try arbitration --cases FILE`: the table of the crypto desk on cases of one's own (DUAL-2). */
export function tryArbitrationCommand(): Command {
  return new Command("arbitration")
    .description("the table between rules and AI trader: SINGLE, BLEND, LOCAL, AI or NONE")
    .requiredOption("--cases <file>", "JSON Lines, one case a line; - for the standard input")
    .addHelpText(
      "after",
      `
A case: {"symbol":"BTC","local":{"side":"buy","conviction":0.3,"sizePct":8},"ai":{"side":"sell","confidence":0.9,"sizePct":12},"config":{}}
  local, ai   null where that source proposes nothing; side is buy or sell (long and short are the same), in any case
  config      aiConfidenceMin, aiOverrideThreshold, localWeakConviction, aiConfidenceAdvantage, blendMode, or the same as
              min_ai_confidence, ai_override_threshold, local_weak_conviction, ai_confidence_advantage, blend_mode
An answer, whose side is always buy or sell: {"symbol":"BTC","resolution":"AI","side":"sell","sizePct":12,"confidence":0.9,"reason":"local_weak"}
A line that is no case is named on the standard error, the others are answered all the same, and the exit code is 2.
`,
    )
    .action(({ cases }: { readonly cases: string }) => tryCases(cases, judged));
}

const sides = { buy: "buy", long: "buy", sell: "sell", short: "sell" } as const;
const side = z
  .string()
  .transform((word) => word.toLowerCase())
  .pipe(z.enum(["buy", "long", "sell", "short"], { error: "is buy or sell" }));
const share = z.number({ error: "is a number from 0 to 1" });
const sizePct = z.number({ error: "is a number, in percent of equity" });

const caseShape = z.strictObject({
  symbol: z.string({ error: "is a text" }).min(1),
  local: z.strictObject({ side, conviction: share, sizePct }).nullish(),
  ai: z.strictObject({ side, confidence: share, sizePct }).nullish(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** The spellings of the requirement beside the configuration's. */
const otherNames: Readonly<Record<string, keyof ArbitrationRule>> = {
  min_ai_confidence: "aiConfidenceMin",
  ai_override_threshold: "aiOverrideThreshold",
  local_weak_conviction: "localWeakConviction",
  ai_confidence_advantage: "aiConfidenceAdvantage",
  blend_mode: "blendMode",
};

const threshold = z.number({ error: "is a number from 0 to 1" }).min(0).max(1).exactOptional();
const ruleShape = z.strictObject({
  aiConfidenceMin: threshold,
  aiOverrideThreshold: threshold,
  localWeakConviction: threshold,
  aiConfidenceAdvantage: threshold,
  blendMode: z.enum(blendModes, { error: `is one of ${blendModes.join(", ")}` }).exactOptional(),
});

type Answered = {
  readonly symbol: string;
  readonly resolution: string;
  readonly side: string | null;
  readonly sizePct: number;
  readonly confidence: number;
  readonly reason: string;
};

function judged(json: unknown): { readonly answer: Answered } | { readonly fault: string } {
  const read = caseShape.safeParse(json);
  if (!read.success) return { fault: faultOf(read.error) };
  const { symbol, local, ai, config } = read.data;
  const rule = ruleOf(config ?? {});
  if ("fault" in rule) return rule;
  const rules: Claim | undefined =
    local === null || local === undefined ? undefined : { side: sides[local.side], confidence: local.conviction, sizePct: local.sizePct };
  const trader: Claim | undefined = ai === null || ai === undefined ? undefined : { ...ai, side: sides[ai.side] };
  const found = arbitrate(rules, trader, { ...usualArbitration, ...rule });
  if (!found.ok) return { fault: found.error.detail };
  const { resolution, side: followed, sizePct: size, confidence, reason } = found.value;
  return { answer: { symbol, resolution, side: followed ?? null, sizePct: size, confidence, reason } };
}

function ruleOf(config: Readonly<Record<string, unknown>>): Partial<ArbitrationRule> | { readonly fault: string } {
  const named: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    const name = Object.hasOwn(otherNames, key) ? (otherNames[key] ?? key) : key;
    if (Object.hasOwn(named, name)) return { fault: `config.${key}: ${name} stands there twice` };
    named[name] = value;
  }
  const read = ruleShape.safeParse(named);
  return read.success ? read.data : { fault: faultOf(read.error, "config") };
}

function faultOf(error: z.ZodError, under?: string): string {
  const [first] = error.issues;
  const path = [...(under === undefined ? [] : [under]), ...(first?.path ?? [])].join(".");
  const at = path === "" ? "the case" : path;
  if (first?.code === "unrecognized_keys") return `${at} has no ${first.keys.join(", ")}`;
  return `${at} ${first?.message ?? "has another shape"}`;
}
