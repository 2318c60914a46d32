import { describe, expect, it } from "vitest";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import { railCodes } from "../../../src/flow/rails/codes.ts";
import { hear, judge, refused } from "../../../src/flow/rails/judge.ts";
import { rails } from "../../../src/flow/rails/rails.ts";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aLatch, anOpenOrder, aPerpetual, aPosition, aQuote, aScene, aSentOrder, aSpot, at, type SceneWanted } from "./a-scene.ts";

const btc = instrumentId("BTCUSDT.PERP");
const sol = instrumentId("SOLUSDT.PERP");
const released = (wanted: SceneWanted): Scene => aScene({ stage: "release", ...wanted });
const quoted = (with_: Parameters<typeof aQuote>[1]) => released({ quotes: [aQuote(btc, with_)] });
const sentTen = Array.from({ length: 10 }, () => aSentOrder(sol, { sentAt: at(1_000) }));
const solHeld = { quotes: [aQuote(sol)], instruments: [aPerpetual({ id: sol })] };

/** For each rail a scene that all the others pass: take the rail away and the order leaves. */
const only: Record<(typeof railCodes)[number], Scene> = {
  kill_switch: released({ standing: { killLevel: "K1" } }),
  loss_latch: released({ standing: { latches: [aLatch("drawdown")] } }),
  daily_loss: released({ standing: { equity: "9800", dayStartEquity: "10000", peakEquity: "10000" } }),
  drawdown: released({ standing: { equity: "9000", dayStartEquity: "9000", peakEquity: "10000" } }),
  instrument_permission: released({ limits: { allowed: [sol] } }),
  market_state: released({ sessionOpen: false }),
  stale_data: quoted({ ageMs: 2_001 }),
  price_collar: released({ candidate: { price: "101.1" } }),
  spread: quoted({ bid: "99.7", ask: "100.3" }),
  precision: released({ candidate: { quantity: "2.0005" } }),
  minimum_order: released({ candidate: { quantity: "0.04" } }),
  protective_order: released({ candidate: { stopLoss: "101" } }),
  unknown_order: released({ standing: { openOrders: [anOpenOrder(btc, { state: "lost" })] } }),
  duplicate_exact: released({ candidate: { order: clientOrderIdOf("used") }, standing: { known: ["used"] } }),
  duplicate_semantic: released({ standing: { sentOrders: [aSentOrder(btc)] } }),
  self_trade: released({ standing: { openOrders: [anOpenOrder(btc, { side: "sell", limit: price("100") })] } }),
  message_throttle: released({ standing: { sentOrders: sentTen } }),
  repeated_execution: released({ standing: { entriesFilled: 5 } }),
  reduce_only: released({ candidate: { purpose: "close", side: "sell" }, standing: { positions: [aPosition(btc, "1.999")] } }),
  positions_count: released({ ...solHeld, standing: { positions: [aPosition(sol, "1")] }, limits: { positionsMax: 1 } }),
  order_value: released({ limits: { orderNotionalMax: money("200") } }),
  order_quantity: released({ candidate: { instrument: aPerpetual({ maxQuantity: quantity("1") }) } }),
  risk_per_trade: released({ limits: { riskPerTradeBpsMax: 4 } }),
  position_value: released({ limits: { positionNotionalMax: money("200") } }),
  concentration: released({ limits: { concentrationBpsMax: 200 } }),
  gross_exposure: released({ limits: { grossExposureBpsMax: 200 } }),
  net_exposure: released({ limits: { netExposureBpsMax: 200 } }),
  leverage: released({
    ...solHeld,
    candidate: { instrument: aPerpetual({ leverageMax: 1 }) },
    standing: { positions: [aPosition(sol, "150")] },
  }),
  buying_power: released({ candidate: { instrument: aSpot() }, standing: { cash: "100" } }),
  liquidation_distance: released({ limits: { liquidationDistanceBpsMin: 600_000 } }),
};

describe("each rail alone", () => {
  it.each(railCodes)("%s refuses what no other rail refuses", (code) => {
    const scene = only[code];
    const answer = judge(scene);
    expect(refused(answer) ? answer.refusal.rail : "passed").toBe(code);
    const without = hear(
      scene,
      rails.filter((rail) => rail.code !== code),
    );
    expect(refused(without) ? without.refusal.rail : "passed", "taken away, the order would leave").toBe("passed");
  });
});
