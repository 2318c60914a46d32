import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fill } from "../../../src/flow/fills/fill.ts";
import type { VenueOrder } from "../../../src/ports/venue.ts";
import { faultNames, type FaultName } from "../../../src/sim/faults/fault-names.ts";
import { profiles, type ProfileName } from "../../../src/sim/faults/profiles.ts";
import { multiplyExact } from "../../../src/words/exact.ts";
import { clientOrderIdOf } from "../../../src/words/ids.ts";
import { instantOfMs, msOf } from "../../../src/words/instant.ts";
import { negate } from "../../../src/words/money.ts";
import { priceOfTicks } from "../../../src/words/price.ts";
import { opposed } from "../../../src/words/quantity.ts";
import { stormsOf, weather, type Storm, type Weathered } from "./a-storm.ts";
import { read } from "./a-faulty-market.ts";

const seeded = { seed: 20_261_121, numRuns: 250 };
const epoch = instantOfMs(0);
const signed = ({ side, quantity }: Fill): bigint => (side === "buy" ? quantity : opposed(quantity));
const inJson = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? `${each}` : each));
const sayings = ({ of, answers }: Weathered): string => inJson([answers, of.reports, of.venue.fired, of.venue.violations, of.splits]);

/** Cash, and with it everything for what is paid in full, from nothing but the executions that stand and the payments. */
function cashDue({ of, startCash }: Weathered): bigint {
  let due = startCash;
  for (const fill of of.venue.truth.executions(epoch)) due -= multiplyExact(fill.price, signed(fill), "down") + fill.fee;
  for (const payment of of.venue.truth.payments(epoch))
    if ("amount" in payment) due += payment.kind === "liquidation_fee" ? negate(payment.amount) : payment.amount;
  return due;
}

function balances(weathered: Weathered, { shares }: Storm): void {
  const { truth } = weathered.of.venue;
  const held = truth.positions()[0]?.quantity ?? 0n;
  const due = cashDue(weathered);
  if (shares) expect(truth.balance().cash).toBe(due);
  else expect(truth.balance().equity).toBe(due + multiplyExact(priceOfTicks(100, weathered.of.instrument.tick), held, "down"));
  if (weathered.of.splits.length === 0) expect(truth.executions(epoch).reduce((sum, fill) => sum + signed(fill), 0n)).toBe(held);
}

/** As the venue's own clock stamped it. */
const stamped = <Item extends { readonly at: Temporal.Instant }>({ of }: Weathered, item: Item): Item => ({
  ...item,
  at: instantOfMs(of.venue.clock.at(msOf(item.at))),
});

/** Nothing is told that was not so, and what is not told is no more than the frames that were dropped, and can be read. */
function tellsAll(weathered: Weathered): void {
  const { of } = weathered;
  const standing = new Map(of.venue.truth.executions(epoch).map((fill) => [fill.execution, stamped(weathered, fill)]));
  const busted = new Set(of.reports.flatMap((report) => (report.kind === "busted" ? [report.fill.execution] : [])));
  const told = new Set<string>();
  for (const report of of.reports) {
    if (report.kind !== "filled") continue;
    told.add(report.fill.execution);
    if (!busted.has(report.fill.execution)) expect(report.fill).toEqual(standing.get(report.fill.execution));
  }
  for (const execution of busted) expect(standing.has(execution)).toBe(false);
  const untold = [...standing.keys()].filter((execution) => !told.has(execution));
  expect(untold.length).toBeLessThanOrEqual(of.venue.fired.dropped_report);
  expect(read(of.venue.executions(epoch))).toEqual([...standing.values()]);
}

