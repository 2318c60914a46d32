import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpenOrder, ProtectionPlan } from "../../../src/flow/portfolio/standing.ts";
import type { Position } from "../../../src/flow/portfolio/position.ts";
import { protectiveGaps, type ProtectiveGap } from "../../../src/flow/protection/gaps.ts";
import { clientOrderIdOf, correlationId, intentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aPerpetual, aPlan, aPosition } from "../context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const { id: instrument } = aPerpetual();
const anOrder = (id: string, leg: "stop" | "target", level: string, size = "2", with_: Partial<OpenOrder> = {}): OpenOrder => ({
  id: clientOrderIdOf(id),
  intent: intentId("ab12-0001.0"),
  correlation: correlationId("ab12-0001"),
  instrument,
  side: "sell",
  purpose: leg === "stop" ? "stop_loss" : "take_profit",
  type: leg === "stop" ? "stop" : "limit",
  state: "working",
  quantity: quantity(size),
  filled: quantity("0"),
  ...(leg === "stop" ? { stop: price(level) } : { limit: price(level) }),
  reduceOnly: true,
  plannedAt: instantOfMs(0),
  ...with_,
});

const long = aPosition(instrument, "2", "100");
const short = aPosition(instrument, "-2", "100");
const plan = aPlan(instrument, { stop: "95", target: "110" });
const stop = anOrder("s", "stop", "95");
const target = anOrder("t", "target", "110");

/** Each gap as a word or two, so that a row of the table reads. */
const said = (gaps: readonly ProtectiveGap[]): string =>
  gaps
    .map((gap) =>
      gap.do === "cancel"
        ? `cancel ${gap.old} ${gap.why}`
        : `${gap.do} ${gap.leg} ${gap.side}${gap.do === "replace" ? ` for ${gap.old}` : ""}`,
    )
    .join(", ");

