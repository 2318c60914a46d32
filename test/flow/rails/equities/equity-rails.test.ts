import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equityRailCodes, equityRefusalCodes, railCodes } from "../../../../src/flow/rails/codes.ts";
import type { Scene } from "../../../../src/flow/rails/candidate.ts";
import { equityRails } from "../../../../src/flow/rails/equities/equity-rails.ts";
import { hear, judge, refused } from "../../../../src/flow/rails/judge.ts";
import type { Limits } from "../../../../src/flow/rails/limits.ts";
import { rails } from "../../../../src/flow/rails/rails.ts";
import { formatExact } from "../../../../src/words/exact.ts";
import { instrumentId } from "../../../../src/words/ids.ts";
import { money } from "../../../../src/words/money.ts";
import { quantity } from "../../../../src/words/quantity.ts";
import { aLatch, anEquity, anOpenOrder, aPosition, aQuote, aReservation, aScene, type SceneWanted } from "../a-scene.ts";

fc.configureGlobal({ seed: 20261121 });

const spy = instrumentId("SPY");
const qqq = instrumentId("QQQ");
const gold = instrumentId("GLD");
const list = [...rails, ...equityRails];
const wide: Partial<Limits> = {
  allowed: [spy, qqq, gold],
  weeklyLossBpsMax: 500,
  averageDailyValueMin: money("3000000"),
  dayNotionalMax: money("500000"),
  bucketBpsMax: 3_500,
};
const measured = {
  liquidity: [{ instrument: spy, averageDailyValue: money("3000000") }],
  buckets: [
    { name: "sector broad", members: [spy, qqq] },
    { name: "sector gold", members: [gold] },
  ],
};
/** A buy of 2 SPY at 100.1 on 10,000 of equity, after a quiet week. */
const scene = (of: SceneWanted = {}): Scene =>
  aScene({
    ...of,
    candidate: { instrument: anEquity(), ...of.candidate },
    standing: { weekStartEquity: money("10000"), tradedToday: money("0"), measures: measured, ...of.standing },
    limits: { ...wide, ...of.limits },
    quotes: [aQuote(qqq), aQuote(gold), ...(of.quotes ?? [])],
    instruments: [anEquity({ id: qqq, symbol: "QQQ" }), anEquity({ id: gold, symbol: "GLD" })],
  });

function word(code: string, of: Scene): string {
  const verdict = hear(
    of,
    equityRails.filter((rail) => rail.code === code),
  ).verdicts[0];
  if (verdict === undefined) return "not asked";
  if (verdict.outcome === "passed") return "passed";
  return verdict.outcome === "refused" ? verdict.code : `trimmed to ${formatExact(verdict.notionalMax)}`;
}

const exit = { purpose: "close", side: "sell" } as const;
const rows: readonly (readonly [code: string, expected: string, because: string, of: Scene])[] = [
  ["weekly_loss", "passed", "nothing was lost", scene()],
  ["weekly_loss", "weekly_loss", "500 of 10,000 is exactly 5%", scene({ standing: { equity: "9500", dayStartEquity: "9500" } })],
  [
    "weekly_loss",
    "passed",
    "one unit of 10^-12 less is below it",
    scene({ standing: { equity: "9500.000000000001", dayStartEquity: "9500" } }),
  ],
  [
    "weekly_loss",
    "weekly_loss.latched",
    "what fired holds though equity is back",
    scene({ standing: { latches: [aLatch("weekly_loss")] } }),
  ],
  ["weekly_loss", "weekly_loss.no_equity", "no week was begun", scene({ standing: { weekStartEquity: undefined } })],
  ["weekly_loss", "rail_fault", "a limit that nobody set permits nothing", withoutLimit("weeklyLossBpsMax")],
  [
    "weekly_loss",
    "not asked",
    "exits are never held back",
    scene({ candidate: exit, standing: { positions: [aPosition(spy, "2")], latches: [aLatch("weekly_loss")] } }),
  ],

  ["average_value", "passed", "exactly the least", scene()],
  [
    "average_value",
    "average_value",
    "a cent less",
    scene({ standing: { measures: { ...measured, liquidity: [{ instrument: spy, averageDailyValue: money("2999999.99") }] } } }),
  ],
  ["average_value", "average_value.unknown", "it was not measured", scene({ standing: { measures: { ...measured, liquidity: [] } } })],
  ["average_value", "average_value.unknown", "nothing was measured", scene({ standing: { measures: undefined } })],
  ["average_value", "rail_fault", "no limit, no permission", withoutLimit("averageDailyValueMin")],

  ["day_notional", "passed", "499,799.80 and 200.20 are exactly the limit", scene({ standing: { tradedToday: money("499799.8") } })],
  [
    "day_notional",
    "trimmed to 200.199999999999",
    "a unit more leaves that much room",
    scene({ standing: { tradedToday: money("499799.800000000001") } }),
  ],
  [
    "day_notional",
    "day_notional",
    "at release nothing is trimmed",
    scene({ stage: "release", standing: { tradedToday: money("499799.800000000001") } }),
  ],
  ["day_notional", "day_notional", "no room is left", scene({ standing: { tradedToday: money("500000") } })],
  [
    "day_notional",
    "day_notional",
    "orders on their way count",
    scene({ stage: "release", standing: { tradedToday: money("499699.8"), openOrders: [anOpenOrder(qqq)] } }),
  ],
  [
    "day_notional",
    "day_notional",
    "reservations count",
    scene({ stage: "release", standing: { tradedToday: money("499699.8"), reservations: [aReservation(qqq, "100.01")] } }),
  ],
  [
    "day_notional",
    "passed",
    "resting stops do not",
    scene({
      stage: "release",
      standing: { tradedToday: money("499799.8"), openOrders: [anOpenOrder(qqq, { purpose: "stop_loss", reduceOnly: true })] },
    }),
  ],
  ["day_notional", "day_notional.unknown", "nobody counted the day", scene({ standing: { tradedToday: undefined } })],
  ["day_notional", "rail_fault", "no limit, no permission", withoutLimit("dayNotionalMax")],

  ["bucket", "passed", "200.20 of 3,500", scene()],
  [
    "bucket",
    "trimmed to 200",
    "3,400 of 3,600 leave 200",
    scene({ limits: { bucketBpsMax: 3_600 }, standing: { positions: [aPosition(qqq, "34")] } }),
  ],
  [
    "bucket",
    "trimmed to 200",
    "a short of the same bucket is no hedge",
    scene({ limits: { bucketBpsMax: 3_600 }, standing: { positions: [aPosition(qqq, "-34")] } }),
  ],
  ["bucket", "passed", "another bucket is another bet", scene({ standing: { positions: [aPosition(gold, "34")] } })],
  [
    "bucket",
    "bucket",
    "orders on their way count",
    scene({ stage: "release", standing: { openOrders: [anOpenOrder(qqq, { quantity: quantity("34") })] } }),
  ],
  ["bucket", "bucket", "reservations count", scene({ stage: "release", standing: { reservations: [aReservation(qqq, "3400")] } })],
  [
    "bucket",
    "trimmed to 200",
    "the fullest bucket counts",
    scene({
      limits: { bucketBpsMax: 3_600 },
      standing: {
        positions: [aPosition(gold, "34")],
        measures: { ...measured, buckets: [...measured.buckets, { name: "correlated SPY", members: [spy, gold] }] },
      },
    }),
  ],
  ["bucket", "bucket.unknown", "an instrument in no bucket may be in any", scene({ standing: { measures: { ...measured, buckets: [] } } })],
  ["bucket", "bucket.unknown", "nothing was measured", scene({ standing: { measures: undefined } })],
  ["bucket", "bucket.no_quote", "what is held has no price", scene({ noQuotes: true, standing: { positions: [aPosition(qqq, "1")] } })],
  ["bucket", "rail_fault", "no limit, no permission", withoutLimit("bucketBpsMax")],
];

