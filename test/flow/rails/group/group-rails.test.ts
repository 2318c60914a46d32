import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { GroupStanding } from "../../../../src/flow/portfolio/group-standing.ts";
import { groupRailCodes } from "../../../../src/flow/rails/codes.ts";
import { groupRails } from "../../../../src/flow/rails/group/group-rails.ts";
import type { GroupLimits } from "../../../../src/flow/rails/group/group-limits.ts";
import { judge, refused } from "../../../../src/flow/rails/judge.ts";
import { rails } from "../../../../src/flow/rails/rails.ts";
import { clientOrderIdOf, instrumentId, intentId } from "../../../../src/words/ids.ts";
import { money } from "../../../../src/words/money.ts";
import { quantity } from "../../../../src/words/quantity.ts";
import { aPosition, aQuote, aReservation, aScene, anOpenOrder, anOption, aSpot, type SceneWanted } from "../a-scene.ts";
import { aBet, aHouse, allRails, aMember, someGroup } from "./a-group.ts";

type Wanted = SceneWanted & {
  readonly group?: Partial<GroupLimits>;
  readonly seen?: GroupStanding | undefined;
  readonly deltaOf?: () => number | undefined;
};

const grouped = ({ group = {}, seen = aHouse(aMember([])), ...wanted }: Wanted) =>
  aScene({
    stage: "release",
    ...wanted,
    standing: { ...wanted.standing, measured: { group: seen, deltaOf: wanted.deltaOf ?? (() => undefined) } },
    limits: { ...wanted.limits, group: someGroup(group) },
  });
/** The code that refuses, or `passed`. */
const said = (wanted: Wanted): string => {
  const answer = judge(grouped(wanted), allRails);
  return refused(answer) ? answer.refusal.code : "passed";
};
const wordOf = (code: string, wanted: Wanted) => {
  const answer = judge(grouped(wanted), allRails);
  return answer.verdicts.find(({ rail }) => rail === code);
};
const cents = (text: string) => money(text);

