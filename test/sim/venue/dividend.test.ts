import { describe, expect, it } from "vitest";
import { formatExact } from "../../../src/words/exact.ts";
import { price } from "../../../src/words/price.ts";
import { anEquity, aVenue, Market, type Candle } from "./a-market.ts";

const still = (at: number): Candle => [at, at, at, at];

/** Ten shares at 100 that pay 5 before the next bar. */
function paid(side: "buy" | "sell", wish: Parameters<Market["place"]>[0], holds = true): Market {
  const market = new Market(aVenue({ instruments: [anEquity()] })).bar(still(100));
  if (holds) market.place({ id: "a", instrument: "ACME", side });
  market.bar(still(100));
  market.place({ id: "o", instrument: "ACME", ...wish });
  market.bar(still(100)).hear();
  market.venue.dividend(0, price("5"));
  return market;
}

const long = { side: "sell", reduceOnly: true } as const;
const short = { side: "buy", reduceOnly: true } as const;

describe("orders on an ex-date", () => {
  it.each`
    holding   | order                                                | bar    | said                                    | because
    ${"buy"}  | ${{ ...long, type: "stop", stop: 97 }}               | ${95}  | ${"dividend 50"}                        | ${"the gap of the dividend alone is no fall"}
    ${"buy"}  | ${{ ...long, type: "stop", stop: 97 }}               | ${92}  | ${"o triggered; o sell 10 at 92 taker"} | ${"what is at its lowered stop is a fall"}
    ${"buy"}  | ${{ ...long, type: "limit", limit: 103 }}            | ${104} | ${"o sell 10 at 104 maker"}             | ${"a target of a long stays where it was"}
    ${"sell"} | ${{ ...short, type: "limit", limit: 97 }}            | ${95}  | ${"dividend -50"}                       | ${"a target of a short is no gain at the gap, which is owed"}
    ${"sell"} | ${{ ...short, type: "limit", limit: 97 }}            | ${91}  | ${"o buy 10 at 91 maker"}               | ${"beyond its lowered limit it is one"}
    ${"sell"} | ${{ ...short, type: "stop", stop: 103 }}             | ${103} | ${"o triggered; o buy 10 at 103 taker"} | ${"a stop of a short stays where it was"}
    ${"buy"}  | ${{ ...long, type: "trailing_stop", trail: "0.03" }} | ${95}  | ${"dividend 50"}                        | ${"what it runs after is lower by the dividend too"}
  `("after $holding, $order at $bar: $said, since $because", ({ holding, order, bar, said }) => {
    const market = paid(holding, order).bar(still(bar));
    expect(market.hear().replace(/^dividend -?50; /, "")).toBe(said);
  });

  it("stay where they are of shares that nobody holds, as the account knows them: it is told of no dividend", () => {
    const market = paid("buy", { side: "buy", type: "limit", limit: 97 }, false);
    expect(market.venue.openOrders().map(({ limit }) => limit && formatExact(limit))).toEqual(["97"]);
    expect(market.bar(still(95)).hear()).toBe("o buy 10 at 95 maker");
  });

  it("leave equity as it was: the price is without what the cash has", () =>
    expect(paid("buy", { ...long, type: "stop", stop: 90 }).bar(still(95)).equity).toBe("100000"));
});
