import { describe, expect, it } from "vitest";
import { driftOf, shownText, type ShownTrade } from "../../../src/flow/approval/shown-trade.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";

const shown: ShownTrade = {
  trade: "ab12-0008.c",
  week: "2026-01-07",
  account: "council",
  action: "enter",
  instrument: "SPY",
  side: "buy",
  conviction: 2,
  stopPct: 1.5,
  targetPct: 2.5,
  horizon: "1w",
  entryBy: "market_on_open",
  outBefore: ["NFP@2026-01-09T13:30:00Z"],
  price: price("480"),
  notional: money("30000"),
  packHash: "a1b2",
};

describe("what a yes is bound to (COUN-6)", () => {
  it("is another text as soon as any field is another", () => {
    const others: Partial<ShownTrade>[] = [
      { trade: "ab12-0009.c" },
      { week: "2026-01-14" },
      { account: "pm-one" },
      { action: "flip" },
      { instrument: "QQQ" },
      { side: "sell" },
      { conviction: 1 },
      { stopPct: 1 },
      { targetPct: 3.5 },
      { horizon: "3d" },
      { entryBy: "limit" },
      { limit: price("479") },
      { outBefore: [] },
      { price: price("480.01") },
      { notional: money("30000.01") },
      { packHash: "a1b3" },
    ];
    expect(new Set([shown, ...others.map((other) => ({ ...shown, ...other }))].map(shownText)).size).toBe(others.length + 1);
    expect(Object.keys(shown).length + 1).toBe(new Set(others.flatMap((other) => Object.keys(other))).size);
  });

  it.each`
    now                                       | of           | because
    ${{ price: "480", notional: "30000" }}    | ${undefined} | ${"nothing moved"}
    ${{ price: "482.4", notional: "30000" }}  | ${undefined} | ${"50 bps are just within 50"}
    ${{ price: "482.41", notional: "30000" }} | ${"price"}   | ${"a cent more is past it"}
    ${{ price: "477.5", notional: "30000" }}  | ${"price"}   | ${"a better price is another price"}
    ${{ price: "480", notional: "31600" }}    | ${"size"}    | ${"the size grew by more than 5%"}
    ${{ price: "0", notional: "30000" }}      | ${"price"}   | ${"there is no price"}
  `("drifts by $of because $because", ({ now, of }) =>
    expect(driftOf(shown, { price: price(now.price), notional: money(now.notional) }, { priceBpsMax: 50, sizeBpsMax: 500 })?.of).toBe(of),
  );
});
