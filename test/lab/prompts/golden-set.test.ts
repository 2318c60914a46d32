import { describe, expect, it } from "vitest";
import { HouseModel } from "../../../src/adapters/house-model/house-model.ts";
import { strategies } from "../../../src/flow/proposals/strategies/strategies.ts";
import { readPrompt } from "../../../src/bin/read-prompt.ts";
import { goldenRun } from "../../../src/lab/prompts/golden-run.ts";
import { goldenSet, type GoldenQuestion } from "../../../src/lab/prompts/golden-set.ts";
import type { ModelAnswer, Question } from "../../../src/flow/proposals/question.ts";
import { money, zeroMoney } from "../../../src/words/money.ts";

const wish = { prompt: readPrompt("perps.trader"), model: "house/perps-1", strategy: strategies["swing"]!, allocationMax: money("50000") };
const set = goldenSet(wish);
const named = (name: string): GoldenQuestion => set.find((each) => each.name === name)!;
const closesOf = (name: string): readonly number[] => named(name).context.assets[0]!.market.frames[0]!.closes;
const said = (answer: string) => ({
  ask: (_question: Question): ModelAnswer => {
    const spent = { latencyMs: 1, tokensIn: 1, tokensOut: 1, cost: money("0.01") };
    if (answer === "timed_out" || answer === "refused") return { ...spent, outcome: answer, detail: "" };
    return { ...spent, outcome: "ok", text: answer };
  },
});

describe("the golden set", () => {
  it("asks about ten situations, three times each, with the desk's own question", () => {
    const names = [
      "uptrend",
      "downtrend",
      "range",
      "breakout",
      "crash",
      "gap",
      "illiquid",
      "conflicting_news",
      "stale_data",
      "at_the_limit",
    ];
    expect(set.map(({ name }) => name)).toEqual(names.flatMap((name) => ["a", "b", "held"].map((variant) => `${name}/${variant}`)));
    expect(new Set(set.map(({ question }) => question.user)).size, "no situation is another's copy").toBe(30);
    for (const { question } of set) expect(question).toMatchObject({ role: "trader", prompt: wish.prompt.id, system: wish.prompt.text });
  });

  it("is the same to the byte again, and another strategy sees its own indicators", () => {
    expect(goldenSet(wish)).toEqual(set);
    const other = goldenSet({ ...wish, strategy: strategies["scalping"]! });
    expect(other.map(({ question }) => question.user)).not.toEqual(set.map(({ question }) => question.user));
  });

  it.each(Object.values(strategies))("warms up every indicator of $name", (strategy) => {
    for (const { context, name } of goldenSet({ ...wish, strategy }))
      for (const { market } of context.assets)
        market.frames.forEach((frame, at) => {
          const ready = new Set(Object.keys(frame.values).map((key) => key.split(".")[0]));
          expect(ready, `${name}, frame ${at}`).toEqual(new Set(Object.keys(strategy.frames[at]!.indicators)));
        });
  });

  it.each(["a", "b", "held"])("shows what it says, in variant %s", (variant) => {
    const change = (of: string): number => {
      const closes = closesOf(`${of}/${variant}`);
      return closes[0]! / closes.at(-1)! - 1;
    };
    expect(closesOf(`uptrend/${variant}`)[0]).toBeGreaterThan(120);
    expect(closesOf(`downtrend/${variant}`)[0]).toBeLessThan(85);
    expect(Math.abs(closesOf(`range/${variant}`)[0]! - 100)).toBeLessThan(5);
    expect(change("breakout")).toBeGreaterThan(0.03);
    expect(change("crash")).toBeLessThan(-0.12);
    expect(change("gap")).toBeGreaterThan(0.05);
    const { market } = named(`illiquid/${variant}`).context.assets[0]!;
    expect(market.book!.spreadBps).toBeGreaterThan(100);
    expect(Number(market.quote.ask - market.quote.bid) / Number(market.quote.last)).toBeGreaterThan(0.01);
    const news = named(`conflicting_news/${variant}`).question.user;
    expect(news).toContain("has approved PROBE-A");
    expect(news).toContain("no approval of PROBE-A");
    const stale = named(`stale_data/${variant}`).context;
    expect(stale.leftOut).toEqual([{ instrument: "PROBE-B.PERP", why: "stale" }]);
    expect(stale.now.epochMilliseconds - stale.assets[0]!.market.quote.quotedAt.epochMilliseconds).toBe(3 * 3_600_000);
    const limit = named(`at_the_limit/${variant}`).context;
    expect(limit.assets.every(({ position, recent }) => position !== undefined && recent.length === 3)).toBe(true);
    expect(limit.equity < limit.dayStartEquity).toBe(true);
    expect(named(`range/${variant}`).context.assets.every(({ position }) => (position !== undefined) === (variant === "held"))).toBe(true);
  });
});

describe("a run of the golden set", () => {
  it("has a decision for every asset that was shown, and the house goes with the trend", async () => {
    const { decisions, cost } = await goldenRun(set, new HouseModel());
    expect(decisions).toHaveLength(set.reduce((sum, { context }) => sum + context.assets.length, 0));
    expect(decisions.every(({ confidence }) => confidence !== null)).toBe(true);
    expect(cost).toBe(zeroMoney);
    const directions = (scenario: string): number =>
      decisions.filter((each) => each.scenario.startsWith(scenario)).reduce((sum, { direction }) => sum + direction, 0);
    expect(directions("uptrend")).toBeGreaterThan(0);
    expect(directions("downtrend")).toBeLessThan(0);
    expect(new Set(decisions.map(({ action }) => action)).size, "a set on which all do the same tells nothing").toBeGreaterThan(2);
  });

  it.each([
    ["timed_out", "timed_out"],
    ["refused", "refused"],
    ["no JSON at all", "unreadable: "],
    ['{"decisions":[],"rationale":"","total_allocation_usd":0,"risk_level":"low"}', "invalid: symbol_missing"],
  ] as const)("says why there is no decision after %j", async (answer, why) => {
    const { decisions, cost } = await goldenRun(set.slice(0, 2), said(answer));
    expect(decisions).toHaveLength(4);
    for (const each of decisions)
      expect(each).toMatchObject({ direction: 0, confidence: null, action: expect.stringContaining(why) as string });
    expect(cost).toBe(money("0.02"));
  });

  it.each([
    ["buy", 1_000, 1, "adds"],
    ["sell", 1_000, -1, "goes against it"],
    ["hold", 0, 0, "leaves it"],
    ["adjust_orders", 0, 0, "moves only the orders"],
    ["close_position", 0, -1, "a long is sold"],
    ["adjust_position", 1, -1, "less than is held"],
    ["adjust_position", 49_000, 1, "more than is held"],
  ])("a long's %s of %d pushes %d because it %s", async (action, usd, direction) => {
    const decision = (symbol: string): object => ({
      symbol,
      action,
      allocation_usd: usd,
      tp_price: null,
      sl_price: 90,
      exit_plan: "",
      rationale: "",
      confidence: 0.5,
      risk_level: "low",
    });
    const text = JSON.stringify({
      decisions: ["PROBE-A", "PROBE-B"].map(decision),
      rationale: "",
      total_allocation_usd: 2 * usd,
      risk_level: "low",
    });
    const { decisions } = await goldenRun([named("range/held")], said(text));
    expect(decisions.map((each) => each.direction)).toEqual([direction, direction]);
  });
});
