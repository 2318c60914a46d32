import { describe, expect, it } from "vitest";
import type { ModelAnswer, ModelAttempt, ModelOutcome, Question } from "../../src/flow/proposals/question.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import type { Asking, Model } from "../../src/ports/model.ts";
import { ALedger } from "../runtime/spend/a-ledger.ts";
import { backtestText } from "../../src/bin/text/backtest-text.ts";
import { backtestReport } from "../../src/lab/backtest-report.ts";
import { minus, money, plus, zeroMoney } from "../../src/words/money.ts";
import { firstMs, hourMs, reply, ScriptedModel, spent, still, type Candle } from "./handmade.ts";
import { disagreements, factsOf, held, played, resting } from "./play.ts";

const flat = (count: number): Candle[] => Array.from({ length: count }, () => still(10_000));
const buy = { BTC: { action: "buy", usd: 10_000, sl: 9500, tp: 11_000 } } as const;

const attempt = (model: string, outcome: ModelOutcome, usd: string): ModelAttempt => ({
  provider: "openai",
  model,
  why: "first",
  outcome,
  detail: "",
  latencyMs: 5,
  tokensIn: 1000,
  tokensCached: 400,
  tokensOut: 100,
  tokensReasoning: 50,
  cost: money(usd),
});

function answered(outcome: ModelOutcome, attempts: readonly ModelAttempt[]): ModelAnswer {
  const total = (of: "tokensIn" | "tokensCached" | "tokensOut" | "tokensReasoning"): number =>
    attempts.reduce((all, each) => all + each[of], 0);
  const spent = {
    latencyMs: 5,
    tokensIn: total("tokensIn"),
    tokensCached: total("tokensCached"),
    tokensOut: total("tokensOut"),
    tokensReasoning: total("tokensReasoning"),
    cost: attempts.reduce((all, { cost }) => plus(all, cost), zeroMoney),
    attempts,
  };
  return outcome === "ok" ? { ...spent, outcome, text: reply(["BTC"], buy) } : { ...spent, outcome, detail: "no luck" };
}

describe("what models cost is in the desk's result (MOD-6)", () => {
  const script = {
    1: answered("ok", [attempt("gpt-5", "provider_error", "0.25"), attempt("gpt-5-mini", "ok", "0.05")]),
    2: answered("refused", [attempt("gpt-5", "refused", "0.125")]),
    3: answered("over_budget", [
      { ...attempt("gpt-5", "over_budget", "0"), tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 },
    ]),
  };
  const bars: Candle[] = [...flat(3), [10_000, 11_000, 10_000, 11_000], still(11_000)];
  const free = played({ bars, script: { 1: buy } });
  const paid = played({ bars, script });
  const report = backtestReport(paid, 1);

  it("is taken from net, cash and equity, and what was made before it is shown", () => {
    const without = backtestReport(free, 1).result;
    expect(without.netPnl).toBe("990");
    expect(report.result).toMatchObject({ netPnl: "989.575", netBeforeModelCosts: "990", modelCosts: "0.425" });
    expect(paid.state.cash).toBe(minus(free.state.cash, money("0.425")));
  });

  it("is no difference to the venue, which knows nothing of it: entries go on", () => {
    const cents = answered("ok", [attempt("gpt-5", "ok", "0.05")]);
    const run = played({ bars: flat(24 * 5), script: { 1: cents } });
    expect(new Set(factsOf(run, "reconciled").map(({ difference }) => difference))).toEqual(new Set([undefined]));
    expect(factsOf(run, "reconciled").length).toBeGreaterThan(3);
    expect([run.state.latches, disagreements(run)]).toEqual([[], []]);
  });

  it("is added up by role, by the model that was called, and by what came of the question", () => {
    const tokens = { tokensIn: 3000, tokensCached: 1200, tokensOut: 300, tokensReasoning: 150 };
    expect(report.models).toMatchObject({ questions: 5, calls: 5, cost: "0.425" });
    expect(report.models.byRole).toEqual([{ name: "trader", calls: 5, cost: "0.425", ...tokens, tokensIn: 3020, tokensOut: 320 }]);
    const byName = (rows: readonly { readonly name: string; readonly cost: string }[]): unknown[] =>
      rows.map((row) => Object.values(row).slice(0, 3));
    expect(byName(report.models.byModel)).toEqual([
      ["house/perps-1", 2, "0"],
      ["openai/gpt-5", 2, "0.375"],
      ["openai/gpt-5-mini", 1, "0.05"],
    ]);
    expect(byName(report.models.byOutcome)).toEqual([
      ["ok", 3, "0.3"],
      ["over_budget", 1, "0"],
      ["refused", 1, "0.125"],
    ]);
  });

  it("stands on the page only where a model was asked", () => {
    const page = backtestText(report, "Backtest");
    expect(page).toMatch(/unrealised \+990\.00.*, models 0\.425$/m);
    expect(page).toMatch(/^models +0\.425 for 5 calls, 3,020 \(1,200 cached\) \+ 320 tokens; \+990\.00 net before it$/m);
    expect(page).toContain("openai/gpt-5 2 for 0.375, openai/gpt-5-mini 1 for 0.05");
    const rules = backtestReport(played({ bars: flat(2), set: ["perps.proposer=rules"] }), 1);
    expect(rules.models).toMatchObject({ questions: 0, calls: 0, cost: "0", byRole: [], byModel: [], byOutcome: [] });
    expect(backtestText(rules, "Backtest")).not.toContain("models ");
  });
});

