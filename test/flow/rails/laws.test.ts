import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import { railCodes, type RailCode } from "../../../src/flow/rails/codes.ts";
import { hear, judge, refused } from "../../../src/flow/rails/judge.ts";
import { rails } from "../../../src/flow/rails/rails.ts";
import { clientOrderIdOf, instrumentId, intentId } from "../../../src/words/ids.ts";
import { quantityFor, toLot } from "../../../src/words/quantity.ts";
import { anOpenOrder, aPosition, aScene, resized } from "./a-scene.ts";
import { oracle } from "./oracle.ts";
import { scenes } from "./scenes.ts";

/** The whole list is asked ten times as often: a hundred thousand scenes; COUNTERSIGN_CASES=100000 makes it a million. */
const numRuns = Number(process.env["COUNTERSIGN_CASES"] ?? 10_000);
const sizeRails = new Set<RailCode>(railCodes.slice(railCodes.indexOf("order_value")));
const size = rails.filter(({ code }) => sizeRails.has(code));
const sound = (scene: Scene): boolean => scene.candidate.purpose === "entry" && scene.candidate.price > 0n && scene.candidate.quantity > 0n;

/** The least that the venue takes, by counting lots. */
function least({ candidate: { instrument, price, purpose, reduceOnly } }: Scene): bigint {
  const { lot, minQuantity, minNotional, multiplier } = instrument;
  const enough = (lots: bigint): boolean => {
    const exempt = purpose !== "entry" && reduceOnly;
    return lots * lot >= minQuantity && (exempt || price * lots * lot * multiplier >= minNotional * 10n ** 24n);
  };
  let lots = 1n;
  while (!enough(lots)) lots++;
  return lots * lot;
}

describe("the rails and the oracle", () => {
  it("agree on every rail by itself, in every scene, before anything is trimmed", () => {
    const seen = new Map<RailCode, { refused: number; passed: number }>(railCodes.map((code) => [code, { refused: 0, passed: 0 }]));
    const each = rails.map((rail) => ({ code: rail.code, only: [rail] }));
    fc.assert(
      fc.property(scenes, (scene) => {
        const fixed: Scene = scene.stage === "proposal" ? { ...scene, stage: "release" } : scene;
        const expected = oracle(fixed);
        for (const { code, only } of each) {
          const word = refused(hear(fixed, only));
          expect(word ? `${code} refuses` : `${code} passes`).toBe(expected.has(code) ? `${code} refuses` : `${code} passes`);
          const count = seen.get(code)!;
          if (word) count.refused++;
          else count.passed++;
        }
      }),
      { numRuns, seed: 20261121 },
    );
    if (numRuns < 10_000) return;
    for (const [code, count] of seen) {
      expect(count.refused, `${code} was seen to refuse`).toBeGreaterThan(50);
      expect(count.passed, `${code} was seen to pass`).toBeGreaterThan(50);
    }
  });

  it("agree on what the whole list says, and at the proposal on what can be trimmed to something tradable", () => {
    const outcomes = { passed: 0, trimmed: 0, refused: 0 };
    fc.assert(
      fc.property(scenes, (scene) => {
        const answer = judge(scene);
        const whole = oracle(scene);
        const trimmable = scene.stage === "proposal" && scene.candidate.price > 0n && least(scene) <= scene.candidate.quantity;
        const smallest = trimmable ? oracle(resized(scene, { quantity: least(scene) })) : whole;
        const first = railCodes.find((code) => (sizeRails.has(code) ? whole.has(code) && smallest.has(code) : whole.has(code)));
        expect(refused(answer) ? answer.refusal.rail : undefined).toBe(first);
        const cut = !refused(answer) && answer.notionalMax < scene.candidate.notional;
        outcomes[refused(answer) ? "refused" : cut ? "trimmed" : "passed"]++;
      }),
      { numRuns: numRuns * 10, seed: 20261122 },
    );
    if (numRuns >= 10_000) for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(100);
  }, 900_000);
});

