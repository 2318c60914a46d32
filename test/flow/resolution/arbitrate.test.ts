import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitrate,
  resolutions,
  usualArbitration,
  type Arbitration,
  type ArbitrationRule,
  type Claim,
} from "../../../src/flow/resolution/arbitrate.ts";
import { arbitrationPage } from "../../../src/flow/resolution/arbitration-page.ts";
import { opposite } from "../../../src/words/side.ts";

fc.configureGlobal({ seed: 20261121 });

const buy = (confidence: number, sizePct = 10): Claim => ({ side: "buy", confidence, sizePct });
const sell = (confidence: number, sizePct = 10): Claim => ({ side: "sell", confidence, sizePct });
type Case = {
  local?: Claim;
  ai?: Claim;
  rule?: Partial<ArbitrationRule>;
  says: string;
  because: string;
};

const said = ({ resolution, side, sizePct, confidence, reason }: Arbitration): string =>
  side === undefined ? `${resolution} ${reason}` : `${resolution} ${side} ${sizePct}% ${confidence} ${reason}`;

function judged({ local, ai, rule }: Omit<Case, "says" | "because">): string {
  const answer = arbitrate(local, ai, { ...usualArbitration, ...rule });
  return answer.ok ? said(answer.value) : answer.error.detail;
}

/** The table of DUAL-2 at every boundary: a step below, on it, and a step above. */
const cases: readonly Case[] = [
  { says: "NONE no_proposal", because: "there is nothing to follow" },
  { local: buy(0.01), says: "SINGLE buy 10% 0.01 only_local", because: "rules that are alone need no least conviction" },
  { local: sell(0), says: "SINGLE sell 10% 0 only_local", because: "not even a conviction above zero" },
  { ai: buy(0.59), says: "NONE ai_alone_unsure", because: "0.59 is below 0.6" },
  { ai: buy(0.6), says: "SINGLE buy 10% 0.6 only_ai", because: "0.6 is not below 0.6" },
  { ai: sell(0.61), says: "SINGLE sell 10% 0.61 only_ai", because: "0.61 is above it" },
  { local: buy(0.5, 8), ai: buy(0.8, 12), says: "BLEND buy 8% 0.65 agreed", because: "conservative takes the smaller size" },
  { local: buy(0.5, 12), ai: buy(0.8, 8), says: "BLEND buy 8% 0.65 agreed", because: "whoever's it is" },
  { local: buy(0.5, 8), ai: buy(0.8, 12), rule: { blendMode: "average" }, says: "BLEND buy 10% 0.65 agreed", because: "the mean of both" },
  { local: sell(0.1), ai: sell(0.1), says: "BLEND sell 10% 0.1 agreed", because: "agreement needs no least confidence" },
  { local: buy(0.3), ai: sell(0.69), says: "LOCAL buy 10% 0.3 ai_unsure", because: "0.69 is below 0.7, however weak the rules are" },
  { local: buy(0.3), ai: sell(0.7), says: "AI sell 10% 0.7 local_weak", because: "0.7 is not below 0.7" },
  { local: buy(0.34), ai: sell(0.9), says: "AI sell 10% 0.9 local_weak", because: "0.34 is below 0.35" },
  { local: buy(0.35), ai: sell(0.9), says: "NONE no_clear_winner", because: "0.35 is not below 0.35" },
  { local: buy(0.36), ai: sell(0.99), says: "NONE no_clear_winner", because: "rules that are not weak are not overruled" },
  { local: buy(0.9), ai: sell(0.95), says: "NONE no_clear_winner", because: "both are sure" },
  { local: buy(0.3), ai: sell(0.54), rule: { aiOverrideThreshold: 0.5 }, says: "NONE no_clear_winner", because: "0.24 is no advantage" },
  { local: buy(0.3), ai: sell(0.55), rule: { aiOverrideThreshold: 0.5 }, says: "NONE no_clear_winner", because: "0.25 is not above 0.25" },
  { local: buy(0.3), ai: sell(0.56), rule: { aiOverrideThreshold: 0.5 }, says: "AI sell 10% 0.56 local_weak", because: "0.26 is" },
  { local: buy(1.1), says: "local: 1.1 is no share from 0 to 1", because: "no source may be surer than sure" },
  { ai: buy(Number.NaN), says: "ai: NaN is no share from 0 to 1", because: "what is no number compares with nothing" },
  { ai: buy(0.9, -1), says: "ai: a size of -1 percent is not from 0 to 1000", because: "no size is negative" },
];

describe("arbitration follows the table (DUAL-2)", () => {
  it.each(cases)("$says because $because", ({ says, ...asked }) => {
    expect(judged(asked)).toBe(says);
  });

  it("is what the page in docs shows", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/arbitration.md"), "utf8");
    expect(page).toBe(arbitrationPage());
    for (const resolution of resolutions) expect(page).toContain(`**${resolution}**`);
  });
});

const share = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
const claim: fc.Arbitrary<Claim> = fc.record({
  side: fc.constantFrom("buy", "sell"),
  confidence: share,
  sizePct: fc.integer({ min: 0, max: 4_000 }).map((hundredths) => hundredths / 100),
});
const anyRule: fc.Arbitrary<ArbitrationRule> = fc.record({
  aiConfidenceMin: share,
  aiOverrideThreshold: share,
  localWeakConviction: share,
  aiConfidenceAdvantage: share,
  blendMode: fc.constantFrom("conservative", "average"),
});
const maybe = fc.option(claim, { nil: undefined });