// The candidate of every row: a buy of 2 BTCUSDT.PERP at 100.1, which stakes 200.2 on BTC and needs 20.02 of margin at ten times.
describe("the rails of a group (LINE-6)", () => {
  it.each([
    { is: "passed", because: "the budget is wide", wanted: {} },
    {
      is: "group_gross",
      because: "others hold it up to the last",
      wanted: { group: { grossMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "500", shorts: "300" })])) },
    },
    {
      is: "passed",
      because: "it fits to the cent",
      wanted: { group: { grossMax: cents("1000.2") }, seen: aHouse(aMember([aBet("SOL", { longs: "500", shorts: "300" })])) },
    },
    {
      is: "group_gross",
      because: "what others reserve counts",
      wanted: { group: { grossMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { buys: "500", sells: "300" })])) },
    },
    {
      is: "group_gross",
      because: "an old word still counts",
      wanted: { group: { grossMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "800" })], { ageMs: 86_400_000 })) },
    },
    {
      is: "group_net",
      because: "others lean the same way",
      wanted: { group: { netMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "800" })])) },
    },
    {
      is: "passed",
      because: "another's short offsets a long",
      wanted: { group: { netMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "900", shorts: "200" })])) },
    },
    {
      is: "group_net",
      because: "a short that is only on its way offsets nothing",
      wanted: { group: { netMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "900", sells: "200" })])) },
    },
    {
      is: "group_net",
      because: "a short that was seen long ago offsets nothing",
      wanted: {
        group: { netMax: cents("1000") },
        seen: aHouse(aMember([aBet("SOL", { longs: "900", shorts: "200" })], { ageMs: 60_001 })),
      },
    },
    {
      is: "group_net",
      because: "a word from the future is not believed",
      wanted: { group: { netMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "900", shorts: "200" })], { ageMs: -1 })) },
    },
    {
      is: "group_bucket",
      because: "another account has the same coin",
      wanted: { group: { bucketMax: cents("1000") }, seen: aHouse(aMember([aBet("BTC", { longs: "800" })])) },
    },
    {
      is: "group_bucket",
      because: "another account has a coin of the same bucket",
      wanted: { group: { bucketMax: cents("1000") }, seen: aHouse(aMember([aBet("ETH", { longs: "800" })])) },
    },
    {
      is: "group_bucket",
      because: "a short of what moves together is no hedge",
      wanted: { group: { bucketMax: cents("1000") }, seen: aHouse(aMember([aBet("ETH", { shorts: "800" })])) },
    },
    {
      is: "passed",
      because: "what is in no bucket with it counts for itself",
      wanted: { group: { bucketMax: cents("1000") }, seen: aHouse(aMember([aBet("SOL", { longs: "800" })])) },
    },
    {
      is: "group_margin",
      because: "others need the collateral",
      wanted: { group: { marginMax: cents("100") }, seen: aHouse(aMember([], { margin: "80" })) },
    },
    {
      is: "passed",
      because: "the margin fits to the cent",
      wanted: { group: { marginMax: cents("100") }, seen: aHouse(aMember([], { margin: "79.98" })) },
    },
    { is: "group_gross.unknown", because: "an account was never heard of", wanted: { seen: aHouse() } },
    { is: "group_gross.unknown", because: "nothing was ever seen", wanted: { seen: undefined } },
    {
      is: "group_gross.unknown",
      because: "what was seen is another group's",
      wanted: { seen: { ...aHouse(aMember([])), group: "elsewhere" } },
    },
  ] satisfies readonly { is: string; because: string; wanted: Wanted }[])("says $is because $because", ({ is, wanted }) => {
    expect(said("seen" in wanted && wanted.seen === undefined ? { ...wanted, seen: { group: "", members: [] } } : wanted)).toBe(is);
  });

  it("counts what the account itself holds, has on its way and reserves, and not the candidate twice", () => {
    const btc = instrumentId("BTCUSDT.PERP");
    const wanted: Wanted = {
      quotes: [aQuote(instrumentId("ETHUSDT"))],
      standing: {
        positions: [aPosition(btc, "-1")],
        openOrders: [anOpenOrder(instrumentId("ETHUSDT"), { quantity: quantity("3") })],
        reservations: [aReservation(btc, "50"), aReservation(btc, "200.2", { intent: intentId("intent-1") })],
      },
    };
    // 100 short, 3 at 100 on the way, 50 reserved, 200.2 itself.
    expect(wordOf("group_gross", wanted)).toMatchObject({ outcome: "passed", measured: money("650.2") });
    expect(wordOf("group_net", wanted)).toMatchObject({ measured: money("450.2") });
    expect(wordOf("group_bucket", wanted)).toMatchObject({ measured: money("650.2") });
    // A tenth of each perpetual's, all of the coin's.
    expect(wordOf("group_margin", wanted)).toMatchObject({ measured: money("335.02") });
  });

  it("trims at the proposal to what the budget has left, and refuses later", () => {
    const wanted: Wanted = {
      stage: "proposal",
      group: { grossMax: cents("1000") },
      seen: aHouse(aMember([aBet("SOL", { longs: "900" })])),
    };
    expect(wordOf("group_gross", wanted)).toMatchObject({
      outcome: "trimmed",
      code: "group_gross",
      notionalMax: money("100"),
      measured: money("1100.2"),
      limit: money("1000"),
    });
    expect(
      said({
        ...wanted,
        stage: "wire",
        candidate: { order: clientOrderIdOf("planned") },
        standing: { openOrders: [anOpenOrder(instrumentId("BTCUSDT.PERP"), { id: clientOrderIdOf("planned"), state: "planned" })] },
      }),
    ).toBe("group_gross");
  });

  it("lets pass what takes risk away, whatever the group holds", () => {
    expect(
      said({
        group: { grossMax: cents("1"), netMax: cents("1"), bucketMax: cents("1"), marginMax: cents("1") },
        seen: aHouse(),
        candidate: { purpose: "close", side: "sell", quantity: "1" },
        standing: { positions: [aPosition(instrumentId("BTCUSDT.PERP"), "1")] },
      }),
    ).toBe("passed");
  });

  it.each([
    { holds: "a call counts by its delta", right: "call", delta: 0.5, side: "buy", staked: "6000", up: true },
    { holds: "a put leans down", right: "put", delta: -0.25, side: "buy", staked: "3000", up: false },
    { holds: "a put that is sold leans up", right: "put", delta: -0.25, side: "sell", staked: "3000", up: true },
    { holds: "without a delta it is all of what it is on", right: "call", delta: undefined, side: "buy", staked: "12000", up: true },
    { holds: "and so is a put, downward", right: "put", delta: undefined, side: "buy", staked: "12000", up: false },
  ] as const)("sees options by delta: $holds", ({ right, delta, side, staked, up }) => {
    // Two contracts of a hundred at a strike of 600 on an underlying of 60 that has a quote.
    const spy = instrumentId("SPY");
    const option = anOption({ right });
    const scene = grouped({
      candidate: { instrument: option, side, quantity: "2", price: "1", stopLoss: undefined },
      quotes: [aQuote(spy, { bid: "59.9", ask: "60.1", last: "60", mark: "60" })],
      standing: { equity: "1000000" },
      deltaOf: () => delta,
      seen: aHouse(aMember([aBet("SPY", { longs: "40000" })])),
    });
    const words = groupRails.map((rail) => rail.check(scene, () => undefined));
    expect(words[0]).toMatchObject({ rail: "group_gross", measured: money(String(40_000 + Number(staked))) });
    expect(words[1]).toMatchObject({ rail: "group_net", measured: money(String((up ? 40_000 : -40_000) + Number(staked))) });
    expect(words[2]).toMatchObject({ rail: "group_bucket", measured: money(String(40_000 + Number(staked))) });
    expect(words[3]).toMatchObject({ rail: "group_margin", measured: money("200") });
  });

  it("takes perpetual, spot coin and the options on a share for the bet that they are", () => {
    const sees = grouped({ candidate: { instrument: aSpot() }, seen: aHouse(aMember([aBet("ETH", { longs: "7" })])) });
    expect(groupRails[2]!.check(sees, () => undefined)).toMatchObject({ measured: money("207.2") });
  });
});

