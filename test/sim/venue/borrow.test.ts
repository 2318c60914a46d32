import { describe, expect, it } from "vitest";
import { rate } from "../../../src/words/rate.ts";
import { anEquity, aVenue, Market, type Candle } from "./a-market.ts";

const dayMs = 86_400_000;
const still = (at: number): Candle => [at, at, at, at];
/** A thousandth a day. */
const dear = { borrowRate: rate("0.36") };

/** Ten shares traded at 100, which close at `close`; the next bar opens `days` later. */
function night(side: "buy" | "sell", close: number, days: number, settings: Partial<Parameters<typeof aVenue>[0]> = dear): Market {
  const market = new Market(aVenue({ instruments: [anEquity()], ...settings })).bar(still(100));
  market.place({ id: "a", instrument: "ACME", side });
  market.bar(still(100)).bar(still(close)).hear();
  market.openMs = days * dayMs;
  return market;
}

describe("what lent shares cost (EQ-3)", () => {
  it.each`
    side      | close  | days | said                         | because
    ${"sell"} | ${100} | ${1} | ${"borrow 1 for 1 at 100"}   | ${"a night is a day of 360"}
    ${"sell"} | ${100} | ${3} | ${"borrow 3 for 3 at 100"}   | ${"nobody lends over a weekend for nothing"}
    ${"sell"} | ${95}  | ${1} | ${"borrow 0.95 for 1 at 95"} | ${"what counts is what they were worth at the close, not at the sale or the next open"}
    ${"buy"}  | ${100} | ${3} | ${""}                        | ${"who holds shares borrows none"}
  `("a $side that closes at $close and opens $days days on: '$said', since $because", ({ side, close, days, said }) => {
    const market = night(side, close, days);
    const before = market.venue.balance().cash;
    expect(market.bar(still(110)).hear()).toBe(said);
    const paid = market.reports.reduce((all, report) => (report.kind === "borrow" ? all + report.amount : all), 0n);
    expect(before - market.venue.balance().cash).toBe(paid);
    expect(market.venue.payments(Temporal.Instant.fromEpochMilliseconds(0))).toHaveLength(said === "" ? 0 : 1);
  });

  it("is charged once a night, at the first print where there is one, and not for a day in which shares were sold and bought", () => {
    const market = night("sell", 100, 2);
    market.venue.printOpen(0, 110, market.openMs);
    market.venue.printOpen(0, 110, market.openMs);
    expect(market.listen().hear()).toBe("borrow 2 for 2 at 100");
    expect(market.bar(still(110)).bar(still(112)).hear()).toBe("");
    market.place({ id: "b", instrument: "ACME", side: "buy" });
    market.bar(still(112)).hear();
    market.openMs = 5 * dayMs;
    expect(market.bar(still(112)).hear()).toBe("");
  });

  it("is nothing where nobody said what it costs", () => {
    expect(night("sell", 100, 3, {}).bar(still(100)).hear()).toBe("");
    expect(
      night("sell", 100, 3, { borrowRate: rate("0") })
        .bar(still(100))
        .hear(),
    ).toBe("");
  });

  it("is not passed by with a bar that touches nothing else of ours", () => {
    const market = night("sell", 100, 1);
    expect(market.venue.passBar(0, market.openMs, 60_000, 100, 100, 100, 100, 1)).toBe(false);
    expect(market.bar(still(100)).hear()).toBe("borrow 1 for 1 at 100");
    expect(market.venue.passBar(0, market.openMs, 60_000, 100, 100, 100, 100, 1)).toBe(true);
  });
});