describe("protective gaps", () => {
  it.each<{ position?: Position; plan?: ProtectionPlan; orders: readonly OpenOrder[]; gaps: string; because: string }>([
    { position: long, plan, orders: [], gaps: "place stop sell, place target sell", because: "a new position has neither" },
    {
      position: short,
      plan: aPlan(instrument, { stop: "105", target: "90" }),
      orders: [],
      gaps: "place stop buy, place target buy",
      because: "a short is protected by buying",
    },
    { position: long, plan, orders: [stop, target], gaps: "", because: "all is as planned" },
    { position: long, plan, orders: [target], gaps: "place stop sell", because: "the stop is gone" },
    {
      position: long,
      plan,
      orders: [anOrder("s", "stop", "94"), target],
      gaps: "replace stop sell for s",
      because: "the plan's stop moved",
    },
    {
      position: long,
      plan,
      orders: [stop, anOrder("t", "target", "111")],
      gaps: "replace target sell for t",
      because: "the plan's target moved",
    },
    {
      position: aPosition(instrument, "1", "100"),
      plan,
      orders: [stop, target],
      gaps: "replace stop sell for s, replace target sell for t",
      because: "half of the position was closed",
    },
    {
      position: aPosition(instrument, "1", "100"),
      plan,
      orders: [anOrder("s", "stop", "95", "2", { filled: quantity("1"), state: "part_filled" }), anOrder("t", "target", "110", "1")],
      gaps: "",
      because: "a stop that half filled has the other half left",
    },
    {
      position: long,
      plan,
      orders: [stop, anOrder("s2", "stop", "95"), target],
      gaps: "cancel s2 double",
      because: "two stops would sell twice",
    },
    {
      position: long,
      plan,
      orders: [anOrder("s2", "stop", "90"), stop, target],
      gaps: "cancel s2 double",
      because: "of two the one that fits stays, whichever came first",
    },
    {
      position: long,
      plan,
      orders: [anOrder("s2", "stop", "90"), anOrder("s3", "stop", "91"), target],
      gaps: "cancel s3 double, replace stop sell for s2",
      because: "none fits: one is replaced, the other goes",
    },
    { plan, orders: [stop, target], gaps: "cancel s orphan, cancel t orphan", because: "nothing is held" },
    { orders: [stop], gaps: "cancel s orphan", because: "nothing is held nor planned" },
    { plan, orders: [], gaps: "", because: "a plan without a position asks for nothing" },
    { position: long, orders: [stop], gaps: "cancel s not_planned", because: "no plan wants it" },
    {
      position: long,
      plan: aPlan(instrument, { target: "110" }),
      orders: [stop, target],
      gaps: "cancel s not_planned",
      because: "the plan has no stop any more",
    },
    {
      position: long,
      plan,
      orders: [anOrder("s", "stop", "95", "2", { state: "lost" }), target],
      gaps: "",
      because: "an UNKNOWN stop may live: a second would be a double",
    },
    {
      position: long,
      plan,
      orders: [anOrder("s", "stop", "95", "2", { state: "planned" }), target],
      gaps: "",
      because: "a planned stop is on its way",
    },
    {
      position: long,
      plan,
      orders: [anOrder("s", "stop", "95", "2", { state: "cancelling" }), target],
      gaps: "place stop sell",
      because: "a stop that is being cancelled protects nothing",
    },
    { plan, orders: [anOrder("s", "stop", "95", "2", { state: "cancelling" })], gaps: "", because: "its end is asked for already" },
    {
      position: short,
      plan: aPlan(instrument, { stop: "105" }),
      orders: [anOrder("s", "stop", "105")],
      gaps: "replace stop buy for s",
      because: "the position turned and the stop would add to it",
    },
    {
      position: long,
      plan,
      orders: [stop, target, anOrder("e", "stop", "95", "2", { purpose: "entry", side: "buy" })],
      gaps: "",
      because: "entries are none of its business",
    },
  ])("$gaps: $because", ({ position, plan: wanted, orders, gaps }) => {
    expect(said(protectiveGaps(position, wanted, orders))).toBe(gaps);
  });

  it("places what the plan says: level, and the size of the whole position", () => {
    expect(protectiveGaps(short, aPlan(instrument, { stop: "105", target: "90" }), [])).toEqual([
      { do: "place", leg: "stop", side: "buy", level: price("105"), quantity: quantity("2") },
      { do: "place", leg: "target", side: "buy", level: price("90"), quantity: quantity("2") },
    ]);
  });

  const level = fc.option(fc.integer({ min: 50, max: 150 }).map(String), { nil: undefined });
  const anyOrder = fc
    .record({
      leg: fc.constantFrom("stop" as const, "target" as const),
      level: fc.integer({ min: 50, max: 150 }).map(String),
      size: fc.integer({ min: 1, max: 5 }),
      filled: fc.nat({ max: 4 }),
      side: fc.constantFrom("buy" as const, "sell" as const),
      state: fc.constantFrom(
        "planned" as const,
        "sent" as const,
        "working" as const,
        "part_filled" as const,
        "cancelling" as const,
        "lost" as const,
      ),
    })
    .map(
      ({ leg, level: at, size, filled, side, state }) =>
        (n: number) =>
          anOrder(`o${n}`, leg, at, String(size), { side, state, filled: quantity(String(Math.min(filled, size - 1))) }),
    );
  const scene = fc.record({
    held: fc.integer({ min: -4, max: 4 }),
    stop: level,
    target: level,
    orders: fc.array(anyOrder, { maxLength: 5 }).map((orders) => orders.map((make, n) => make(n))),
  });
  const positionOf = (held: number): Position | undefined => (held === 0 ? undefined : aPosition(instrument, String(held), "100"));
  const planOf = (of: { stop: string | undefined; target: string | undefined }): ProtectionPlan =>
    aPlan(instrument, { ...(of.stop === undefined ? {} : { stop: of.stop }), ...(of.target === undefined ? {} : { target: of.target }) });

  /** What the venue's book looks like once the gaps are closed. */
  function closed(gaps: readonly ProtectiveGap[], orders: readonly OpenOrder[]): OpenOrder[] {
    const gone = new Set(gaps.flatMap((gap) => (gap.do === "place" ? [] : [gap.old])));
    const set = gaps.flatMap((gap, n) =>
      gap.do === "cancel"
        ? []
        : [
            anOrder(`new${n}`, gap.leg, "1", "1", {
              side: gap.side,
              quantity: gap.quantity,
              ...(gap.leg === "stop" ? { stop: gap.level } : { limit: gap.level }),
            }),
          ],
    );
    return [...orders.filter(({ id }) => !gone.has(id)), ...set];
  }

  it("leaves nothing to do once it is done, and one stop and one target of the position's size where the plan has them (I13)", () => {
    fc.assert(
      fc.property(scene, ({ held, orders, ...levels }) => {
        const [position, wanted] = [positionOf(held), planOf(levels)];
        const after = closed(protectiveGaps(position, wanted, orders), orders);
        expect(protectiveGaps(position, wanted, after)).toEqual([]);
        const living = after.filter(({ state }) => state !== "cancelling");
        for (const [purpose, at] of [
          ["stop_loss", levels.stop],
          ["take_profit", levels.target],
        ] as const) {
          const legs = living.filter((order) => order.purpose === purpose);
          expect(legs).toHaveLength(position === undefined || at === undefined ? 0 : 1);
          for (const leg of legs) {
            expect(leg.quantity - leg.filled).toBe(quantity(String(Math.abs(held))));
            expect(leg.side).toBe(held > 0 ? "sell" : "buy");
            expect(leg.stop ?? leg.limit).toBe(price(at!));
          }
        }
      }),
    );
  });
});
