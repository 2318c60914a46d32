import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HouseModel } from "../../../src/adapters/house-model/house-model.ts";
import { readTables } from "../../../src/adapters/house-model/read-tables.ts";
import type { Context } from "../../../src/flow/context/gather.ts";
import { formatMoney } from "../../../src/flow/proposals/format-money.ts";
import { portfolioQuestion } from "../../../src/flow/proposals/portfolio-question.ts";
import type { Question } from "../../../src/flow/proposals/question.ts";
import { readPortfolio, type AssetDecision } from "../../../src/flow/proposals/read-portfolio.ts";
import { strategies } from "../../../src/flow/proposals/strategies/strategies.ts";
import { checkPortfolio, toProposal, validate } from "../../../src/flow/proposals/validate.ts";
import { demoMarket } from "../../../src/sim/market/demo-market.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { correlationId, proposalId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { priceOfTicks } from "../../../src/words/price.ts";
import {
  aContext,
  aMemory,
  aPerpetual,
  aPlan,
  aPosition,
  hourMs,
  startMs,
  watchedOver,
  watchedThrough,
  type Held,
} from "../../flow/context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const house = new HouseModel();
const bare = [{ times: 1, indicators: {} }];
const asked = (context: Context, most = "50000"): Question =>
  portfolioQuestion(context, { id: "perps.trader@1", text: "You manage a portfolio." }, "swing", "house/perps-1", most);
const answerTo = (question: Question): string => {
  const answer = house.ask(question);
  if (answer.outcome !== "ok") throw new Error("the house always answers");
  return answer.text;
};
function decisionsOn(context: Context, most?: string): readonly AssetDecision[] {
  const read = readPortfolio(answerTo(asked(context, most)));
  if (!read.ok) throw new Error(`unreadable: ${read.error.code} ${read.error.detail}`);
  const checked = checkPortfolio(read.value, context);
  if (!checked.ok) throw new Error(`invalid: ${checked.error.code}`);
  return checked.value;
}

describe("the question's tables as the house reads them", () => {
  it("have their rows under the names of their columns", () => {
    const tables = readTables(
      "STRATEGY swing: a, b\nTIME now\nASSETS symbol,last,sl\nA,1.5,\nB,2,1.9\nFRAME 1h symbol,macd.signal,closes\nA,55,0 -1\nFRAME 1h symbol,closes\nA,0",
    );
    expect(tables).toEqual({
      ASSETS: [
        { symbol: "A", last: "1.5", sl: "" },
        { symbol: "B", last: "2", sl: "1.9" },
      ],
      "FRAME 1h": [{ symbol: "A", "macd.signal": "55", closes: "0 -1" }],
      "FRAME 1h 2": [{ symbol: "A", closes: "0" }],
    });
  });

  it("are none in a text that has none", () => {
    expect(readTables("")).toEqual({});
    expect(readTables("Dear model,\nplease buy.")).toEqual({});
  });
});

