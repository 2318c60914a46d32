import { describe, expect, it } from "vitest";
import type { Context } from "../../../src/flow/context/gather.ts";
import { checkTrader } from "../../../src/flow/proposals/check-trader.ts";
import type { TraderDecision } from "../../../src/flow/proposals/read-trader.ts";
import { anAsset } from "../context/some-context.ts";

const decision = (symbol: string, confidence: number, sizePct?: number): TraderDecision => ({
  symbol,
  side: "buy",
  confidence,
  rationale: "",
  ...(sizePct === undefined ? {} : { sizePct }),
});
const context = { assets: [anAsset("100")] } as unknown as Context;
const rule = { decisionsMax: 5, sizePctMax: 20 };
const fates = (decisions: readonly TraderDecision[], limits = rule): string[] =>
  checkTrader(decisions, context, limits).map((each) => ("refused" in each ? each.refused : "counts"));

describe("each decision of an AI trader counts or is refused by name (DUAL-1)", () => {
  it.each<{ decisions: TraderDecision[]; says: string[]; because: string }>([
    { decisions: [], says: [], because: "nothing is nothing" },
    { decisions: [decision("BTCUSDT", 0.7)], says: ["counts"], because: "its asset is known" },
    { decisions: [decision("DOGE", 0.9), decision("BTCUSDT", 0.7)], says: ["unknown_symbol", "counts"], because: "the rest goes on" },
    { decisions: [decision("BTCUSDT", 0.7, 20)], says: ["counts"], because: "the largest size is one" },
    { decisions: [decision("BTCUSDT", 0.7, 20.01)], says: ["size_over_maximum"], because: "a size is refused and not cut" },
    {
      decisions: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((confidence) => decision("BTCUSDT", confidence)),
      says: ["over_decisions_max", "counts", "counts", "counts", "counts", "counts"],
      because: "of six the five surest count",
    },
    {
      decisions: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5].map((confidence) => decision("BTCUSDT", confidence)),
      says: ["counts", "counts", "counts", "counts", "counts", "over_decisions_max"],
      because: "all alike, the first five",
    },
  ])("$because", ({ decisions, says }) => {
    expect(fates(decisions)).toEqual(says);
  });
});
