import { describe, expect, it } from "vitest";
import { accountsPlans } from "../../src/bin/accounts-plan.ts";
import { replayWith } from "../../src/bin/what-if.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { FactKind, FactOf } from "../../src/journal/fact.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runAccounts, simulateAccounts, type AccountRun, type AnyPlan } from "../../src/lab/accounts.ts";
import { BarColumns } from "../../src/sim/market/columns.ts";
import { etfMarket } from "../../src/sim/market/etf-market.ts";
import { sessionsFrom } from "../../src/sim/market/session-walk.ts";
import type { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import { approximately } from "../../src/words/exact.ts";
import { money } from "../../src/words/money.ts";
import { demoHours, entriesOf } from "./a-plan.ts";

const sessions = 8;
/** So that shares are known for long enough when the council first meets. */
const before = 62;
const days = sessionsFrom("2024-01-02", before + sessions);
const funds = etfMarket("1", sessions, days[before]!.date.toString());

/** Days that climb and rest, which is what the house's trader buys, of the very fund that a council may pitch. */
const climbing = funds
  .filter(({ instrument }) => instrument.symbol === "SPY")
  .map(({ instrument }): AssetHistory => {
    const columns = new BarColumns(days.length);
    let close = 40_000;
    for (const [at, { date }] of days.entries()) {
      const open = close;
      close = Math.round(close * (at % 2 === 0 ? 1.011 : 0.993));
      columns.add({
        openMs: date.toZonedDateTime("UTC").epochMilliseconds,
        open,
        high: Math.max(open, close) + 60,
        low: Math.min(open, close) - 60,
        close,
        volume: 50_000_000,
      });
    }
    return { instrument, bars: columns.bars(instrument, "1d") };
  });

/** The seats are written first, and the council's own account goes first all the same. */
const council = [
  ...["pm-one", "pm-two", "pm-three"].map((name) => `accounts.${name}.desk=council`),
  "accounts.weekly.desk=council",
  "accounts.weekly.seats=pm-one,pm-two,pm-three",
];
const perps = ["perps.interval=1h", "accounts.a.strategy=aggressive"];

function plansOf(set: readonly string[]): readonly AnyPlan[] {
  const loaded = loadConfig({ set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const planned = accountsPlans({
    loaded: loaded.value,
    histories: (desk) => (desk === "council" ? funds : desk === "equities" ? climbing : demoHours("1", 4)),
    journal: () => new MemoryJournal(),
    files: new Map(),
  });
  if (!planned.ok) throw new Error(planned.error);
  return planned.value;
}

type Asked = Parameters<AnyPlan["model"]["ask"]>;
const hashes = (runs: readonly AccountRun[]) =>
  Object.fromEntries(runs.map(({ account, run }) => [account, run?.plan.journal.head().hash]));
const but = (of: Readonly<Record<string, string | undefined>>, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name)));
const factsOf = <Kind extends FactKind>(entries: readonly Entry[], kind: Kind): FactOf<Kind>[] =>
  entries.flatMap(({ fact }) => (fact.kind === kind ? [fact as FactOf<Kind>] : []));
const of = (plans: readonly AnyPlan[], name: string): AnyPlan => plans.find(({ account }) => account === name)!;

/** The same plans with a venue that one account cannot reach any more after its first so many orders. */
const dying = (plans: readonly AnyPlan[], name: string, orders: number): readonly AnyPlan[] =>
  plans.map((plan) =>
    plan.account !== name
      ? plan
      : {
          ...plan,
          through: (venue: SimVenue) => {
            let placed = 0;
            return new Proxy(venue, {
              get: (target, key) => {
                const value: unknown = Reflect.get(target, key, target);
                if (typeof value !== "function") return value;
                return (...words: unknown[]): unknown => {
                  if (key === "place" && ++placed > orders) throw new Error("the key was withdrawn");
                  return (value as (...of: unknown[]) => unknown).apply(target, words);
                };
              },
            });
          },
        },
  );

describe("a council among the accounts (LINE-6, COUN-7)", () => {
  it("holds its meetings in its own account, and each seat trades what it pitched there", () => {
    const plans = plansOf([...perps, ...council]);
    const runs = runAccounts(plans);
    expect(runs.map(({ account, ended }) => [account, ended])).toEqual(
      ["a", "weekly", "pm-one", "pm-two", "pm-three"].map((name) => [name, "done"]),
    );
    const pitched = factsOf(entriesOf(of(plans, "weekly")), "pitched");
    expect(new Set(pitched.map(({ member }) => member)), "nobody pitches who has no seat").toEqual(
      new Set(["pm-one", "pm-two", "pm-three"]),
    );
    for (const name of ["pm-one", "pm-two", "pm-three"]) {
      const entries = entriesOf(of(plans, name));
      const seated = factsOf(entries, "seated");
      expect(seated.map(({ pitch }) => pitch)).toEqual(pitched.filter(({ member }) => member === name).map(({ pitch }) => pitch));
      expect(factsOf(entries, "filled").length, name).toBeGreaterThan(0);
    }
  });

  it("is the same in each of its accounts, whoever runs beside it", () => {
    const together = hashes(runAccounts(plansOf([...perps, ...council])));
    const alone = plansOf([...perps, ...council]);
    const parts = { ...hashes(runAccounts(alone.slice(0, 1))), ...hashes(runAccounts(alone.slice(1))) };
    expect(together).toEqual(parts);
  });

  it("has its members wait for a meeting whose models take their time", async () => {
    const whole = hashes(runAccounts(plansOf([...perps, ...council])));
    const plans = plansOf([...perps, ...council]).map((plan) =>
      plan.account === "weekly" ? { ...plan, model: { ask: (...asked: Asked) => later(50).then(() => plan.model.ask(...asked)) } } : plan,
    );
    expect(hashes(await simulateAccounts(plans, (work) => work.then(() => true)))).toEqual(whole);
  });

  it("is computed again from the journal of any of its accounts alone (LINE-8)", () => {
    const plans = plansOf([...council, "accounts.shares.desk=equities", ...house("60000")]);
    runAccounts(plans);
    for (const name of ["weekly", "pm-one", "pm-two", "pm-three"]) {
      const entries = entriesOf(of(plans, name));
      const told = new Set(
        entries.flatMap(({ fact, correlation }) => (fact.kind === "woke" || fact.kind === "scanned" ? [] : [correlation])),
      );
      const ids = entries.flatMap(({ fact, correlation }) => (fact.kind === "woke" && told.has(correlation) ? [correlation!] : []));
      expect(ids.length, name).toBeGreaterThan(2);
      for (const id of ids) {
        const replayed = replayWith(entries, id, []);
        expect(replayed.ok && replayed.value.differsAt, `${name} ${id}`).toBeUndefined();
      }
    }
  });
});

const house = (bucketMax: string): readonly string[] => [
  "groups.house.accounts=shares,weekly,pm-one,pm-two,pm-three",
  "groups.house.grossUsdMax=500000",
  `groups.house.bucketUsdMax=${bucketMax}`,
];

describe("a venue that dies beside a council (LINE-6)", () => {
  const whole = hashes(runAccounts(plansOf([...perps, ...council])));

  it.each(["a", "pm-two", "pm-three"])("of %s leaves every other journal as it was", (dead) => {
    const runs = runAccounts(dying(plansOf([...perps, ...council]), dead, 0));
    expect(but(hashes(runs), dead)).toEqual(but(whole, dead));
    expect(runs.filter(({ ended }) => ended === "failed").map(({ account }) => account)).toEqual([dead]);
  });

  it("of the council's own account leaves the other desks as they were, and its seats without a meeting from then on", () => {
    const plans = dying(plansOf([...perps, ...council]), "weekly", 0);
    const runs = runAccounts(plans);
    expect(hashes(runs)["a"]).toBe(whole["a"]);
    expect(runs.filter(({ ended }) => ended === "failed").map(({ account }) => account)).toEqual(["weekly"]);
    for (const name of ["pm-one", "pm-two", "pm-three"]) {
      const seated = factsOf(entriesOf(of(plans, name)), "seated");
      expect(seated.map(({ why }) => why).slice(1), name).toEqual(seated.slice(1).map(() => "there was no council"));
      expect(seated.length, name).toBeGreaterThan(1);
      expect(runs.find(({ account }) => account === name)!.run!.state.positions, name).toEqual([]);
    }
  });

  it("and never answers keeps its council waiting no longer than patience, and nobody else at all", async () => {
    let hanging = false;
    const plans = plansOf([...perps, ...council]).map((plan) =>
      plan.account !== "pm-two"
        ? plan
        : {
            ...plan,
            through: (venue: SimVenue) =>
              new Proxy(venue, {
                get: (target, key) => {
                  if (key === "place") return () => ((hanging = true), new Promise(() => undefined));
                  const value: unknown = Reflect.get(target, key, target);
                  return typeof value === "function" ? (value as (...of: unknown[]) => unknown).bind(target) : value;
                },
              }),
          },
    );
    const runs = await simulateAccounts(plans, (work) =>
      Promise.race([work.then(() => true), hanging ? idle() : new Promise<false>(() => undefined)]),
    );
    expect(but(hashes(runs), "pm-two")).toEqual(but(whole, "pm-two"));
    expect(runs.map(({ account, ended }) => [account, ended])).toContainEqual(["pm-two", "hung"]);
  });
});

const later = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const idle = (): Promise<false> => later(3).then(() => false);

describe("a budget over a council and the other desks (issue 5)", () => {
  const all = ["equities.orderUsdMax=20000", ...council, "accounts.shares.desk=equities"];
  // Whoever may pitch one fund alone pitches it or nothing.
  const spy = ["one", "two", "three"].map((seat) => `council.members.${seat}.instruments=SPY`);
  const seats = ["weekly", "pm-one", "pm-two", "pm-three"];
  /** What the account's entries into SPY were planned to be worth, the first of each week. */
  const bought = (plan: AnyPlan): number =>
    factsOf(entriesOf(plan), "order_planned")
      .filter(({ order }) => order.purpose === "entry" && order.instrument === "SPY")
      .reduce((most, { order }) => Math.max(most, approximately(order.quantity) * approximately(order.limit!)), 0);

  it("counts SPY of the council and SPY of the equities desk as one bet", () => {
    const apart = plansOf([...all, ...spy]);
    runAccounts(apart);
    const wanted = seats.map((name) => bought(of(apart, name)));
    const held = bought(of(apart, "shares"));
    expect(held).toBeGreaterThan(15_000);
    expect(Math.min(...wanted)).toBeGreaterThan(10_000);

    const plans = plansOf([...all, ...spy, ...house("25000")]);
    const runs = runAccounts(plans);
    expect(runs.map(({ ended }) => ended)).toEqual(runs.map(() => "done"));
    expect(bought(of(plans, "shares")), "the share was there first").toBeCloseTo(held, 6);
    const weekly = entriesOf(of(plans, "weekly"));
    const seen = factsOf(weekly, "group_seen").flatMap(({ members }) => members.filter(({ account }) => account === "shares"));
    expect(seen.some(({ bets }) => bets.some(({ underlying, longs }) => underlying === "SPY" && longs > money("10000")))).toBe(true);
    const passed = seats.flatMap((name) => factsOf(entriesOf(of(plans, name)), "passed"));
    const judged = passed.flatMap(({ verdicts }) => verdicts.filter(({ rail }) => rail === "group_bucket"));
    expect(judged.map(({ outcome }) => outcome)).toContain("trimmed");
    expect(judged.every(({ outcome, measured }) => outcome === "trimmed" || (measured as bigint) <= money("25000"))).toBe(true);
    for (const name of seats) expect(bought(of(plans, name)), `${name} gets what is left of the budget`).toBeLessThan(10_000);
    const codes = seats.flatMap((name) => factsOf(entriesOf(of(plans, name)), "refused").map(({ refusal }) => refusal.code));
    expect(codes, "and once nothing is left nobody gets any").toContain("group_bucket");
    const ended = seats.flatMap((name) => factsOf(entriesOf(of(plans, name)), "trade_ended"));
    expect(ended, "a person is told").toContainEqual(expect.objectContaining({ end: "failed", why: "refused" }));
  });

  it("is still used up by what a member holds whose venue died", () => {
    const plans = dying(plansOf([...all, ...spy, ...house("45000")]), "pm-one", 1);
    const runs = runAccounts(plans);
    expect(runs.filter(({ ended }) => ended === "failed").map(({ account }) => account)).toEqual(["pm-one"]);
    const left = runs.find(({ account }) => account === "pm-one")!.run!.state.position(funds[0]!.instrument.id);
    expect(left, "it died with what it held").toBeDefined();
    const last = factsOf(entriesOf(of(plans, "pm-three")), "group_seen").at(-1)!;
    const dead = last.members.find(({ account }) => account === "pm-one")!;
    expect(dead.bets.map(({ underlying }) => underlying)).toEqual(["SPY"]);
  });
});