describe("the house model (MOD-1)", () => {
  const { id: btc } = aPerpetual();
  const rising = [1000, 1004, 1003, 1010, 1015, 1014, 1020, 1026];
  const falling = rising.map((ticks) => 2026 - ticks);
  const even = [1000, 1004, 1000, 1004, 1000, 1004, 1000, 1004];
  const easing = [1020, 1016, 1018, 1013, 1015, 1010, 1012, 1011];
  const long = (recent: readonly string[] = []): Held => ({
    position: aPosition(btc, "10", "98"),
    plan: aPlan(btc, { stop: "90" }),
    recent: recent.map((action, n) => aMemory(btc, action, "filled", startMs + n * hourMs)),
  });
  const short: Held = { position: aPosition(btc, "-10", "110"), plan: aPlan(btc, { stop: "120" }) };

  it.each<{ closes: readonly number[]; held?: Held; action: string; because: string }>([
    { closes: rising, action: "buy", because: "it joins a rise" },
    { closes: falling, action: "sell", because: "it joins a fall" },
    { closes: even, action: "hold", because: "noise is no move" },
    { closes: [1000, 1010, 1020], action: "hold", because: "three bars are too few" },
    { closes: Array.from({ length: 8 }, () => 1000), action: "hold", because: "nothing moves" },
    { closes: rising, held: long(), action: "adjust_orders", because: "a long that works is followed with the stop" },
    { closes: falling, held: long(), action: "close_position", because: "a long that has turned is closed" },
    { closes: rising, held: short, action: "close_position", because: "and so is a short" },
    { closes: easing, held: long(), action: "adjust_position", because: "a long that stalls is halved" },
    { closes: easing, held: long(["buy", "adjust_position"]), action: "adjust_orders", because: "but once only" },
  ])("will $action: $because", ({ closes, held, action }) => {
    const context = aContext([{ watched: watchedThrough(closes, bare), ...(held === undefined ? {} : { held }) }]);
    const [decision] = decisionsOn(context);
    expect(decision!.action).toBe(action);
    if (action === "adjust_position") expect(decision!.allocation).toBe(money((closes.at(-1)! / 2).toFixed(2)));
  });

  it("answers on the asset's own grid, though the last price may be a round number", () => {
    const flat = [1000, 1004, 1003, 1010, 1015, 1014, 1020, 1030];
    const [decision] = decisionsOn(aContext([{ watched: watchedThrough(flat, bare) }]));
    // Noise is 34/7 ticks a bar, so the stop stands 1.943 dollars below 103 and the target 3.886 above.
    expect(formatExact(decision!.stopLoss!)).toBe("101.1");
    expect(formatExact(decision!.takeProfit!)).toBe("106.9");
  });

  it("asks for nothing where nothing is left", () => {
    for (const equity of ["0", "-100"]) {
      const [decision] = decisionsOn(aContext([{ watched: watchedThrough(rising, bare) }], { equity: money(equity) }));
      expect(decision).toMatchObject({ action: "hold", allocation: 0n });
    }
  });

  it("costs nothing and says how many tokens it would have been", () => {
    const question = asked(aContext([{ watched: watchedThrough(rising, bare) }]));
    const answer = house.ask(question);
    expect(answer).toMatchObject({ outcome: "ok", cost: 0n, latencyMs: 0 });
    expect(answer.tokensIn).toBe(Math.ceil(question.system.length / 4) + Math.ceil(question.user.length / 4));
  });

  it("answers any question with JSON that is read, checked and valid, and the same question with the same (300 markets)", () => {
    const markets = ["a", "b", "c"].map((seed) => demoMarket(seed, 20, "1h"));
    const perAsset = fc.record({
      side: fc.constantFrom(0, 0, 1, -1),
      entryBps: fc.integer({ min: -500, max: 500 }),
      stopBps: fc.option(fc.integer({ min: 5, max: 800 }), { nil: undefined }),
      lots: fc.integer({ min: 1, max: 100_000 }),
      recent: fc.array(fc.constantFrom("buy", "sell", "adjust_position", "adjust_orders", "close_position"), { maxLength: 4 }),
    });
    const scene = fc.record({
      market: fc.nat({ max: markets.length - 1 }),
      bars: fc.integer({ min: 1, max: 480 }),
      assets: fc.array(perAsset, { minLength: 1, maxLength: 5 }),
      equity: fc.integer({ min: -10_000, max: 100_000_000 }).map((cents) => (cents / 100).toFixed(2)),
      most: fc.constantFrom("1", "5000", "50000"),
      style: fc.constantFrom(...Object.values(strategies)),
    });
    const actions = new Map<string, number>();
    fc.assert(
      fc.property(scene, ({ market, bars, assets, equity, most, style }) => {
        const context = aContext(
          assets.map(({ side, entryBps, stopBps, lots, recent }, n) => {
            const history = markets[market]![n]!;
            const { instrument } = history;
            const ticks = history.bars.close[bars - 1]!;
            const at = (byBps: number): string =>
              formatExact(priceOfTicks(Math.max(1, Math.round(ticks * (1 + byBps / 10_000))), instrument.tick));
            return {
              watched: watchedOver(history, "1h", style.frames, bars),
              held: {
                ...(side === 0
                  ? {}
                  : { position: aPosition(instrument.id, formatExact(BigInt(side * lots) * instrument.lot), at(entryBps)) }),
                ...(side === 0 || stopBps === undefined ? {} : { plan: aPlan(instrument.id, { stop: at(-side * stopBps) }) }),
                recent: recent.map((action, at_) => aMemory(instrument.id, action, "filled", startMs + at_ * hourMs)),
              },
            };
          }),
          { equity: money(equity) },
        );
        const question = asked(context, formatMoney(money(most)));
        expect(answerTo(question)).toBe(answerTo({ ...question }));
        for (const decision of decisionsOn(context, formatMoney(money(most)))) {
          actions.set(decision.action, (actions.get(decision.action) ?? 0) + 1);
          const asset = context.assets.find(({ instrument }) => instrument.symbol === decision.symbol)!;
          const by = { kind: "model", name: "house/perps-1", version: "perps.trader@1" } as const;
          const proposal = toProposal(decision, asset, proposalId("ab12-0001.0"), correlationId("ab12-0001"), by);
          const invalid = validate(proposal, asset, { allocationMax: money(most), confidenceMin: 0.5, stopRequired: true });
          // Too little money for the smallest order is the one thing that it cannot know.
          expect([undefined, "allocation_below_minimum"], `${decision.action} ${invalid?.code}`).toContain(invalid?.code);
          // Its levels were on the grid already: the proposal did not have to move them.
          expect([proposal.stopLoss, proposal.takeProfit]).toEqual([decision.stopLoss, decision.takeProfit]);
        }
      }),
      { numRuns: 300 },
    );
    for (const action of ["buy", "sell", "hold", "close_position", "adjust_position", "adjust_orders"])
      expect(actions.get(action) ?? 0, action).toBeGreaterThan(0);
  });
});
