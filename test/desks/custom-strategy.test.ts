import { describe, expect, it } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import type { Question } from "../../src/flow/proposals/question.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import type { Model } from "../../src/ports/model.ts";
import { aPlan } from "../lab/a-plan.ts";
import { factsOf } from "../lab/play.ts";

const calm = ["strategies.calm.style=aggressive", "strategies.calm.description=less, of it", "perps.strategy=calm"];

describe("a strategy of the user's own (PERP-4)", () => {
  it("trades by its own numbers and under its own name", () => {
    const first = (...set: readonly string[]) => {
      const run = runBacktest(aPlan({ days: 10, set }));
      return factsOf(run, "proposed").find(({ proposal }) => proposal.action === "buy" || proposal.action === "sell")!.proposal;
    };
    const style = first("perps.strategy=aggressive");
    const [small, smaller] = [first(...calm, "strategies.calm.numbers.riskBps=20"), first(...calm, "strategies.calm.numbers.riskBps=5")];
    expect([small.by.name, smaller.by.name, style.by.name]).toEqual(["calm", "calm", "aggressive"]);
    const rules = ({ instrument, action, stopLoss, takeProfit }: typeof style) => ({ instrument, action, stopLoss, takeProfit });
    expect(rules(small), "what it does is the style's").toEqual(rules(style));
    // Four times the risk behind the same stop, to the units that rounding down took.
    const off = small.allocation - smaller.allocation * 4n;
    expect([smaller.allocation > 0n, off >= 0n && off < 10n]).toEqual([true, true]);
  });

  it("is told to the model by name and description, and the house model reads the rest as ever", () => {
    const house = new HouseModel();
    const questions: Question[] = [];
    const model: Model = { ask: (question) => (questions.push(question), house.ask(question)) };
    const run = runBacktest(aPlan({ days: 10, set: [...calm, "perps.proposer=house"], model }));
    expect(questions.length).toBeGreaterThan(10);
    for (const { user } of questions) expect(user.split("\n")[0]).toBe("STRATEGY calm: less, of it");
    expect(factsOf(run, "fell_back")).toEqual([]);
    expect(factsOf(run, "order_sent").length).toBeGreaterThan(5);
  });
});
