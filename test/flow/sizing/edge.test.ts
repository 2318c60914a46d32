import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dials, thresholdsAt, type Thresholds } from "../../../src/flow/sizing/aggressiveness.ts";
import { edgeRefusals } from "../../../src/flow/sizing/edge-gates.ts";
import { sizeByEdge, type SizeQuestion } from "../../../src/flow/sizing/edge-size.ts";
import { weighEdge, type EdgeQuestion } from "../../../src/flow/sizing/edge.ts";
import { approximately, formatExact } from "../../../src/words/exact.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";

fc.configureGlobal({ seed: 20261121 });

const free = { spreadBps: 0, slippageBps: 0, feesBps: 0, borrowBps: 0, modelBps: 0 };
const question = (of: Partial<EdgeQuestion> = {}): EdgeQuestion => ({
  side: "buy",
  entry: 100,
  stop: 98,
  target: 104,
  pWinSaid: 0.5,
  pWin: 0.5,
  costs: free,
  ...of,
});
const usual: Thresholds = { convictionMin: 0.55, pWinMin: 0.45, riskRewardMin: 1.8, evPctMin: 0, riskBps: 50, kellyPart: 0.25 };

describe("the edge of a trade (EQ-3)", () => {
  it.each`
    of                                                                                    | evBps   | because
    ${{}}                                                                                 | ${100}  | ${"half of 4% won less half of 2% lost"}
    ${{ pWin: 0.25 }}                                                                     | ${-50}  | ${"a quarter of 400 less three quarters of 200"}
    ${{ side: "sell", stop: 102, target: 96 }}                                            | ${100}  | ${"a short wins downward"}
    ${{ costs: { spreadBps: 2, slippageBps: 2, feesBps: 1, borrowBps: 3, modelBps: 4 } }} | ${88}   | ${"every cost comes off: spread, slippage, fees, borrow, model"}
    ${{ pWin: 1 }}                                                                        | ${400}  | ${"the target for certain"}
    ${{ pWin: 0 }}                                                                        | ${-200} | ${"the stop for certain"}
    ${{ target: 99 }}                                                                     | ${-150} | ${"a target on the wrong side wins less than nothing"}
  `("is $evBps bps: $because", ({ of, evBps }) => {
    expect(weighEdge(question(of)).evBps).toBeCloseTo(evBps, 9);
  });
  it.each`
    of                                                 | kelly   | because
    ${{}}                                              | ${0.25} | ${"2 to 1 at a half: 0.5 - 0.5 / 2"}
    ${{ pWin: 1 / 3 }}                                 | ${0}    | ${"2 to 1 at a third has no edge"}
    ${{ pWin: 0.2 }}                                   | ${0}    | ${"Kelly never bets against the trade"}
    ${{ pWin: 0.6, costs: { ...free, feesBps: 100 } }} | ${0.2}  | ${"costs make it 300 to 300: 0.6 - 0.4"}
    ${{ stop: 101 }}                                   | ${0}    | ${"a stop that wins is no stop"}
  `("has Kelly's share $kelly: $because", ({ of, kelly }) => {
    expect(weighEdge(question(of)).kelly).toBeCloseTo(kelly, 9);
  });
  it("is worth less the more it costs, and more the likelier it is", () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    const cost = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(
      fc.property(p, p, cost, cost, (a, b, c, d) => {
        const ev = (pWin: number, feesBps: number) => weighEdge(question({ pWin, costs: { ...free, feesBps } })).evBps;
        expect(ev(Math.max(a, b), c)).toBeGreaterThanOrEqual(ev(Math.min(a, b), c) - 1e-9);
        expect(ev(a, Math.max(c, d))).toBeLessThanOrEqual(ev(a, Math.min(c, d)) + 1e-9);
      }),
    );
  });
});

describe("thresholds", () => {
  it.each`
    of                                      | conviction | code                 | because
    ${{ pWin: 0.5 }}                        | ${0.55}    | ${undefined}         | ${"exactly at the conviction passes"}
    ${{ pWin: 0.5 }}                        | ${0.549}   | ${"conviction_low"}  | ${"just below does not"}
    ${{ pWin: 0.45 }}                       | ${0.6}     | ${undefined}         | ${"exactly at the probability passes"}
    ${{ pWin: 0.449 }}                      | ${0.6}     | ${"p_win_low"}       | ${"just below does not"}
    ${{ target: 103.6 }}                    | ${0.6}     | ${undefined}         | ${"3.6 against 2 is 1.8, dust of the division aside"}
    ${{ target: 103.59 }}                   | ${0.6}     | ${"risk_reward_low"} | ${"a tick less is not"}
    ${{ costs: { ...free, feesBps: 101 } }} | ${0.6}     | ${"ev_low"}          | ${"an edge that costs eat"}
    ${{ pWin: Number.NaN }}                 | ${0.9}     | ${"p_win_low"}       | ${"what is not a number passes nothing"}
  `("say $code: $because", ({ of, conviction, code }) => {
    expect(edgeRefusals(weighEdge(question(of)), conviction, usual)[0]?.code).toBe(code);
  });
});