function withoutLimit(key: keyof Limits): Scene {
  const whole = scene();
  const { [key]: _, ...limits } = whole.limits;
  return { ...whole, limits: limits as Limits };
}

describe("the equities' rails (EQ-4 to EQ-7)", () => {
  it.each(rows)("%s is %s: %s", (code, expected, _because, of) => {
    expect(word(code, of)).toBe(expected);
  });
  it("are named by their codes, in order, and refuse with each of their reasons", () => {
    expect(equityRails.map(({ code }) => code)).toEqual([...equityRailCodes]);
    expect(equityRails.flatMap(({ refuses }) => refuses).toSorted()).toEqual([...equityRefusalCodes].toSorted());
    expect(
      new Set(rows.map(([, expected]) => expected).filter((each) => each.includes("_") || each === "bucket" || each.startsWith("bucket."))),
    ).toEqual(new Set([...equityRefusalCodes, "rail_fault"]));
  });
  it("may be judged beside the house's rails, and never instead of one", () => {
    expect(refused(judge(scene(), list))).toBe(false);
    expect(() => judge(scene(), equityRails)).toThrow("every rail of the house is in the list");
    expect(list).toHaveLength(railCodes.length + equityRails.length);
  });
  it.each([
    ["weekly_loss", scene({ stage: "release", standing: { latches: [aLatch("weekly_loss")] } })],
    ["average_value", scene({ stage: "release", standing: { measures: { ...measured, liquidity: [] } } })],
    ["day_notional", scene({ stage: "release", standing: { tradedToday: money("500000") } })],
    ["bucket", scene({ stage: "release", standing: { positions: [aPosition(qqq, "34")] } })],
  ])("taken away, %s lets an order leave that no other rail stops", (code, of) => {
    const whole = judge(of, list);
    expect(refused(whole) ? whole.refusal.rail : "passed").toBe(code);
    expect(
      refused(
        hear(
          of,
          list.filter((rail) => rail.code !== code),
        ),
      ),
    ).toBe(false);
  });
  it("agree with their words, written again without them", () => {
    const shares = fc.integer({ min: -60, max: 60 });
    const whole = (of: bigint): bigint => (of < 0n ? -of : of);
    fc.assert(
      fc.property(
        shares,
        shares,
        fc.integer({ min: 0, max: 600_000 }),
        fc.integer({ min: 8_000, max: 11_000 }),
        (held, other, traded, equity) => {
          const positions = [
            ...(held === 0 ? [] : [aPosition(spy, String(held))]),
            ...(other === 0 ? [] : [aPosition(qqq, String(other))]),
          ];
          const of = scene({
            stage: "release",
            quotes: [aQuote(spy)],
            standing: {
              positions,
              tradedToday: money(String(traded)),
              equity: String(equity),
              dayStartEquity: String(equity),
              peakEquity: String(equity),
            },
          });
          const worth = of.candidate.notional;
          const inBucket = whole(BigInt(held)) * money("100") + whole(BigInt(other)) * money("100") + worth;
          const expected = new Set<string>();
          if (BigInt(10_000 - equity) * 10_000n >= 500n * 10_000n) expected.add("weekly_loss");
          if (money(String(traded)) + worth > money("500000")) expected.add("day_notional");
          if (inBucket * 10_000n > money(String(equity)) * 3_500n) expected.add("bucket");
          const found = equityRails.map(({ code }) => code).filter((code) => word(code, of) !== "passed");
          expect(new Set(found)).toEqual(expected);
        },
      ),
    );
  });
});
