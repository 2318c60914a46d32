import { describe, expect, it } from "vitest";
import { inOrderOfRisk, resolveArbitrated, type ArbitratedWish } from "../../../src/flow/resolution/resolve-arbitrated.ts";
import type { AssetContext } from "../../../src/flow/context/gather.ts";
import type { Intent } from "../../../src/flow/resolution/intent.ts";
import { correlationId, instrumentId, intentId } from "../../../src/words/ids.ts";
import type { SpotCrypto } from "../../../src/words/instrument.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import type { Side } from "../../../src/words/side.ts";
import { aPerpetual, aPosition } from "../context/some-context.ts";

const perpetual = aPerpetual();
const { leverageMax: _l, maintenanceMarginRate: _m, liquidationFeeRate: _f, fundingIntervalHours: _h, ...common } = perpetual;
const spot: SpotCrypto = { ...common, kind: "spot", base: "BTC" };

const wish = (side: Side): ArbitratedWish => ({
  id: intentId("ab12-0001.3"),
  correlation: correlationId("ab12-0001"),
  proposals: [],
  side,
  allocation: money("1000"),
  confidence: 0.6,
  stopLoss: price("95"),
});
const held = (quantity: string): Pick<AssetContext, "position"> => ({ position: aPosition(perpetual.id, quantity, "100") });
const working = { openOrders: [{ purpose: "entry" }] } as unknown as Pick<AssetContext, "openOrders">;

function said(side: Side, with_: Partial<AssetContext>): string {
  const resolved = resolveArbitrated(wish(side), { instrument: perpetual, openOrders: [], ...with_ } as unknown as AssetContext);
  return typeof resolved === "string"
    ? resolved
    : `${resolved.aim} ${resolved.side}${resolved.stopLoss === undefined ? "" : " with a stop"}`;
}

describe("an arbitrated wish and what is held become an intent", () => {
  it.each<{ side: Side; with: Partial<AssetContext>; says: string; because: string }>([
    { side: "buy", with: {}, says: "enter buy with a stop", because: "it opens" },
    { side: "sell", with: {}, says: "enter sell with a stop", because: "a perpetual is sold short" },
    { side: "sell", with: { instrument: spot }, says: "nothing_to_sell", because: "a coin that is not held is not sold" },
    { side: "buy", with: { instrument: spot }, says: "enter buy with a stop", because: "it is bought" },
    { side: "sell", with: { instrument: spot, ...held("2") }, says: "close sell", because: "one that is held is" },
    { side: "buy", with: held("2"), says: "already_held", because: "a position is not added to" },
    { side: "sell", with: held("2"), says: "close sell", because: "the other side closes, and takes no stop along" },
    { side: "buy", with: held("-2"), says: "close buy", because: "a short as well" },
    { side: "sell", with: held("-2"), says: "already_held", because: "nor is a short" },
    { side: "buy", with: working, says: "entry_working", because: "a second entry would double the first" },
  ])("$says because $because", ({ side, with: with_, says }) => {
    expect(said(side, with_)).toBe(says);
  });

  it("closes before it enters, then the surest, then by name", () => {
    const intent = (name: string, aim: Intent["aim"], confidence: number) =>
      ({ instrument: instrumentId(name), aim, confidence }) as unknown as Intent;
    const all = [intent("B", "enter", 0.9), intent("A", "enter", 0.5), intent("C", "close", 0.1), intent("D", "enter", 0.9)];
    for (const list of [all, [...all].reverse()])
      expect(inOrderOfRisk(list).map(({ instrument }) => instrument)).toEqual(["C", "B", "D", "A"]);
  });
});