/** In hundredths, which are whole numbers: written from the sentences of the requirement, and another way round. */
function plainly(local: Claim | undefined, ai: Claim | undefined, rule: ArbitrationRule): string {
  const cents = (of: number): number => Math.round(of * 100);
  if (local !== undefined && ai !== undefined && local.side === ai.side) return "BLEND";
  if (local === undefined || ai === undefined) {
    const alone = local ?? ai;
    if (alone === undefined) return "NONE";
    return alone === ai && cents(ai.confidence) < cents(rule.aiConfidenceMin) ? "NONE" : "SINGLE";
  }
  const heard = cents(ai.confidence) >= cents(rule.aiOverrideThreshold);
  const weak = cents(local.confidence) < cents(rule.localWeakConviction);
  const ahead = cents(ai.confidence) - cents(local.confidence) > cents(rule.aiConfidenceAdvantage);
  return heard ? (weak && ahead ? "AI" : "NONE") : "LOCAL";
}

const resolutionOf = (answer: ReturnType<typeof arbitrate>): string => (answer.ok ? answer.value.resolution : answer.error.code);

describe("laws of arbitration", () => {
  it("says what a plain reading of the sentences says, at every hundredth", () => {
    fc.assert(
      fc.property(maybe, maybe, anyRule, (local, ai, rule) => {
        expect(resolutionOf(arbitrate(local, ai, rule))).toBe(plainly(local, ai, rule));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is never larger than the larger of both, nor surer than the surer", () => {
    fc.assert(
      fc.property(maybe, maybe, anyRule, (local, ai, rule) => {
        const answer = arbitrate(local, ai, rule);
        if (!answer.ok) return;
        const most = (of: (one: Claim) => number): number =>
          Math.max(0, ...[local, ai].flatMap((one) => (one === undefined ? [] : [of(one)])));
        expect(answer.value.sizePct).toBeLessThanOrEqual(most(({ sizePct }) => sizePct));
        expect(answer.value.confidence).toBeLessThanOrEqual(most(({ confidence }) => confidence));
      }),
    );
  });

  it("does not care which way is up", () => {
    const turned = (of: Claim | undefined): Claim | undefined => (of === undefined ? undefined : { ...of, side: opposite[of.side] });
    fc.assert(
      fc.property(maybe, maybe, anyRule, (local, ai, rule) => {
        expect(resolutionOf(arbitrate(turned(local), turned(ai), rule))).toBe(resolutionOf(arbitrate(local, ai, rule)));
      }),
    );
  });

  it("refuses what is no number rather than compare it", () => {
    const wild = fc.constantFrom(Number.NaN, Infinity, -Infinity, -0.01, 1.01);
    fc.assert(
      fc.property(claim, wild, fc.boolean(), (good, confidence, size) => {
        const bad = size ? { ...good, sizePct: confidence === 1.01 ? 1_000.01 : confidence } : { ...good, confidence };
        expect(resolutionOf(arbitrate(bad, good, usualArbitration))).toBe("bad_number");
        expect(resolutionOf(arbitrate(good, bad, usualArbitration))).toBe("bad_number");
      }),
    );
  });
});

describe("a planted bug in the table is seen", () => {
  /** The table with comparisons that may be wrong, on doubles or on units. */
  type Planted = {
    readonly alone?: (ai: number, least: number) => boolean;
    readonly unsure?: (ai: number, override: number) => boolean;
    readonly weak?: (local: number, weak: number) => boolean;
    readonly ahead?: (ai: number, local: number, advantage: number) => boolean;
    readonly blend?: (a: number, b: number) => number;
  };
  function planted({ local, ai, rule }: Case, bug: Planted): string {
    const now = { ...usualArbitration, ...rule };
    const at = (of: number): number => Math.round(of * 1e12);
    const alone = bug.alone ?? ((one, least) => at(one) < at(least));
    const unsure = bug.unsure ?? ((one, least) => at(one) < at(least));
    const weak = bug.weak ?? ((one, least) => at(one) < at(least));
    const ahead = bug.ahead ?? ((one, other, by) => at(one) - at(other) > at(by));
    if (local === undefined && ai === undefined) return "NONE";
    if (local === undefined) return alone(ai!.confidence, now.aiConfidenceMin) ? "NONE" : "SINGLE";
    if (ai === undefined) return "SINGLE";
    if (local.side === ai.side) {
      const size = now.blendMode === "average" ? (local.sizePct + ai.sizePct) / 2 : (bug.blend ?? Math.min)(local.sizePct, ai.sizePct);
      return `BLEND ${local.side} ${size}%`;
    }
    if (unsure(ai.confidence, now.aiOverrideThreshold)) return "LOCAL";
    return weak(local.confidence, now.localWeakConviction) && ahead(ai.confidence, local.confidence, now.aiConfidenceAdvantage)
      ? "AI"
      : "NONE";
  }
  const good = cases.filter(({ says }) => resolutions.some((each) => says.startsWith(each)));
  const wrong = (bug: Planted): number => good.filter((each) => !each.says.startsWith(planted(each, bug))).length;

  it("has no wrong answer without a bug", () => {
    expect(wrong({})).toBe(0);
  });

  it.each<{ bug: string; is: Planted }>([
    { bug: "<= for an AI trader alone", is: { alone: (ai, least) => ai <= least } },
    { bug: "<= for the override threshold", is: { unsure: (ai, override) => ai <= override } },
    { bug: "<= for weak rules", is: { weak: (local, weak) => local <= weak } },
    { bug: ">= for the advantage", is: { ahead: (ai, local, by) => Math.round((ai - local) * 1e12) >= Math.round(by * 1e12) } },
    { bug: "the advantage as a difference of doubles", is: { ahead: (ai, local, by) => ai - local > by } },
    { bug: "no advantage needed", is: { ahead: () => true } },
    { bug: "the larger size in a conservative blend", is: { blend: Math.max } },
  ])("$bug", ({ is }) => {
    expect(wrong(is)).toBeGreaterThan(0);
  });
});