describe("the aggressiveness dial (EQ-1)", () => {
  it("is the configuration as it stands at 1", () => {
    expect(thresholdsAt(1, usual)).toEqual(usual);
  });
  it("asks for less with every turn, and never puts more on a trade than configured", () => {
    for (const dial of dials.slice(1)) {
      const [before, here] = [thresholdsAt(dials[dial - 1]!, usual), thresholdsAt(dial, usual)];
      for (const key of ["convictionMin", "pWinMin", "riskRewardMin", "evPctMin"] as const)
        expect(here[key]).toBeLessThanOrEqual(before[key]);
      expect(here.riskBps).toBeLessThanOrEqual(usual.riskBps);
      expect(here.kellyPart).toBeLessThanOrEqual(usual.kellyPart);
      expect(here.evPctMin, "no dial trades below the configured expectation").toBeGreaterThanOrEqual(usual.evPctMin);
    }
  });
  it("keeps shares between 0 and 1 whatever is configured", () => {
    for (const dial of dials)
      for (const share of [0, 0.02, 0.98, 1]) {
        const { convictionMin, pWinMin } = thresholdsAt(dial, { ...usual, convictionMin: share, pWinMin: share });
        for (const of of [convictionMin, pWinMin]) expect(of >= 0 && of <= 1).toBe(true);
      }
  });
});

const sizing = (of: Partial<SizeQuestion> = {}): SizeQuestion => ({
  equity: money("100000"),
  entry: price("100"),
  stop: price("97"),
  atr: price("2"),
  atrTimes: 2,
  kelly: 1,
  thresholds: { riskBps: 50, kellyPart: 0.25 },
  skillScale: 1,
  orderMax: money("50000"),
  ...of,
});

describe("the size of a trade (EQ-3, EQ-4)", () => {
  it.each`
    of                             | notional                | because
    ${{}}                          | ${"12500"}              | ${"500 may be lost over 2 ATR of 2 on 100"}
    ${{ stop: price("90") }}       | ${"5000"}               | ${"a stop beyond the ATR distance is what counts"}
    ${{ kelly: 0.01 }}             | ${"8333.333333333333"}  | ${"a quarter of 1% of equity, 250, over the stop's 3"}
    ${{ kelly: 0 }}                | ${"0"}                  | ${"no edge, no trade"}
    ${{ atr: price("0.1") }}       | ${"16666.666666666666"} | ${"a quiet share is sized by its stop"}
    ${{ orderMax: money("4000") }} | ${"4000"}               | ${"the largest order caps"}
    ${{ skillScale: 0.5 }}         | ${"6250"}               | ${"half the skill, half the size"}
    ${{ skillScale: 0 }}           | ${"0"}                  | ${"no skill, no size"}
    ${{ skillScale: 7 }}           | ${"12500"}              | ${"skill never makes it larger"}
    ${{ stop: price("100") }}      | ${"0"}                  | ${"no distance to the stop, no trade"}
    ${{ equity: money("-5") }}     | ${"0"}                  | ${"nothing to risk"}
  `("is $notional: $because", ({ of, notional }) => {
    expect(formatExact(sizeByEdge(sizing(of)).notional)).toBe(notional);
  });
  it("never loses more at its stop than the risk allows, nor than Kelly's part, nor is larger than an order", () => {
    const cents = (min: number, max: number) => fc.integer({ min, max }).map((n) => price((n / 100).toFixed(2)));
    fc.assert(
      fc.property(
        cents(100, 100_000),
        cents(100, 100_000),
        cents(1, 5_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (entry, stop, atr, kelly) => {
          const asked = sizing({ entry, stop, atr, kelly });
          const { notional } = sizeByEdge(asked);
          const lost = (approximately(notional) * Math.abs(approximately(entry) - approximately(stop))) / approximately(entry);
          expect(lost).toBeLessThanOrEqual(500 + 1e-6);
          expect(lost).toBeLessThanOrEqual(100_000 * kelly * 0.25 + 0.051);
          expect(notional <= asked.orderMax).toBe(true);
        },
      ),
    );
  });
});
