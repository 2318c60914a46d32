import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiplyExact } from "../../../src/words/exact.ts";
import { liquidationPrice } from "../../../src/words/margin.ts";
import { money } from "../../../src/words/money.ts";
import { price, priceOfTicks } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { anOrder } from "./an-order.ts";
import { aPerpetual, aVenue, Market, type Candle } from "./a-market.ts";

const seeded = { seed: 20_260_917, numRuns: 400 };

describe("the liquidation price", () => {
  it("is the first tick past the one that the closed formula calls the last safe one", () => {
    const scene = fc.record({
      long: fc.boolean(),
      lots: fc.integer({ min: 50, max: 900 }),
      cash: fc.integer({ min: 1000, max: 9000 }),
      marginMode: fc.constantFrom("cross" as const, "isolated" as const),
      entry: fc.integer({ min: 500, max: 2000 }),
      maintenance: fc.constantFrom("0.004", "0.01", "0.025"),
    });
    let liquidated = 0;
    fc.assert(
      fc.property(scene, ({ long, lots, cash, marginMode, entry, maintenance }) => {
        const of = aPerpetual({
          maintenanceMarginRate: rate(maintenance),
          tick: price("0.1"),
          lot: quantity("0.01"),
          minQuantity: quantity("0.01"),
        });
        const market = new Market(aVenue({ instruments: [of], startCash: money(String(cash)), leverage: 20, marginMode }));
        market.bar([entry, entry, entry, entry]);
        const size = (lots / 100).toFixed(2);
        if (market.venue.place(anOrder({ side: long ? "buy" : "sell", lots: size })).kind !== "accepted") return;
        market.bar([entry, entry, entry, entry]);
        const cost = multiplyExact(quantity(size), priceOfTicks(entry, of.tick), "down");
        const safe = liquidationPrice({
          quantity: quantity(long ? size : `-${size}`),
          cost: cost as never,
          collateral: (marginMode === "cross" ? money(String(cash)) : (cost + 19n) / 20n) as never,
          maintenanceMarginRate: of.maintenanceMarginRate,
          multiplier: of.multiplier,
          tick: of.tick,
        });
        if (safe === undefined) return;
        const last = Number.parseInt((safe / of.tick).toString(), 10);
        const beyond = long ? last - 1 : last + 1;
        if (last < 1 || beyond < 1) return;
        const toward = (ticks: number): Candle => (long ? [entry, entry, ticks, ticks] : [entry, ticks, entry, ticks]);
        expect(market.bar(toward(last)).reports.length).toBe(1);
        market.bar([entry, entry, entry, entry]).bar(toward(long ? Math.max(1, beyond - 40) : beyond + 40));
        const liquidation = market.reports.find((report) => report.kind === "filled" && report.fill.reason === "liquidation");
        expect(liquidation).toMatchObject({ fill: { price: priceOfTicks(beyond, of.tick) } });
        liquidated += 1;
      }),
      seeded,
    );
    expect(liquidated).toBeGreaterThan(100);
  });
});