describe("the list of the group's rails", () => {
  it("holds each code once, in the order of precedence, each in a file of its name", () => {
    expect(groupRails.map(({ code }) => code)).toEqual([...groupRailCodes]);
    const files = readdirSync(new URL("../../../../src/flow/rails/group/", import.meta.url));
    for (const code of groupRailCodes) expect(files).toContain(`${code.replaceAll("_", "-")}.ts`);
    for (const { code, refuses } of groupRails) expect(refuses).toEqual([code, `${code}.unknown`]);
  });

  it("cannot be left out where the limits name a group", () => {
    expect(() => judge(grouped({}), rails)).toThrow(/an account of a group is judged by the group's rails/);
    for (const code of groupRailCodes)
      expect(() =>
        judge(
          grouped({}),
          allRails.filter((rail) => rail.code !== code),
        ),
      ).toThrow(/Invariant/);
  });

  /** For each a scene that all other rails pass: take it away and the order leaves. */
  const only = {
    group_gross: { group: { grossMax: cents("200") } },
    group_net: { group: { netMax: cents("200") } },
    group_bucket: { group: { bucketMax: cents("200") } },
    group_margin: { group: { marginMax: cents("20") } },
  } satisfies Record<(typeof groupRailCodes)[number], Wanted>;
  it.each(groupRailCodes)("%s refuses what no other rail refuses", (code) => {
    const scene = grouped(only[code]);
    const refusing = allRails.filter(
      (rail) => rail.check(scene, () => undefined).outcome === "refused" && groupRailCodes.some((each) => each === rail.code),
    );
    expect(refusing.map((rail) => rail.code)).toEqual([code]);
    expect(said(only[code])).toBe(code);
  });

  it("stands in docs/rails.md", () => {
    const page = readFileSync(new URL("../../../../docs/rails.md", import.meta.url), "utf8");
    for (const code of groupRailCodes) expect(page).toContain(`\`${code}\``);
  });
});
