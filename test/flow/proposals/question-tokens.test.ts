import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { portfolioQuestion } from "../../../src/flow/proposals/portfolio-question.ts";
import { strategies } from "../../../src/flow/proposals/strategies/strategies.ts";
import type { Strategy } from "../../../src/flow/proposals/strategy.ts";
import { demoMarket } from "../../../src/sim/market/demo-market.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { money } from "../../../src/words/money.ts";
import { price, priceOfTicks } from "../../../src/words/price.ts";
import { idle, still } from "../../lab/handmade.ts";
import { played } from "../../lab/play.ts";
import { aContext, aMemory, aPlan, aPosition, hourMs, watchedOver } from "../context/some-context.ts";
import { factsFromTables, portfolioFacts } from "./portfolio-facts.ts";

const bars = 400;
/** The demo's whole market after 400 hours: every second asset is held, and each remembers what was decided on it lately. */
const contextOf = ({ frames }: Strategy) => {
  const assets = demoMarket("7", 20, "1h").map((history, at) => {
    const { instrument } = history;
    const ticks = history.bars.close[bars - 1]!;
    const level = (bps: number): string => formatExact(priceOfTicks(Math.round(ticks * (1 + bps / 10_000)), instrument.tick));
    const nowMs = history.bars.openMs[bars - 1]! + hourMs;
    const watched = watchedOver(history, "1h", frames, bars);
    // A mark is an index of many venues and lies between ticks.
    if (at === 1) watched.setMark(price(`${level(3)}${level(3).includes(".") ? "" : "."}37`), nowMs);
    const held = {
      position: aPosition(instrument.id, formatExact(instrument.lot * 25n), level(-40)),
      plan: aPlan(instrument.id, { stop: level(-200), target: level(300) }),
      recent: [3, 2, 1].map((hours, n) => ({
        ...aMemory(instrument.id, n === 0 ? "buy" : "adjust_orders", n === 0 ? "filled" : "reprotected", nowMs - hours * hourMs),
        ...(n === 0 ? { net: money("-12.345") } : {}),
      })),
    };
    return { watched, ...(at % 2 === 0 ? { held } : {}) };
  });
  return aContext(assets, { equity: money("12345.678") });
};

describe.each(Object.values(strategies))("the question for $name", (strategy) => {
  const context = contextOf(strategy);
  const { user } = portfolioQuestion(context, { id: "x@1", text: "" }, "as it says", "house/perps-1", "50000");
  const facts = portfolioFacts(context, "as it says", "50000");

  it("holds the facts that JSON would hold, each one exactly", () => {
    expect(facts.assets.length).toBeGreaterThan(3);
    expect(factsFromTables(user)).toEqual(facts);
  });

  it("takes at most 40 % of the tokens of the same facts as pretty-printed JSON", () => {
    const json = countTokens(JSON.stringify(facts, null, 2));
    expect(json).toBeGreaterThan(1_000);
    expect(countTokens(user) / json).toBeLessThanOrEqual(0.4);
  });
});

describe("what a provider's prompt cache can hit", () => {
  const bars = Array.from({ length: 4 }, (_, at) => still(10_000 + at * 100));
  const { questions } = played({ bars, script: { 1: { BTC: { action: "buy", usd: 1_000, sl: 9_500, tp: 11_000 } } } }).model;

  it("is the system text, the same in every cycle", () => {
    expect(questions).toHaveLength(4);
    expect(new Set(questions.map(({ system }) => system)).size).toBe(1);
  });

  it("and then the part of the user text that changes least: nothing that moves stands before the time", () => {
    const before = questions.map(({ user }) => user.slice(0, user.indexOf("\nTIME ")));
    expect(new Set(before).size).toBe(1);
    expect(before[0]).toMatch(/^STRATEGY idle: Leaves it to the model\nUNITS /);
    expect(before[0]).toContain(idle.description);
    expect(new Set(questions.map(({ user }) => user)).size).toBe(4);
  });
});
