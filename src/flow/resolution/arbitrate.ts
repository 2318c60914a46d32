import { err, ok, type Result } from "../../words/result.ts";
import type { Side } from "../../words/side.ts";

/** What the rules and the AI trader want of one symbol comes in; which of them is followed, and how far, goes out (DUAL-2). */

/** One source's wish: the rules say `conviction`, the AI trader `confidence`, and both mean a share from 0 to 1. */
export type Claim = {
  readonly side: Side;
  readonly confidence: number;
  /** Position notional in percent of equity. */
  readonly sizePct: number;
};

export const blendModes = ["conservative", "average"] as const;

export type ArbitrationRule = {
  /** An AI trader that is alone is followed from this confidence on. */
  readonly aiConfidenceMin: number;
  /** Against the rules, an AI trader below this is not heard. */
  readonly aiOverrideThreshold: number;
  /** Rules below this conviction may be overruled. */
  readonly localWeakConviction: number;
  /** By more than this the AI trader must be surer than the rules to overrule them. */
  readonly aiConfidenceAdvantage: number;
  readonly blendMode: (typeof blendModes)[number];
};

export const usualArbitration: ArbitrationRule = {
  aiConfidenceMin: 0.6,
  aiOverrideThreshold: 0.7,
  localWeakConviction: 0.35,
  aiConfidenceAdvantage: 0.25,
  blendMode: "conservative",
};

export const resolutions = ["SINGLE", "BLEND", "LOCAL", "AI", "NONE"] as const;
export type Resolution = (typeof resolutions)[number];

export const arbitrationReasons = [
  "no_proposal",
  "only_local",
  "only_ai",
  "ai_alone_unsure",
  "agreed",
  "ai_unsure",
  "local_weak",
  "no_clear_winner",
] as const;
export type ArbitrationReason = (typeof arbitrationReasons)[number];

/** With NONE nobody is followed: there is no side, and size and confidence are zero. */
export type Arbitration = {
  readonly resolution: Resolution;
  readonly reason: ArbitrationReason;
  readonly side: Side | undefined;
  readonly sizePct: number;
  readonly confidence: number;
};

/** A number that no source may say: the arbitration stands still rather than compare it (DUAL-8 counts it as a fault). */
export type ArbitrationFault = { readonly code: "bad_number"; readonly detail: string };

export function arbitrate(local: Claim | undefined, ai: Claim | undefined, rule: ArbitrationRule): Result<Arbitration, ArbitrationFault> {
  const bad = faultIn("local", local) ?? faultIn("ai", ai);
  if (bad !== undefined) return err({ code: "bad_number", detail: bad });
  if (local === undefined) {
    if (ai === undefined) return ok(none("no_proposal"));
    return ok(units(ai.confidence) < units(rule.aiConfidenceMin) ? none("ai_alone_unsure") : followed("SINGLE", "only_ai", ai));
  }
  if (ai === undefined) return ok(followed("SINGLE", "only_local", local));
  if (local.side === ai.side) return ok(blended(local, ai, rule));

  if (units(ai.confidence) < units(rule.aiOverrideThreshold)) return ok(followed("LOCAL", "ai_unsure", local));
  const advantage = units(ai.confidence) - units(local.confidence);
  return ok(
    units(local.confidence) < units(rule.localWeakConviction) && advantage > units(rule.aiConfidenceAdvantage)
      ? followed("AI", "local_weak", ai)
      : none("no_clear_winner"),
  );
}

/** In 10^-12, so that 0.55 less 0.30 is 0.25 and not a little more: a difference of doubles would decide at the boundary. */
const units = (share: number): number => Math.round(share * 1e12);
const half = (one: number, other: number): number => (units(one) + units(other)) / 2 / 1e12;

const followed = (resolution: Resolution, reason: ArbitrationReason, { side, sizePct, confidence }: Claim): Arbitration => ({
  resolution,
  reason,
  side,
  sizePct,
  confidence,
});

const none = (reason: ArbitrationReason): Arbitration => ({
  resolution: "NONE",
  reason,
  side: undefined,
  sizePct: 0,
  confidence: 0,
});

const blended = (local: Claim, ai: Claim, { blendMode }: ArbitrationRule): Arbitration => ({
  resolution: "BLEND",
  reason: "agreed",
  side: local.side,
  sizePct: blendMode === "conservative" ? Math.min(local.sizePct, ai.sizePct) : half(local.sizePct, ai.sizePct),
  confidence: half(local.confidence, ai.confidence),
});

/** Sizes end where twelve decimals of them still are whole numbers in a double. */
const sizePctMax = 1_000;

function faultIn(source: string, claim: Claim | undefined): string | undefined {
  if (claim === undefined) return undefined;
  const { confidence, sizePct } = claim;
  if (!(confidence >= 0 && confidence <= 1)) return `${source}: ${confidence} is no share from 0 to 1`;
  return sizePct >= 0 && sizePct <= sizePctMax ? undefined : `${source}: a size of ${sizePct} percent is not from 0 to ${sizePctMax}`;
}
