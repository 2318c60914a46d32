import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupRailCodes, type RailCode } from "../../../../src/flow/rails/codes.ts";
import type { Scene } from "../../../../src/flow/rails/candidate.ts";
import { groupRails } from "../../../../src/flow/rails/group/group-rails.ts";
import { accountId, clientOrderIdOf, instrumentId, intentId } from "../../../../src/words/ids.ts";
import { money, moneyOfUnits } from "../../../../src/words/money.ts";
import { price } from "../../../../src/words/price.ts";
import { quantity } from "../../../../src/words/quantity.ts";
import { aPerpetual, aPosition, aQuote, aReservation, aScene, anOpenOrder, resized } from "../a-scene.ts";
import { aBet, aHouse, aMember, someGroup } from "./a-group.ts";

const btc = instrumentId("BTCUSDT.PERP");
const sol = instrumentId("SOLUSDT.PERP");
const amount = fc.integer({ min: 0, max: 1_500 }).map(String);
const few = fc.integer({ min: 0, max: 9 });
const bet = fc.record({
  underlying: fc.constantFrom("BTC", "ETH", "SOL", "AAPL"),
  longs: amount,
  shorts: amount,
  buys: amount,
  sells: amount,
});
const member = fc.record({ bets: fc.array(bet, { maxLength: 3 }), margin: amount, stale: fc.boolean() });
const wanted = fc.record({
  members: fc.array(member, { minLength: 1, maxLength: 3 }),
  heard: fc.boolean(),
  side: fc.constantFrom("buy" as const, "sell" as const),
  size: fc.integer({ min: 1, max: 9 }),
  held: fc.integer({ min: -9, max: 9 }),
  resting: few,
  restingBuys: fc.boolean(),
  reserved: few,
  gross: fc.integer({ min: 1, max: 9_000 }),
  net: fc.integer({ min: 1, max: 6_000 }),
  bucket: fc.integer({ min: 1, max: 5_000 }),
  margin: fc.integer({ min: 1, max: 4_000 }),
});
type Wanted = typeof wanted extends fc.Arbitrary<infer Of> ? Of : never;

/** Everything at a price of 100 and whole numbers, so that the table's words can be reckoned in integers. */
function sceneOf(w: Wanted): Scene {
  const names = w.members.map((_, at) => `m${at}`);
  return aScene({
    stage: "release",
    candidate: { side: w.side, quantity: String(w.size), price: "100" },
    quotes: [aQuote(sol)],
    instruments: [aPerpetual({ id: sol, symbol: "SOLUSDT", base: "SOL" })],
    standing: {
      positions: w.held === 0 ? [] : [aPosition(sol, String(w.held))],
      openOrders:
        w.resting === 0
          ? []
          : [anOpenOrder(btc, { quantity: quantity(String(w.resting)), side: w.restingBuys ? "buy" : "sell", limit: price("100") })],
      reservations: w.reserved === 0 ? [] : [aReservation(btc, String(w.reserved * 100), { intent: intentId("waiting") })],
      measured: {
        group: aHouse(
          ...w.members.slice(w.heard ? 0 : 1).map(({ bets, margin, stale }, at) =>
            aMember(
              bets.map(({ underlying, ...of }) => aBet(underlying, of)),
              { account: names[at + (w.heard ? 0 : 1)]!, margin, ageMs: stale ? 60_001 : 1_000 },
            ),
          ),
        ),
        deltaOf: () => undefined,
      },
    },
    limits: {
      group: someGroup({
        others: names.map(accountId),
        grossMax: money(String(w.gross)),
        netMax: money(String(w.net)),
        bucketMax: money(String(w.bucket)),
        marginMax: money(String(w.margin)),
      }),
    },
  });
}

