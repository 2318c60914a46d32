import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../src/flow/context/gather.ts";
import { proposalOf } from "../../../src/flow/proposals/draft-to-proposal.ts";
import type { Proposal } from "../../../src/flow/proposals/proposal.ts";
import type { Draft, Strategy } from "../../../src/flow/proposals/strategy.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { correlationId, proposalId } from "../../../src/words/ids.ts";
import { money, timesRate } from "../../../src/words/money.ts";
import { distance, price } from "../../../src/words/price.ts";
import { bps } from "../../../src/words/rate.ts";
import { aContext, aPerpetual, aPosition, watchedThrough, type Held } from "../context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const aStrategy = (numbers: Partial<Strategy["numbers"]> = {}): Strategy => ({
  name: "custom",
  version: "3",
  description: "",
  numbers: { allocationBpsMax: 20_000, riskBps: 100, stopAtr: 2, rewardToRisk: 2, confidenceMin: 0.5, ...numbers },
  frames: [],
  decide: () => ({ action: "hold", rationale: "" }),
});
const anEntry = (stop: number, with_: Partial<Extract<Draft, { action: "buy" | "sell" }>> = {}): Draft => ({
  action: "buy",
  stop,
  target: 110,
  confidence: 0.7,
  riskLevel: "high",
  rationale: "because",
  exitPlan: "out",
  ...with_,
});
const contextAt = (last: string, held: Held = {}, equity = "10000"): Context =>
  aContext([{ watched: watchedThrough([Number(price(last) / aPerpetual().tick)], [{ times: 1, indicators: {} }]), held }], {
    equity: money(equity),
  });
const proposed = (draft: Draft, strategy = aStrategy(), context = contextAt("100"), allocationMax = "50000"): Proposal =>
  proposalOf(draft, strategy, context.assets[0]!, context, money(allocationMax), proposalId("ab12-0001.0"), correlationId("ab12-0001"));

