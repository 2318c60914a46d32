import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Offer } from "../../../src/flow/proposals/crypto-proposal.ts";
import { arbiterChoices } from "../../../src/flow/proposals/crypto-schema.ts";
import { usualArbitration } from "../../../src/flow/resolution/arbitrate.ts";
import { compare, isOpen, settle, type Settled } from "../../../src/flow/resolution/arbitrate-universe.ts";
import { correlationId, instrumentId, proposalId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";

fc.configureGlobal({ seed: 20261121 });

let made = 0;
function offer(symbol: string, action: "buy" | "sell", confidence: number, sizePct = 10, stop = "95"): Offer {
  return {
    sizePct,
    belief: { conviction: confidence },
    proposal: {
      id: proposalId(`c-1.${made++}`),
      correlation: correlationId("c-1"),
      by: { kind: "rules", name: "test", version: "1" },
      instrument: instrumentId(symbol),
      action,
      allocation: money("1000"),
      stopLoss: price(stop),
      confidence,
      riskLevel: "low",
      exitPlan: "",
      rationale: "",
    },
  };
}

const settled = (local: Offer[], ai: Offer[], arbiter?: "local" | "ai" | "none" | "unheard"): Settled[] =>
  compare(local, ai, usualArbitration).map((each) => settle(each, isOpen(each) ? arbiter : undefined));
const shown = ({ row, final }: Settled): string =>
  `${row.resolution}${row.arbiter === undefined ? "" : ` by ${row.arbiter}`}: ${final === undefined ? "nobody" : `${final.side} ${final.sizePct}% of ${final.of.length} with levels of ${final.levels}`}`;

describe("offers of both sources become at most one wish for each symbol", () => {
  const [weak, sure] = [offer("A", "buy", 0.6, 8), offer("A", "sell", 0.9, 12)];
  it.each([
    { says: "SINGLE: buy 8% of 1 with levels of local", local: [weak], ai: [], because: "one side only" },
    { says: "SINGLE: sell 12% of 1 with levels of ai", local: [], ai: [sure], because: "the AI trader alone is sure enough" },
    {
      says: "BLEND: buy 8% of 2 with levels of local",
      local: [weak],
      ai: [offer("A", "buy", 0.9, 12)],
      because: "a blend keeps the rules' levels",
    },
    { says: "LOCAL: buy 8% of 1 with levels of local", local: [weak], ai: [offer("A", "sell", 0.5)], because: "the AI trader is unsure" },
    { says: "AI: sell 12% of 1 with levels of ai", local: [offer("A", "buy", 0.2)], ai: [sure], because: "the rules are weak" },
    { says: "NONE: nobody", local: [weak], ai: [sure], because: "neither wins and nobody is asked" },
    { says: "NONE by none: nobody", local: [weak], ai: [sure], arbiter: "none" as const, because: "the arbiter picks nobody" },
    { says: "NONE by unheard: nobody", local: [weak], ai: [sure], arbiter: "unheard" as const, because: "the arbiter did not answer" },
    {
      says: "NONE by local: buy 8% of 1 with levels of local",
      local: [weak],
      ai: [sure],
      arbiter: "local" as const,
      because: "it picks the rules",
    },
    {
      says: "NONE by ai: sell 12% of 1 with levels of ai",
      local: [weak],
      ai: [sure],
      arbiter: "ai" as const,
      because: "it picks the AI trader",
    },
    { says: "FAULT: nobody", local: [offer("A", "buy", Number.NaN)], ai: [sure], because: "what is no number is not compared" },
  ])("$says because $because", ({ says, local, ai, arbiter }) => {
    expect(settled(local, ai, arbiter).map(shown)).toEqual([says]);
  });

  it("asks an arbiter only where both want something and neither wins (DUAL-3)", () => {
    const open = (local: Offer[], ai: Offer[]): boolean[] => compare(local, ai, usualArbitration).map(isOpen);
    expect(open([weak], [sure])).toEqual([true]);
    expect(open([], [offer("A", "buy", 0.1)])).toEqual([false]);
    expect(open([weak], [offer("A", "sell", 0.1)])).toEqual([false]);
    expect(open([offer("A", "buy", 2)], [sure])).toEqual([false]);
  });
});

const anyOffer = fc
  .record({
    symbol: fc.constantFrom("A", "B", "C"),
    action: fc.constantFrom("buy" as const, "sell" as const),
    confidence: fc.constantFrom(0.1, 0.3, 0.5, 0.65, 0.7, 0.9, 1.5),
    sizePct: fc.constantFrom(1, 5, 20),
  })
  .map(({ symbol, action, confidence, sizePct }) => offer(symbol, action, confidence, sizePct));
const offers = fc.array(anyOffer, { maxLength: 6 });

describe("laws of a cycle", () => {
  it("loses no proposal: each has one fate (DUAL-1, DUAL-5)", () => {
    fc.assert(
      fc.property(offers, offers, fc.constantFrom(...arbiterChoices, "unheard" as const, undefined), (local, ai, arbiter) => {
        const fates = settled(local, ai, arbiter).flatMap((each) => each.fates.map(({ proposal }) => proposal));
        expect(fates.sort()).toEqual([...local, ...ai].map(({ proposal }) => proposal.id).sort());
      }),
    );
  });

  it("has one wish for a symbol at most, made of what is followed, and never larger than what it is made of (DUAL-3)", () => {
    fc.assert(
      fc.property(offers, offers, fc.constantFrom(...arbiterChoices, "unheard" as const, undefined), (local, ai, arbiter) => {
        const all = new Map([...local, ...ai].map((each) => [each.proposal.id, each]));
        const done = settled(local, ai, arbiter);
        expect(new Set(done.map(({ row }) => row.instrument)).size).toBe(done.length);
        for (const { final, fates } of done) {
          const followed = fates.filter(({ fate }) => fate === "followed" || fate === "blended").map(({ proposal }) => proposal);
          expect(followed.sort()).toEqual([...(final?.of ?? [])].sort());
          if (final === undefined) continue;
          const sizes = final.of.map((id) => all.get(id)!.sizePct);
          expect(final.sizePct).toBeLessThanOrEqual(Math.max(...sizes));
          expect(final.of.every((id) => all.get(id)!.proposal.action === final.side)).toBe(true);
        }
      }),
    );
  });
});