describe("whatever the faults", () => {
  it("the truth's books balance", () => {
    fc.assert(
      fc.property(stormsOf(), (storm) => balances(weather(storm), storm)),
      seeded,
    );
  });

  it("every execution is told, or was one of those whose frame was dropped and can be read; and nothing is told that was not so", () => {
    fc.assert(
      fc.property(stormsOf(), (storm) => tellsAll(weather(storm))),
      seeded,
    );
  });

  it.each(Object.keys(profiles) as ProfileName[])("both hold of a venue like %s", (name) => {
    const { faults, able, acknowledges } = profiles[name];
    const fired = new Set<string>();
    fc.assert(
      fc.property(stormsOf([]), (storm) => {
        const like = { ...storm, faults, settings: { ...storm.settings, able, acknowledges } };
        const weathered = weather(like);
        balances(weathered, like);
        tellsAll(weathered);
        for (const fault of faultNames) if (weathered.of.venue.fired[fault] > 0) fired.add(fault);
      }),
      { ...seeded, numRuns: 60 },
    );
    expect(fired.size).toBeGreaterThan(3);
    expect([...fired].filter((fault) => !(fault in faults))).toEqual([]);
  });

  it("after their end the records are the truth's, but for numbers that had been given out", () => {
    const plain = (orders: readonly VenueOrder[]): unknown => orders.map((order) => ({ ...order, venueOrder: "" }));
    fc.assert(
      fc.property(stormsOf(), (storm) => {
        const weathered = weather(storm);
        const { of } = weathered;
        const { venue } = of;
        const { truth } = venue;
        expect(plain(read(venue.openOrders()))).toEqual(plain(truth.openOrders()));
        expect(plain(read(venue.conditionalOrders()))).toEqual(plain(truth.conditionalOrders()));
        expect([venue.positions(), venue.balance(), venue.payments(epoch)]).toEqual([
          truth.positions(),
          truth.balance(),
          truth.payments(epoch).map((payment) => stamped(weathered, payment)),
        ]);
        storm.plans.forEach((_, n) => {
          expect(of.state(`p${n}`)).toBe(of.truly(`p${n}`));
          const found = venue.find(clientOrderIdOf(`p${n}`), of.instrument.id);
          expect(found === "unknown").toBe(false);
        });
        expect(venue.pending).toBe(false);
      }),
      seeded,
    );
  });

  it("the same seed gives the same behaviour, and another seed another", () => {
    let differing = 0;
    fc.assert(
      fc.property(stormsOf(), (storm) => {
        const once = sayings(weather(storm));
        expect(sayings(weather(storm))).toBe(once);
        if (sayings(weather({ ...storm, seed: storm.seed + 1 })) !== once) differing += 1;
      }),
      { ...seeded, numRuns: 100 },
    );
    expect(differing).toBeGreaterThan(30);
  });

  it("a fault more shifts none of the others: what only bends the records changes no report", () => {
    const readers = { hidden_conditionals: { chance: 0.5 }, history_cap: { chance: 0.5, newest: 1 }, position_lag: { chance: 0.5 } };
    const others = faultNames.filter((name) => !(name in readers));
    let bent = 0;
    fc.assert(
      fc.property(stormsOf(others), (storm) => {
        const [without, more] = [weather(storm), weather({ ...storm, faults: { ...storm.faults, ...readers } })];
        expect(inJson(more.of.reports)).toBe(inJson(without.of.reports));
        const fired = Object.entries(without.of.venue.fired).filter(([name]) => !(name in readers));
        expect(fired.filter(([name, times]) => more.of.venue.fired[name as FaultName] !== times)).toEqual([]);
        if (inJson(more.answers) !== inJson(without.answers)) bent += 1;
      }),
      { ...seeded, numRuns: 100 },
    );
    expect(bent).toBeGreaterThan(20);
  });

  it("who heeds `retryAt` sends nothing inside a ban, and who does not is seen", () => {
    const limited = stormsOf(["rate_limit", "late_arrival"]).map((storm): Storm => ({
      ...storm,
      faults: { ...storm.faults, rate_limit: { chance: 0.4 } },
    }));
    let heedless = 0;
    fc.assert(
      fc.property(limited, (storm) => {
        expect(weather(storm, true).of.venue.violations).toBe(0);
        if (weather(storm).of.venue.violations > 0) heedless += 1;
      }),
      { ...seeded, numRuns: 100 },
    );
    expect(heedless).toBeGreaterThan(50);
  });

  it("each of them happens often enough for the laws above to judge something", () => {
    const fired = new Map<FaultName, number>(faultNames.map((name) => [name, 0]));
    for (const storm of fc.sample(stormsOf(), seeded)) {
      const { of } = weather(storm);
      for (const name of faultNames) fired.set(name, (fired.get(name) ?? 0) + of.venue.fired[name]);
    }
    // Nothing here executes fifty times: the table of faults and the law of records cap at less.
    fired.delete("history_cap");
    expect([...fired].filter(([, times]) => times < 10)).toEqual([]);
  });
});
