import { describe, expect, it } from "vitest";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { anOrder, type Wish } from "./an-order.ts";
import { aVenue, Market, type Candle } from "./a-market.ts";

const still = (volume = 1000): Candle => [100, 100, 100, 100, volume];
const perp = instrumentId("BTC.PERP");
const found = (market: Market, id: string): string => {
  const order = market.venue.find(clientOrderIdOf(id), perp);
  return typeof order === "string" ? order : `${order.state} ${formatExact(order.filled)} of ${formatExact(order.quantity)}`;
};
const long = (lots = 10): Market => {
  const market = new Market(aVenue()).bar(still());
  market.place({ lots });
  market.bar(still()).hear();
  return market;
};
const stop: Wish = { id: "stop", type: "stop", side: "sell", stop: 95, reduceOnly: true, oco: "exit" };
const target: Wish = { id: "target", type: "limit", side: "sell", limit: 105, reduceOnly: true, oco: "exit" };

describe("an OCO group", () => {
  it("loses its siblings to a full fill", () => {
    const market = long();
    market.place(stop);
    market.place(target);
    expect(market.bar([100, 106, 99, 105]).hear()).toBe("target sell 10 at 105 maker; stop cancelled oco");
  });

  it("shrinks its siblings by a part fill", () => {
    const market = long();
    market.place(stop);
    market.place(target);
    expect(market.bar([100, 106, 99, 105, 4]).hear()).toBe("target sell 4 at 105 maker");
    expect(found(market, "stop")).toBe("working 0 of 6");
    expect(market.bar([100, 100, 94, 95]).hear()).toBe("stop triggered; stop sell 6 at 95 taker; target cancelled oco");
    expect(market.held).toBe("0");
  });

  it("may open from either side of the market, with the margin of one", () => {
    const market = new Market(aVenue({ leverage: 1 })).bar(still());
    expect(market.place({ id: "up", type: "stop", stop: 110, lots: 900, oco: "break" })).toBe("accepted");
    expect(market.place({ id: "down", type: "stop", side: "sell", stop: 90, lots: 900, oco: "break" })).toBe("accepted");
    expect(market.bar([100, 111, 99, 110]).hear()).toBe("up triggered; up buy 900 at 110 taker; down cancelled oco");
  });
});

describe("a bracket", () => {
  const entry: Wish = { id: "e", type: "limit", limit: 100, stopLoss: 95, takeProfit: 110 };

  it("comes to life with the entry, and only for what has filled", () => {
    const market = new Market(aVenue()).bar(still());
    market.place(entry);
    expect(found(market, "e.s")).toBe("absent");
    market.bar(still(4));
    expect([found(market, "e.s"), found(market, "e.t")]).toEqual(["working 0 of 4", "working 0 of 4"]);
    market.bar([100, 100, 98, 100, 3]);
    expect([found(market, "e"), found(market, "e.s"), found(market, "e.t")]).toEqual([
      "part_filled 7 of 10",
      "working 0 of 7",
      "working 0 of 7",
    ]);
    expect(market.venue.conditionalOrders().map(({ id }) => id)).toEqual(["e.s"]);
  });

  it("ends the rest of the entry when a leg begins to fill", () => {
    const market = new Market(aVenue()).bar(still());
    market.place(entry);
    market.bar(still(4)).hear();
    expect(market.bar([111, 112, 111, 111]).hear()).toBe("e.t sell 4 at 111 maker; e.s cancelled oco; e cancelled oco");
  });

  it("stops out within the bar that filled it, pessimistically, and takes no profit there", () => {
    const market = new Market(aVenue()).bar(still());
    market.place(entry);
    expect(market.bar([100, 115, 94, 112]).hear()).toBe("e buy 10 at 100 taker; e.s triggered; e.s sell 10 at 95 taker; e.t cancelled oco");
  });

  it("meets a gap beyond its stop where the market is", () => {
    const market = new Market(aVenue()).bar(still());
    market.place({ ...entry, limit: 99, takeProfit: undefined as never });
    market.bar(still());
    expect(market.bar([90, 92, 88, 91]).hear()).toBe("e buy 10 at 90 maker; e.s triggered; e.s sell 10 at 90 taker");
  });

  it("hands its leg's place to a replacement", () => {
    const market = new Market(aVenue()).bar(still());
    market.place({ ...entry, lots: 10 });
    market.bar(still(4)).hear();
    const tighter = anOrder({ id: "tight", type: "stop", side: "sell", stop: 98, reduceOnly: true, lots: 4 });
    expect(market.venue.replace(clientOrderIdOf("e.s"), tighter).kind).toBe("accepted");
    market.bar(still(4));
    expect(market.hear()).toBe("e.s cancelled replaced");
    market.bar([100, 100, 99, 99, 6]);
    expect(found(market, "tight")).toBe("working 0 of 10");
    expect(market.bar([98, 98, 98, 98]).hear()).toBe("e buy 6 at 100 maker; tight triggered; tight sell 10 at 98 taker; e.t cancelled oco");
  });
});

