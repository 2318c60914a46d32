import { describe, expect, it } from "vitest";
import { armOf } from "../../../src/flow/proposals/prompt-arms.ts";
import type { ClosedTrade } from "../../../src/flow/portfolio/trade.ts";
import type { ModelAnswer } from "../../../src/flow/proposals/question.ts";
import type { Entry } from "../../../src/journal/entry.ts";
import type { Fact } from "../../../src/journal/fact.ts";
import { armReport } from "../../../src/lab/prompts/arm-report.ts";
import { runBacktest } from "../../../src/lab/backtest.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { accountId, correlationId, deskId, instrumentId } from "../../../src/words/ids.ts";
import { money, plus, sum, zeroMoney } from "../../../src/words/money.ts";
import { aPlan, entriesOf } from "../a-plan.ts";

const at = Temporal.Instant.from("2026-03-03T15:00:00Z");
const entry = (n: number, fact: Fact): Entry => ({
  sequence: n,
  at,
  account: accountId("a"),
  desk: deskId("perps"),
  correlation: correlationId(`c.${n}`),
  config: "",
  fact,
});
const asked = (n: number, prompt: string): Entry =>
  entry(n, { kind: "model_asked", role: "trader", model: "m/x", prompt, promptHash: "", questionHash: "" });
const answered = (n: number, outcome: ModelAnswer["outcome"], cost: string): Entry => {
  const spent = { latencyMs: 1, tokensIn: 1, tokensOut: 1, cost: money(cost) };
  return entry(n, {
    kind: "model_answered",
    role: "trader",
    model: "m/x",
    questionHash: "",
    answer: outcome === "ok" ? { ...spent, outcome, text: "" } : { ...spent, outcome, detail: "" },
  });
};
const trade = (n: number | undefined, net: string): ClosedTrade => ({
  instrument: instrumentId("BTC.PERP"),
  direction: "long",
  strategy: "swing",
  correlation: n === undefined ? undefined : correlationId(`c.${n}`),
  openedAt: at,
  closedAt: at,
  realised: money(net),
  fees: zeroMoney,
  funding: zeroMoney,
  net: money(net),
  endedBy: "order",
});

describe("the outcome of each arm (PERP-7)", () => {
  it("counts a trade for the prompt of the cycle that opened it, also where that used an answer again", () => {
    const entries = [
      asked(1, "p@1"),
      answered(1, "ok", "0.02"),
      entry(2, { kind: "answer_reused", from: correlationId("c.1"), ageMs: 5 }),
      asked(3, "p@2"),
      answered(3, "timed_out", "0.01"),
      entry(4, { kind: "answer_reused", from: correlationId("c.2"), ageMs: 9 }),
      asked(5, "p@2"),
      answered(5, "ok", "0.03"),
    ];
    const rows = armReport(entries, [
      trade(1, "10"),
      trade(2, "-4"),
      trade(4, "1"),
      trade(5, "7.5"),
      trade(undefined, "99"),
      trade(77, "99"),
    ]);
    expect(rows).toMatchObject([
      { prompt: "p@1", asked: 1, reused: 2, outcomes: { ok: 1 }, modelCost: "0.02", trades: 3, net: "7", winRate: { value: 2 / 3 } },
      { prompt: "p@2", asked: 2, reused: 0, outcomes: { ok: 1, timed_out: 1 }, modelCost: "0.04", trades: 1, net: "7.5", netMean: null },
    ]);
    const { netMean } = rows[0]!;
    expect(netMean!.value).toBeCloseTo(7 / 3);
    expect([netMean!.low, netMean!.high]).toEqual([-4, 10]);
  });

  it("has no row where no model was asked, and no figure where nothing was traded", () => {
    expect(armReport([], [trade(1, "1")])).toEqual([]);
    expect(armReport([asked(1, "p@1")], [])).toMatchObject([{ trades: 0, net: "0", netMean: null, winRate: null }]);
  });

  it("adds up to the run: no trade of a model's is in no arm or in two", () => {
    const plan = aPlan({ days: 12, set: ["perps.proposer=house"] });
    const run = runBacktest(plan);
    const [first] = entriesOf(plan);
    const arms = { seed: "1", arms: [1, 2].map((n) => ({ prompt: { id: `p@${n}`, text: "" }, weight: 1 })) };
    // What the journal would hold had the cycles been dealt out: only the prompt's name differs.
    const dealt = entriesOf(plan).map((each): Entry => {
      if (each.fact.kind !== "model_asked" || each.correlation === undefined) return each;
      return { ...each, fact: { ...each.fact, prompt: armOf(arms, first!.account, each.correlation).prompt.id } };
    });
    const { trades } = run.state;
    const rows = armReport(dealt, trades);
    expect(trades.length).toBeGreaterThan(10);
    expect(rows.map(({ prompt }) => prompt)).toEqual(["p@1", "p@2"]);
    expect(rows.reduce((all, row) => all + row.trades, 0)).toBe(trades.length);
    const net = rows.reduce((all, row) => plus(all, money(row.net)), zeroMoney);
    expect(formatExact(net)).toBe(formatExact(sum(trades.map((each) => each.net))));
  });
});