describe("a rule's draft as a proposal", () => {
  it("is the same record that a model's answer becomes", () => {
    expect(proposed(anEntry(95))).toEqual({
      id: "ab12-0001.0",
      correlation: "ab12-0001",
      by: { kind: "rules", name: "custom", version: "3" },
      instrument: "BTCUSDT.PERP",
      action: "buy",
      allocation: money("2000"),
      stopLoss: price("95"),
      takeProfit: price("110"),
      confidence: 0.7,
      riskLevel: "high",
      exitPlan: "out",
      rationale: "because",
    });
    expect(proposed({ action: "hold", rationale: "quiet" })).toMatchObject({
      action: "hold",
      allocation: 0n,
      confidence: 0,
      exitPlan: "",
      rationale: "quiet",
    });
  });

  it.each`
    action    | stop      | target      | stopTo       | targetTo     | because
    ${"buy"}  | ${95.01}  | ${109.99}   | ${"95.1"}    | ${"109.9"}   | ${"a long's levels move toward the entry"}
    ${"sell"} | ${104.99} | ${90.01}    | ${"104.9"}   | ${"90.1"}    | ${"a short's too"}
    ${"buy"}  | ${95.1}   | ${109.9}    | ${"95.1"}    | ${"109.9"}   | ${"a float on a tick stays on it"}
    ${"buy"}  | ${-3}     | ${1e300}    | ${undefined} | ${undefined} | ${"no order can have such a level"}
    ${"buy"}  | ${NaN}    | ${Infinity} | ${undefined} | ${undefined} | ${"nor such"}
  `("$action rounds $stop to $stopTo and $target to $targetTo: $because", ({ action, stop, target, stopTo, targetTo }) => {
    const { stopLoss, takeProfit } = proposed(anEntry(stop, { action, target }));
    expect(stopLoss).toBe(stopTo === undefined ? undefined : price(stopTo));
    expect(takeProfit).toBe(targetTo === undefined ? undefined : price(targetTo));
  });

  it.each`
    stop     | numbers                       | max        | part         | allocation             | because
    ${95}    | ${{}}                         | ${"50000"} | ${undefined} | ${"2000"}              | ${"100 dollars at risk over five percent"}
    ${90}    | ${{}}                         | ${"50000"} | ${undefined} | ${"1000"}              | ${"twice as far is half as much"}
    ${95}    | ${{ riskBps: 50 }}            | ${"50000"} | ${undefined} | ${"1000"}              | ${"half the risk is half as much"}
    ${99.9}  | ${{}}                         | ${"50000"} | ${undefined} | ${"20000"}             | ${"the style's allocation ends a near stop's size"}
    ${95}    | ${{ allocationBpsMax: 1000 }} | ${"50000"} | ${undefined} | ${"1000"}              | ${"a tenth of equity and no more"}
    ${95}    | ${{}}                         | ${"500"}   | ${undefined} | ${"500"}               | ${"the desk's largest allocation ends it too"}
    ${95}    | ${{}}                         | ${"50000"} | ${0.25}      | ${"500"}               | ${"a quarter of the full size"}
    ${97}    | ${{}}                         | ${"50000"} | ${undefined} | ${"3333.333333333333"} | ${"rounded down, never up"}
    ${99.96} | ${{}}                         | ${"50000"} | ${undefined} | ${"0"}                 | ${"a stop that rounds onto the price leaves no size"}
    ${NaN}   | ${{}}                         | ${"50000"} | ${undefined} | ${"0"}                 | ${"without a stop there is no size"}
  `("with a stop at $stop is worth $allocation: $because", ({ stop, numbers, max, part, allocation }) => {
    const found = proposed(anEntry(stop, part === undefined ? {} : { part }), aStrategy(numbers), contextAt("100"), max);
    expect(formatExact(found.allocation)).toBe(allocation);
  });

  it("puts nothing in when nothing is left", () => {
    expect(proposed(anEntry(95), aStrategy(), contextAt("100", {}, "0")).allocation).toBe(0n);
    expect(proposed(anEntry(95), aStrategy(), contextAt("100", {}, "-50")).allocation).toBe(0n);
  });

  const held: Held = { position: aPosition(aPerpetual().id, "10", "90") };
  it.each`
    times    | most      | allocation    | because
    ${1.5}   | ${20_000} | ${"1500"}     | ${"half as much again as the 1000 held"}
    ${1.5}   | ${1_200}  | ${"1200"}     | ${"up to the style's allocation"}
    ${1.5}   | ${500}    | ${"1000"}     | ${"above it already: it stays, an increase never shrinks"}
    ${0.5}   | ${500}    | ${"500"}      | ${"a decrease is what it is"}
    ${0}     | ${20_000} | ${"0"}        | ${"all of it"}
    ${4 / 3} | ${20_000} | ${"1333.333"} | ${"a third more, to six decimals"}
  `("times $times with at most $most bps is $allocation: $because", ({ times, most, allocation }) => {
    const draft: Draft = { action: "adjust_position", times, confidence: 0.6, rationale: "" };
    expect(formatExact(proposed(draft, aStrategy({ allocationBpsMax: most }), contextAt("100", held)).allocation)).toBe(allocation);
  });

  it("never loses more at its stop than the style risks, nor puts in more than style and desk allow, and is the same each time", () => {
    fc.assert(
      fc.property(
        fc.record({
          last: fc.integer({ min: 10, max: 1_000_000 }).map((n) => (n / 10).toFixed(1)),
          away: fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
          up: fc.boolean(),
          equity: fc.integer({ min: 0, max: 100_000_000 }).map((n) => (n / 100).toFixed(2)),
          riskBps: fc.integer({ min: 1, max: 10_000 }).map((n) => n / 10),
          most: fc.integer({ min: 1, max: 50_000 }),
          desk: fc.integer({ min: 1, max: 1_000_000 }).map(String),
          part: fc.constantFrom(1, 0.25, 0.5),
        }),
        ({ last, away, up, equity, riskBps, most, desk, part }) => {
          const at = Number(last);
          const stop = up ? at * (1 - away) : at * (1 + away);
          const draft = anEntry(stop, { action: up ? "buy" : "sell", target: up ? at * 1.5 : at * 0.5, part });
          const strategy = aStrategy({ riskBps, allocationBpsMax: most });
          const context = contextAt(last, {}, equity);
          const found = proposed(draft, strategy, context, desk);
          expect(proposed(draft, strategy, context, desk)).toEqual(found);
          expect(found.allocation).toBeGreaterThanOrEqual(0n);
          expect(found.allocation).toBeLessThanOrEqual(money(desk));
          expect(found.allocation).toBeLessThanOrEqual(timesRate(money(equity), bps(most), "up"));
          if (found.allocation === 0n) return;
          const { stopLoss } = found;
          expect(up ? stopLoss! < price(last) : stopLoss! > price(last)).toBe(true);
          // allocation / last * |last - stop| <= equity * risk, multiplied out so that nothing is rounded.
          expect(found.allocation * distance(price(last), stopLoss!)).toBeLessThanOrEqual(
            timesRate(money(equity), bps(riskBps), "up") * price(last),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