/** The table a second time, in whole numbers and from its words; leverage is ten. */
function oracle(w: Wanted): ReadonlySet<RailCode> {
  if (!w.heard) return new Set(groupRailCodes);
  const all = w.members.flatMap(({ bets, stale }) =>
    bets.map(({ underlying, ...of }) => ({ underlying, stale, longs: +of.longs, shorts: +of.shorts, buys: +of.buys, sells: +of.sells })),
  );
  const own = [
    { underlying: "SOL", stale: false, longs: Math.max(0, w.held) * 100, shorts: Math.max(0, -w.held) * 100, buys: 0, sells: 0 },
    {
      underlying: "BTC",
      stale: false,
      longs: 0,
      shorts: 0,
      buys: (w.restingBuys ? w.resting : 0) * 100 + w.reserved * 100,
      sells: (w.restingBuys ? 0 : w.resting) * 100,
    },
  ];
  const lines = [...all, ...own];
  const order = w.size * 100;
  const total = (of: readonly (typeof lines)[number][]) =>
    of.reduce((sum, { longs, shorts, buys, sells }) => sum + longs + shorts + buys + sells, 0);
  const net = lines.reduce((sum, { stale, longs, shorts, buys, sells }) => {
    const [same, other] = w.side === "buy" ? [longs + buys, shorts] : [shorts + sells, longs];
    return sum + same - (stale ? 0 : other);
  }, order);
  const inBucket = total(lines.filter(({ underlying }) => underlying === "BTC" || underlying === "ETH"));
  const margins = w.members.reduce((sum, { margin }) => sum + +margin, 0) * 10 + (Math.abs(w.held) + w.resting + w.reserved) * 100 + order;
  const refused: [RailCode, boolean][] = [
    ["group_gross", total(lines) + order > w.gross],
    ["group_net", net > w.net],
    ["group_bucket", inBucket + order > w.bucket],
    ["group_margin", margins > w.margin * 10],
  ];
  return new Set(refused.filter(([, is]) => is).map(([code]) => code));
}

describe("the rails of a group, by law", () => {
  it("refuse exactly what the table's words say, reckoned a second time", () => {
    const seen = new Map<RailCode, { refused: number; passed: number }>(groupRailCodes.map((code) => [code, { refused: 0, passed: 0 }]));
    fc.assert(
      fc.property(wanted, (w) => {
        const scene = sceneOf(w);
        const expected = oracle(w);
        for (const rail of groupRails) {
          const is = rail.check(scene, () => undefined).outcome === "refused";
          expect(is, rail.code).toBe(expected.has(rail.code));
          if (w.heard) seen.get(rail.code)![is ? "refused" : "passed"]++;
        }
      }),
      { seed: 11, numRuns: 1_500 },
    );
    for (const [code, { refused, passed }] of seen) expect([code, refused > 50, passed > 50]).toEqual([code, true, true]);
  });

  it("trim to what passes afterwards, and never to more", () => {
    let trimmed = 0;
    fc.assert(
      fc.property(wanted, (w) => {
        const scene: Scene = { ...sceneOf(w), stage: "proposal" };
        for (const rail of groupRails) {
          const verdict = rail.check(scene, () => undefined);
          if (verdict.outcome !== "trimmed") continue;
          trimmed++;
          expect(verdict.notionalMax < scene.candidate.notional).toBe(true);
          // In whole lots of a thousandth at a price of 100.
          const lots = verdict.notionalMax / (scene.candidate.price / 1000n);
          const smaller = resized(scene, { quantity: lots * scene.candidate.instrument.lot, stage: "release" });
          expect(rail.check(smaller, () => undefined).outcome).toBe("passed");
          const larger = resized(scene, { quantity: (lots + 1n) * scene.candidate.instrument.lot, stage: "release" });
          expect(rail.check(larger, () => undefined).outcome).toBe("refused");
        }
      }),
      { seed: 12, numRuns: 1_500 },
    );
    expect(trimmed).toBeGreaterThan(50);
  });

  it("count a candidate that waits at the wire once, and the order that it replaces not at all", () => {
    const planned = anOpenOrder(btc, { id: clientOrderIdOf("mine"), state: "planned", quantity: quantity("2"), limit: price("100.1") });
    for (const [stage, candidate] of [
      ["wire", { order: clientOrderIdOf("mine") }],
      ["replace", { replaces: clientOrderIdOf("mine") }],
    ] as const) {
      const scene = aScene({
        stage,
        candidate,
        standing: { openOrders: [planned], measured: { group: aHouse(aMember([])), deltaOf: () => undefined } },
        limits: { group: someGroup() },
      });
      expect(groupRails[0]!.check(scene, () => undefined)).toMatchObject({ measured: moneyOfUnits(200_200_000_000_000n) });
    }
  });
});
