import { describe, expect, it } from "vitest";
import type { Halt } from "../../src/lab/halts.ts";
import { instrumentId } from "../../src/words/ids.ts";
import { aPlan, entriesOf, linesOf } from "./a-plan.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { firstMs, hourMs, still, type Candle } from "./handmade.ts";
import { disagreements, factsOf, held, played, resting } from "./play.ts";

const halt = (fromBar: number, toBar: number, symbol = "BTC"): Halt => ({
  instrument: instrumentId(`${symbol}.PERP`),
  fromMs: firstMs + fromBar * hourMs,
  toMs: firstMs + toBar * hourMs,
});
const buy = { action: "buy", usd: 10_000, sl: 9_500, tp: 11_000 } as const;
const flat: Candle[] = Array.from({ length: 6 }, () => still(10_000));
/** Bought at the second open; the fourth bar falls through the stop and comes back. */
const dipped: Candle[] = flat.map((candle, at) => (at === 3 ? [10_000, 10_000, 9_000, 10_000] : candle));

describe("a halt in a backtest (LAB-1)", () => {
  it.each`
    from    | to     | refused                    | position             | because
    ${10}   | ${11}  | ${[]}                      | ${["BTC.PERP 0.99"]} | ${"it is after the run"}
    ${1}    | ${3}   | ${["market_state.halted"]} | ${[]}                | ${"the desk decides as it begins"}
    ${0.5}  | ${1.5} | ${["market_state.halted"]} | ${[]}                | ${"the desk decides within it"}
    ${0}    | ${1}   | ${[]}                      | ${["BTC.PERP 0.99"]} | ${"it ends as the desk decides"}
    ${0.25} | ${0.5} | ${[]}                      | ${["BTC.PERP 0.99"]} | ${"it was over before the desk decided"}
    ${1.2}  | ${1.4} | ${[]}                      | ${[]}                | ${"the order left before it and met a bar that it reaches into"}
  `("from bar $from to $to refuses $refused and leaves $position: $because", ({ from, to, refused, position }) => {
    const run = played({ bars: flat, script: { 1: { BTC: buy } }, more: { halts: [halt(from as number, to as number)] } });
    expect(factsOf(run, "refused").map(({ refusal }) => refusal.code)).toEqual(refused);
    expect(held(run)).toEqual(position);
    expect(disagreements(run)).toEqual([]);
  });

  it("is seen by a proposer, and by no other instrument's", () => {
    const run = played({ assets: { AAA: flat, BBB: flat }, script: { 2: { AAA: buy, BBB: buy } }, more: { halts: [halt(1, 4, "AAA")] } });
    const seen = factsOf(run, "woke").map(({ snapshot }) => snapshot.assets.map(({ quote }) => quote.status).join(" "));
    expect(seen).toEqual(["halted open", "halted open", "halted open", "open open", "open open", "open open"]);
    expect(held(run)).toEqual(["BBB.PERP 0.99"]);
  });

  it("leaves stops resting, which nothing of the halted bar fills", () => {
    const script = { 1: { BTC: buy } };
    expect(held(played({ bars: dipped, script })), "without a halt the stop is met").toEqual([]);
    const run = played({ bars: dipped, script, more: { halts: [halt(3.5, 3.6)] } });
    expect(held(run)).toEqual(["BTC.PERP 0.99"]);
    expect(resting(run)).toEqual(["stop 0.99 at 9500", "target 0.99 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("changes no byte of a journal that has none", () => {
    const journal = (halts?: readonly Halt[]): string[] => {
      const plan = aPlan({ days: 4, more: halts === undefined ? {} : { halts } });
      runBacktest(plan);
      return linesOf(entriesOf(plan));
    };
    expect(journal([])).toEqual(journal());
  });
});