describe("laws of the rails", () => {
  it("what is left of a trim passes at its whole lots, and one lot more does not", () => {
    let trimmed = 0;
    fc.assert(
      fc.property(scenes, (scene) => {
        const answer = hear({ ...scene, stage: "proposal" }, size);
        if (!sound(scene) || scene.candidate.quantity % scene.candidate.instrument.lot !== 0n) return;
        if (refused(answer) || answer.notionalMax === scene.candidate.notional) return;
        const { price, instrument } = scene.candidate;
        const fits = toLot(quantityFor(answer.notionalMax, price, instrument.multiplier, "down"), instrument.lot, "down");
        expect(refused(hear(resized(scene, { quantity: fits, stage: "release" }), size))).toBe(false);
        expect(refused(hear(resized(scene, { quantity: fits + instrument.lot, stage: "release" }), size))).toBe(true);
        trimmed++;
      }),
      { numRuns, seed: 20261123 },
    );
    expect(trimmed).toBeGreaterThan(numRuns / 50);
  });

  it("the order that a trim allows passes the whole list at the wire, unless its size has come near a sent order's", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const answer = judge({ ...scene, stage: "proposal" });
        if (refused(answer) || !sound(scene)) return;
        const { price, instrument, side } = scene.candidate;
        const fits = toLot(quantityFor(answer.notionalMax, price, instrument.multiplier, "down"), instrument.lot, "down");
        const smaller = resized(scene, { quantity: fits, stage: "wire" });
        const order = clientOrderIdOf("planned-now");
        const planned = anOpenOrder(instrument.id, {
          id: order,
          intent: intentId("intent-1"),
          side,
          state: "planned",
          quantity: smaller.candidate.quantity,
        });
        const openOrders = [...scene.standing.openOrders.filter(({ id }) => id !== scene.candidate.order), planned];
        const atWire: Scene = {
          ...smaller,
          candidate: { ...smaller.candidate, order },
          standing: { ...scene.standing, openOrders, openOrder: (id) => openOrders.find((open) => open.id === id) },
        };
        const again = judge(atWire);
        expect(refused(again) ? again.refusal.rail : "passed").toBeOneOf(["passed", "duplicate_semantic"]);
      }),
      { numRuns, seed: 20261124 },
    );
  });

  it("a smaller quantity of a passing entry passes every rail on size", () => {
    fc.assert(
      fc.property(scenes, fc.double({ min: 0, max: 1, noNaN: true }), (scene, part) => {
        const wire: Scene = { ...scene, stage: "wire" };
        if (!sound(scene) || refused(hear(wire, size))) return;
        const { quantity, instrument } = scene.candidate;
        const lots = quantity / instrument.lot;
        const fewer = (lots * BigInt(Math.floor(part * 1_000_000))) / 1_000_000n;
        expect(refused(hear(resized(wire, { quantity: fewer * instrument.lot }), size))).toBe(false);
      }),
      { numRuns, seed: 20261125 },
    );
  });

  it("no limit on entries ever refuses a close of what is held", () => {
    const btc = instrumentId("BTCUSDT.PERP");
    fc.assert(
      fc.property(scenes, fc.integer({ min: 1, max: 900 }), fc.boolean(), (scene, lots, long) => {
        const held = `${long ? "" : "-"}${lots}`;
        const close = aScene({
          candidate: { purpose: "close", side: long ? "sell" : "buy", price: "100", quantity: String(lots) },
          standing: { positions: [aPosition(btc, held)] },
        });
        const { standing } = scene;
        const answer = judge({
          ...close,
          stage: scene.stage === "wire" ? "release" : scene.stage,
          limits: { ...scene.limits, allowed: [], quoteAgeMsMax: 0, spreadBpsMax: 0, positionsMax: 0 },
          standing: {
            ...standing,
            killLevel: standing.killLevel === "K3" ? "K4" : standing.killLevel,
            openOrders: [],
            positions: close.standing.positions,
            position: (id) => close.standing.position(id),
          },
        });
        expect(refused(answer) ? answer.refusal : "passed").toBe("passed");
      }),
      { numRuns: numRuns / 5, seed: 20261126 },
    );
  });
});
