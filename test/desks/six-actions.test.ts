import { describe, expect, it } from "vitest";
import { disagreements, factsOf, held, played, resting, type Play } from "../lab/play.ts";
import { venueWith } from "../lab/venue-with.ts";
import { still, type Candle } from "../lab/handmade.ts";

const open = { BTC: { action: "buy", usd: 10_000, sl: 9500, tp: 11_000 } } as const;
const flat = (count: number): Candle[] => Array.from({ length: count }, () => still(10_000));

/** Bought at the first close, filled in the second bar, told something at the third close, and played on. */
const afterwards = (said: Play["script"], bars: readonly Candle[] = flat(2), more: Partial<Play> = {}) =>
  played({ bars: [...flat(2), ...bars], script: { 1: open, ...said }, ...more });

describe("the six actions at the venue (PERP-1)", () => {
  it("buy opens the position with stop and target resting, not before the next bar", () => {
    expect(held(played({ bars: flat(1), script: { 1: open } })), "decided at the close").toEqual([]);
    const run = played({ bars: flat(2), script: { 1: open } });
    expect(held(run)).toEqual(["BTC.PERP 0.99"]);
    expect(resting(run)).toEqual(["stop 0.99 at 9500", "target 0.99 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("sell opens a short the same way round", () => {
    const run = played({ bars: flat(2), script: { 1: { BTC: { action: "sell", usd: 10_000, sl: 10_500, tp: 9000 } } } });
    expect(held(run)).toEqual(["BTC.PERP -1"]);
    expect(resting(run)).toEqual(["stop 1 at 10500", "target 1 at 9000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("adjust_orders moves the stop: one rests at the new level, none at the old", () => {
    const run = afterwards({ 3: { BTC: { action: "adjust_orders", sl: 9700 } } }, flat(1));
    expect(held(run)).toEqual(["BTC.PERP 0.99"]);
    expect(resting(run)).toEqual(["stop 0.99 at 9700", "target 0.99 at 11000"]);
    expect(disagreements(run)).toEqual([]);
    const both = afterwards({ 3: { BTC: { action: "adjust_orders", sl: 9800, tp: 10_500 } } });
    expect(resting(both)).toEqual(["stop 0.99 at 9800", "target 0.99 at 10500"]);
  });

  it("adjust_orders to where they are changes nothing", () => {
    const run = afterwards({ 3: { BTC: { action: "adjust_orders", sl: 9500, tp: 11_000 } } });
    expect(factsOf(run, "stood_down").filter(({ why }) => why === "unchanged")).toHaveLength(1);
    expect(resting(run)).toEqual(["stop 0.99 at 9500", "target 0.99 at 11000"]);
  });

  it("adjust_position up buys the difference and protects the whole", () => {
    const run = afterwards({ 3: { BTC: { action: "adjust_position", usd: 15_000, sl: 9600 } } });
    expect(held(run)).toEqual(["BTC.PERP 1.49"]);
    expect(resting(run)).toEqual(["stop 1.49 at 9600", "target 1.49 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("adjust_position down sells the difference and protects the rest", () => {
    const run = afterwards({ 3: { BTC: { action: "adjust_position", usd: 4_000 } } });
    expect(held(run)).toEqual(["BTC.PERP 0.4"]);
    expect(resting(run)).toEqual(["stop 0.4 at 9500", "target 0.4 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("adjust_position to nothing closes", () => {
    const run = afterwards({ 3: { BTC: { action: "adjust_position", usd: 0 } } });
    expect([...held(run), ...resting(run)]).toEqual([]);
    expect(disagreements(run)).toEqual([]);
  });

  it("close_position leaves no position and no order behind", () => {
    const run = afterwards({ 3: { BTC: { action: "close_position" } } });
    expect([...held(run), ...resting(run)]).toEqual([]);
    expect(disagreements(run)).toEqual([]);
    expect(run.state.trades).toHaveLength(1);
  });

  it("sell against a long closes and does not turn it", () => {
    const run = afterwards({ 3: { BTC: { action: "sell", usd: 30_000, sl: 10_500, tp: 9000 } } });
    expect([...held(run), ...resting(run)]).toEqual([]);
    expect(run.state.trades.map(({ direction }) => direction)).toEqual(["long"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("hold does nothing at all", () => {
    const run = played({ bars: flat(5) });
    expect(factsOf(run, "order_planned")).toEqual([]);
    expect(factsOf(run, "scanned").map(({ outcomes }) => outcomes)).toEqual(Array.from({ length: 5 }, () => ({ hold: 1 })));
  });
});

describe("protection follows the position", () => {
  it("an entry filled in part is protected for the part", () => {
    // A tenth of a volume of 300 lots is 0.3 coins.
    const run = played({ bars: [still(10_000), [10_000, 10_000, 10_000, 10_000, 300]], script: { 1: open } });
    expect(held(run)).toEqual(["BTC.PERP 0.3"]);
    expect(resting(run)).toEqual(["stop 0.3 at 9500", "target 0.3 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("a target filled in part leaves a stop for the rest", () => {
    const run = afterwards({}, [[10_900, 11_100, 10_900, 11_050, 200]]);
    expect(held(run)).toEqual(["BTC.PERP 0.79"]);
    expect(resting(run)).toEqual(["stop 0.79 at 9500", "target 0.79 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("a stop that fires cancels the target", () => {
    const run = afterwards({}, [[10_000, 10_000, 9400, 9450]]);
    expect([...held(run), ...resting(run)]).toEqual([]);
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual(["stop_loss"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("a target part-filled and a stop fired in one bar leave nothing open in the books", () => {
    // The next open lies beyond the target with little volume; the same bar's low then takes the stop.
    const run = afterwards({}, [[11_010, 11_020, 9400, 9450, 500], still(9450)]);
    expect(factsOf(run, "filled").map(({ fill }) => fill.order?.slice(-2))).toEqual(["e0", "t0", "s1"]);
    expect(held(run)).toEqual([]);
    expect(disagreements(run)).toEqual([]);
  });

  it("a target that fills cancels the stop", () => {
    const run = afterwards({}, [[10_900, 11_100, 10_900, 11_050]]);
    expect([...held(run), ...resting(run)]).toEqual([]);
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual(["take_profit"]);
  });

  it("a stop that the venue will not take closes the position", () => {
    // The market gaps below the stop before the entry fills: there is nothing left to place a stop above.
    const run = played({
      bars: [still(10_000), [9400, 9450, 9350, 9400], still(9400), still(9400)],
      script: { 1: open },
    });
    const rejected = factsOf(run, "order_sent").filter(({ outcome }) => outcome.kind === "rejected");
    expect(new Set(rejected.map(({ outcome }) => (outcome.kind === "rejected" ? outcome.reason : "")))).toEqual(new Set(["would_trigger"]));
    expect(held(run)).toEqual([]);
    expect(disagreements(run)).toEqual([]);
    const [close] = factsOf(run, "resolved").filter(({ intent }) => intent.aim === "close");
    expect(close?.intent.correlation, "it belongs to the decision that opened the position").toBe(run.state.trades[0]?.correlation);
  });

  it("an addition that never fills still moves the stop it asked for", () => {
    // No volume: the addition is cancelled unfilled, and its stop was for the whole position.
    const run = afterwards({ 3: { BTC: { action: "adjust_position", usd: 15_000, sl: 9700 } } }, [
      still(10_000),
      [10_000, 10_000, 10_000, 10_000, 0],
    ]);
    expect(held(run)).toEqual(["BTC.PERP 0.99"]);
    expect(resting(run)).toEqual(["stop 0.99 at 9700", "target 0.99 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("an entry that never fills leaves no levels for the next one", () => {
    const bars = [still(10_000), [10_000, 10_000, 10_000, 10_000, 0] as Candle, still(10_000), still(10_000)];
    const run = played({ bars, script: { 1: open, 3: { BTC: { action: "buy", usd: 10_000, sl: 9400 } } } });
    expect(held(run)).toEqual(["BTC.PERP 0.99"]);
    expect(resting(run)).toEqual(["stop 0.99 at 9400"]);
  });

  it("an addition that fills just after the position was stopped out is protected too", () => {
    // The open takes the stop; the addition arrives a moment later and opens a new position, by then without a stop of its own at the venue.
    const run = afterwards({ 3: { BTC: { action: "adjust_position", usd: 15_000, sl: 9300 } } }, [
      [10_000, 10_000, 9600, 9600],
      [9400, 9650, 9400, 9650],
    ]);
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual(["stop_loss"]);
    expect(held(run)).toEqual(["BTC.PERP 0.57"]);
    expect(resting(run)).toEqual(["stop 0.57 at 9300", "target 0.57 at 11000"]);
    expect(disagreements(run)).toEqual([]);
  });

  it("a stop that cannot be resized with the position closes it", () => {
    // The addition fills, then the price is already below the new stop: the old one guards only the first part.
    const run = afterwards({ 3: { BTC: { action: "adjust_position", usd: 15_000, sl: 9950 } } }, [
      still(10_000),
      [9940, 9950, 9930, 9940],
      still(9940),
    ]);
    expect(held(run)).toEqual([]);
    expect(disagreements(run)).toEqual([]);
  });

  it("a stop that is refused when it is moved stays where it was, in the plan too", () => {
    const run = afterwards({ 3: { BTC: { action: "adjust_orders", sl: 9990 } } }, flat(1), {
      more: { through: (venue) => venueWith(venue, { replace: rejecting }) },
    });
    expect(factsOf(run, "order_sent").filter(({ outcome }) => outcome.kind === "rejected")).toHaveLength(1);
    expect(run.state.protection(run.state.positions[0]!.instrument)?.stopLoss).toBe(9500_000_000_000_000n);
  });
});

describe("protection that the venue holds itself (protectBy bracket)", () => {
  const bracket = { set: ["execution.protectBy=bracket"] };
  it.each`
    said                                                        | bars                              | position             | orders               | because
    ${{}}                                                       | ${flat(1)}                        | ${["BTC.PERP 0.99"]} | ${["11000", "9500"]} | ${"the legs came to life with the fill, once"}
    ${{ 3: { BTC: { action: "adjust_orders", sl: 9700 } } }}    | ${flat(2)}                        | ${["BTC.PERP 0.99"]} | ${["11000", "9700"]} | ${"a leg moves as an order of ours does"}
    ${{ 3: { BTC: { action: "adjust_position", usd: 4000 } } }} | ${flat(2)}                        | ${["BTC.PERP 0.4"]}  | ${["11000", "9500"]} | ${"legs shrink with the position"}
    ${{ 3: { BTC: { action: "close_position" } } }}             | ${flat(2)}                        | ${[]}                | ${[]}                | ${"nothing is left behind"}
    ${{}}                                                       | ${[[10_000, 10_000, 9400, 9450]]} | ${[]}                | ${[]}                | ${"the stop ends the target"}
  `("leaves $position with $orders because $because", ({ said, bars, position, orders }: Record<string, never>) => {
    const run = afterwards(said, bars, bracket);
    expect(held(run)).toEqual(position);
    expect(
      resting(run)
        .map((order) => order.split(" at ")[1])
        .toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual(orders);
    expect(new Set(resting(run).map((order) => order.split(" ")[1])).size).toBe(Math.min(1, held(run).length));
    expect(disagreements(run)).toEqual([]);
  });
});

const rejecting = () => ({ kind: "rejected", reason: "other", detail: "no", at: Temporal.Instant.from("2026-01-05T03:00:00Z") }) as const;