/** A model behind a real ledger whose cap lets one call through: from then on every answer is over_budget. */
class Capped implements Model {
  readonly a = new ALedger({ usdPerMonthMax: money("0.5") });
  readonly #scripted = new ScriptedModel({ 1: buy });

  ask(question: Question, asking: Asking): ModelAnswer {
    const call = `${asking.account}/${asking.correlation}/${question.role}/1`;
    const may = this.a.asked(call, "0.4", { ...asking, role: question.role, provider: "openai", model: "gpt-5" });
    if (!may.ok) return { ...spent, outcome: "over_budget", detail: may.error.detail };
    this.a.settle(call, "0.3");
    return { ...this.#scripted.ask(question), cost: money("0.3") };
  }
}

describe("exits and protection go on when no money is left (LINE-5, MOD-6)", () => {
  const penniless = (bars: readonly Candle[], more: Partial<BacktestPlan> = {}) => {
    const model = new Capped();
    const run = played({ bars, more: { model, ...more } });
    expect(new Set(factsOf(run, "fell_back").map(({ why }) => why))).toEqual(new Set(["over_budget"]));
    expect(factsOf(run, "fell_back")).toHaveLength(bars.length - 1);
    expect([model.a.sums, run.state.ledger.totals().modelCosts]).toEqual(["day 0.3+0 in 1, month 0.3+0", money("0.3")]);
    return run;
  };

  it.each`
    bar                                 | ended            | because
    ${[10_000, 10_000, 9_400, 9_450]}   | ${"stop_loss"}   | ${"the stop rests at the venue"}
    ${[10_000, 11_100, 10_000, 11_050]} | ${"take_profit"} | ${"so does the target"}
  `("closes at the $ended: $because", ({ bar, ended }: { bar: Candle; ended: string }) => {
    const run = penniless([...flat(3), bar, still(bar[3])]);
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual([ended]);
    expect([...held(run), ...resting(run), ...disagreements(run)]).toEqual([]);
  });

  it("keeps a position guarded, and opens none", () => {
    const run = penniless(flat(30));
    expect([held(run), resting(run)]).toEqual([["BTC.PERP 0.99"], ["stop 0.99 at 9500", "target 0.99 at 11000"]]);
    expect(disagreements(run)).toEqual([]);
  });

  it("flattens at once when a person throws the kill switch", () => {
    const run = penniless(flat(6), { commands: [{ fromMs: firstMs + 4 * hourMs, level: "K4" }] });
    expect([run.state.trades.length, held(run), resting(run)]).toEqual([1, [], []]);
  });
});
