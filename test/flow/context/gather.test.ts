import { describe, expect, it } from "vitest";
import { instrumentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import type { OpenOrder } from "../../../src/flow/portfolio/standing.ts";
import { clientOrderIdOf, correlationId, intentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aContext, aMemory, aPerpetual, aPlan, aPosition, hourMs, startMs, watchedThrough } from "./some-context.ts";

const btc = aPerpetual();
const eth = aPerpetual({ id: instrumentId("ETHUSDT.PERP"), symbol: "ETHUSDT" });
const bare = [{ times: 1, indicators: {} }];
const anOrder = (id: string, instrument: OpenOrder["instrument"]): OpenOrder => ({
  id: clientOrderIdOf(id),
  intent: intentId("ab12-0001.0"),
  correlation: correlationId("ab12-0001"),
  instrument,
  side: "sell",
  purpose: "stop_loss",
  type: "stop",
  state: "working",
  quantity: quantity("1"),
  filled: quantity("0"),
  stop: price("95"),
  reduceOnly: true,
  plannedAt: instantOfMs(startMs),
});

describe("what a proposer may know (PERP-2)", () => {
  const context = aContext(
    [
      {
        watched: watchedThrough([1000], bare),
        held: {
          position: aPosition(btc.id, "2", "98"),
          plan: aPlan(btc.id, { stop: "95" }),
          openOrders: [anOrder("s", btc.id)],
          recent: [aMemory(btc.id, "buy", "filled")],
        },
      },
      { watched: watchedThrough([500], bare, { instrument: eth }) },
    ],
    { equity: money("12345"), leftOut: [{ instrument: instrumentId("SOLUSDT.PERP"), why: "stale" }] },
  );

  it("is the account at that instant, each asset with what is held of it, and what was left out", () => {
    expect(context).toMatchObject({
      now: instantOfMs(startMs + hourMs),
      equity: money("12345"),
      cash: money("12345"),
      dayStartEquity: money("12345"),
      leftOut: [{ instrument: "SOLUSDT.PERP", why: "stale" }],
    });
    expect(context.assets.map(({ instrument }) => instrument.symbol)).toEqual(["BTCUSDT", "ETHUSDT"]);
    expect(context.assets[0]).toMatchObject({
      position: { quantity: quantity("2") },
      protection: { stopLoss: price("95") },
      openOrders: [{ id: "s" }],
      recent: [{ action: "buy", fate: "filled" }],
    });
  });

  it("leaves out what is not there, and mixes nothing of one asset into another", () => {
    expect(context.assets[1]).toEqual({ instrument: eth, market: context.assets[1]!.market, openOrders: [], recent: [] });
    expect(context.assets[1]!.market.quote.last).toBe(price("50"));
  });
});
