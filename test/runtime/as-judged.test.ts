import { describe, expect, it } from "vitest";
import type { Order } from "../../src/flow/orders/order.ts";
import type { Candidate } from "../../src/flow/rails/candidate.ts";
import type { Step } from "../../src/runtime/line.ts";
import { clientOrderIdOf, instrumentId, intentId } from "../../src/words/ids.ts";
import { price } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { Bench } from "../lab/a-bench.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";
import { aCoin, candles, idle, ScriptedModel, still } from "../lab/handmade.ts";

type Place = Extract<Step, { readonly do: "place" }>;

/** A long with its stop and target, through a runner to which one kind of order comes with another candidate than was judged. */
function placing(leg: string, change: Partial<Order>, candidate: Partial<Candidate> = {}, more: readonly string[] = []): Bench {
  const plan = aPlan({
    histories: [
      candles(
        aCoin("AAA"),
        Array.from({ length: 4 }, () => still(10_000)),
      ),
    ],
    strategy: idle,
    model: new ScriptedModel({ 1: { AAA: { action: "buy", usd: 10_000, sl: 9_500, tp: 11_000 } } }),
    set: ["perps.proposer=house", ...more],
  });
  const bench = new Bench(plan);
  const altered = (step: Step): Step => {
    if (step.do !== "place" || step.order.purpose !== leg) return step;
    const other: Place = { ...step, order: { ...step.order, ...change } as Order, candidate: { ...step.candidate, ...candidate } };
    return other;
  };
  bench.through = (perform) => (step) => perform(altered(step));
  return bench;
}

function play(bench: Bench): void {
  bench.next();
  bench.wake();
  bench.next();
}

describe("an order at the wire", () => {
  it.each(["orders", "bracket"])("leaves when it is what the rails judged, protected by %s", (by) => {
    const bench = placing("entry", {}, {}, [`execution.protectBy=${by}`]);
    play(bench);
    expect(bench.venue.openOrders().length + bench.venue.conditionalOrders().length).toBe(2);
  });

  it.each`
    leg              | change                                                                  | what
    ${"entry"}       | ${{ quantity: quantity("9.9") }}                                        | ${"quantity"}
    ${"entry"}       | ${{ limit: price("12000") }}                                            | ${"price"}
    ${"entry"}       | ${{ side: "sell" }}                                                     | ${"side"}
    ${"entry"}       | ${{ instrument: instrumentId("BBB.PERP") }}                             | ${"instrument"}
    ${"entry"}       | ${{ purpose: "close" }}                                                 | ${"purpose"}
    ${"entry"}       | ${{ reduceOnly: true }}                                                 | ${"reduce only"}
    ${"entry"}       | ${{ type: "market" }}                                                   | ${"type"}
    ${"entry"}       | ${{ intent: intentId("another") }}                                      | ${"intent"}
    ${"entry"}       | ${{ bracket: { stopLoss: price("9000"), takeProfit: price("11000") } }} | ${"stop loss"}
    ${"entry"}       | ${{ bracket: { stopLoss: price("9500") } }}                             | ${"take profit"}
    ${"stop_loss"}   | ${{ stop: price("8000") }}                                              | ${"price"}
    ${"stop_loss"}   | ${{ reduceOnly: false }}                                                | ${"reduce only"}
    ${"take_profit"} | ${{ limit: price("12000") }}                                            | ${"price"}
    ${"take_profit"} | ${{ quantity: quantity("0.98") }}                                       | ${"quantity"}
  `("stops everything when the $what of its $leg is not what was judged", ({ leg, change, what }) => {
    const bench = placing(leg as string, change as Partial<Order>);
    expect(() => play(bench)).toThrow(`its ${what} was judged as`);
    const sent = entriesOf(bench.plan).flatMap(({ fact }) => (fact.kind === "order_sent" ? [fact.order] : []));
    const planned = entriesOf(bench.plan).flatMap(({ fact }) => (fact.kind === "order_planned" ? [fact.order] : []));
    expect(planned.map(({ purpose }) => purpose)).toContain(leg);
    expect(sent, "nothing of it reached the venue").not.toContain(planned.at(-1)!.id);
    expect(bench.venue.find(planned.at(-1)!.id, planned.at(-1)!.instrument)).toBe("absent");
  });

  it("stops everything when the order it replaces is another than was judged", () => {
    expect(() => play(placing("stop_loss", {}, { replaces: clientOrderIdOf("older") }))).toThrow(
      "its order it replaces was judged as older",
    );
  });
});