describe("a reduce-only order", () => {
  it("is clipped to the position and ends with it", () => {
    const market = long(6);
    market.place({ id: "r", side: "sell", lots: 10, reduceOnly: true });
    expect(market.bar(still()).hear()).toBe("r sell 6 at 100 taker; r cancelled reduce_only");
    expect(market.held).toBe("0");
  });

  it("is cancelled when another order leaves the position flat or turns it", () => {
    const market = long(6);
    market.place({ id: "r", type: "limit", side: "sell", limit: 120, lots: 6, reduceOnly: true });
    market.place({ id: "turn", side: "sell", lots: 10 });
    expect(market.bar(still()).hear()).toBe("turn sell 10 at 100 taker; r cancelled reduce_only");
    expect(market.held).toBe("-4");
  });
});

describe("replace", () => {
  it("changes one order for another in one step", () => {
    const market = new Market(aVenue()).bar(still());
    market.place({ id: "a", type: "limit", limit: 90 });
    expect(market.venue.replace(clientOrderIdOf("a"), anOrder({ id: "b", type: "limit", limit: 95 })).kind).toBe("accepted");
    expect([market.hear(), found(market, "a"), found(market, "b")]).toEqual([
      "a cancelled replaced",
      "cancelled 0 of 10",
      "working 0 of 10",
    ]);
  });

  it("leaves the old one in place when the new one is rejected", () => {
    const market = new Market(aVenue()).bar(still());
    market.place({ id: "a", type: "limit", limit: 90 });
    const outcome = market.venue.replace(clientOrderIdOf("a"), anOrder({ id: "b", type: "limit", limit: "90.5" }));
    expect(outcome).toMatchObject({ kind: "rejected", reason: "bad_precision" });
    expect([market.hear(), found(market, "a"), found(market, "b")]).toEqual(["", "working 0 of 10", "rejected 0 of 10"]);
  });

  it("frees the margin of the old one for the new one", () => {
    const market = new Market(aVenue({ leverage: 1 })).bar(still());
    market.place({ id: "a", type: "limit", limit: 100, lots: 900 });
    expect(market.place({ id: "b", type: "limit", limit: 100, lots: 950 })).toBe("insufficient_margin");
    expect(market.venue.replace(clientOrderIdOf("a"), anOrder({ id: "c", type: "limit", limit: 100, lots: 950 })).kind).toBe("accepted");
  });

  it.each<[string, Candle, string, string]>([
    ["a fill", [89, 89, 89, 89], "order a is filled", "a race that the fill has won places nothing"],
    ["nothing", still(), "there is no order nobody", "what was never there cannot be replaced"],
  ])("loses to %s: %s %s because %s", (what, candle, detail) => {
    const market = new Market(aVenue()).bar(still());
    market.place({ id: "a", type: "limit", limit: 90 });
    market.bar(candle).hear();
    const old = clientOrderIdOf(what === "a fill" ? "a" : "nobody");
    expect(market.venue.replace(old, anOrder({ id: "b", type: "limit", limit: 85 }))).toMatchObject({ kind: "rejected", detail });
    expect(market.venue.openOrders().some(({ id }) => id === "b")).toBe(false);
  });
});

describe("cancel", () => {
  it("ends a working order, and is too late for a finished one", () => {
    const market = new Market(aVenue()).bar(still());
    market.place({ id: "a", type: "limit", limit: 90 });
    expect(market.venue.cancel(clientOrderIdOf("a"), perp).kind).toBe("cancelled");
    expect(market.venue.cancel(clientOrderIdOf("a"), perp)).toMatchObject({ kind: "too_late", state: "cancelled" });
    expect(market.venue.cancel(clientOrderIdOf("zz"), perp)).toMatchObject({ kind: "unknown" });
    expect(market.bar([80, 80, 80, 80]).hear()).toBe("a cancelled asked");
  });
});
