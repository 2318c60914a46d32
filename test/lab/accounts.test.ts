import { describe, expect, it } from "vitest";
import { accountsPlans } from "../../src/bin/accounts-plan.ts";
import { replayWith } from "../../src/bin/what-if.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { grossOf } from "../../src/flow/rails/group/bets.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { accountRows } from "../../src/lab/accounts-report.ts";
import { runAccounts, simulateAccounts, type AccountRun, type AnyPlan } from "../../src/lab/accounts.ts";
import { GroupRegister } from "../../src/runtime/group-register.ts";
import type { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import type { Venue } from "../../src/ports/venue.ts";
import { accountId } from "../../src/words/ids.ts";
import { money } from "../../src/words/money.ts";
import { demoHours, entriesOf } from "./a-plan.ts";

const three = ["accounts.a.strategy=swing", "accounts.b.strategy=aggressive", "accounts.c.strategy=scalping"];

function plansOf(set: readonly string[] = three, days = 6): readonly AnyPlan[] {
  const loaded = loadConfig({ set: ["perps.interval=1h", ...set] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const planned = accountsPlans({
    loaded: loaded.value,
    histories: () => demoHours("1", days),
    journal: () => new MemoryJournal(),
    files: new Map(),
  });
  if (!planned.ok) throw new Error(planned.error);
  return planned.value;
}
const hashes = (runs: readonly AccountRun[]) =>
  Object.fromEntries(runs.map(({ account, run }) => [account, run?.plan.journal.head().hash]));
const others = (of: Readonly<Record<string, string | undefined>>, but: string) =>
  Object.fromEntries(Object.entries(of).filter(([name]) => name !== but));
/** The same plans with one account's venue behind something. */
const through = (plans: readonly AnyPlan[], which: string, of: (venue: SimVenue) => Partial<Venue>): readonly AnyPlan[] =>
  plans.map((plan) =>
    plan.account === which
      ? {
          ...plan,
          through: (venue) =>
            new Proxy(venue, { get: (target, name) => (of(target) as Record<PropertyKey, unknown>)[name] ?? bound(target, name) }),
        }
      : plan,
  );
function bound(target: SimVenue, name: PropertyKey): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === "function" ? (value as (...of: unknown[]) => unknown).bind(target) : value;
}

describe("accounts beside one another (PERP-6)", () => {
  it("decide as each would alone, ten of them over one market", () => {
    const set = Array.from({ length: 10 }, (_, at) => `accounts.n${at}.strategy=${["swing", "aggressive", "scalping"][at % 3]}`);
    const together = hashes(runAccounts(plansOf(set)));
    const alone = Object.assign({}, ...plansOf(set).map((plan) => hashes(runAccounts([plan])))) as object;
    expect(together).toEqual(alone);
    expect(new Set(Object.values(together)).size).toBe(10);
  });

  it.each(["a", "b", "c"])("go on as if nothing were when the venue of %s throws", (dead) => {
    const whole = hashes(runAccounts(plansOf()));
    let placed = 0;
    const runs = runAccounts(
      through(plansOf(), dead, (venue) => ({
        place: (order) => {
          if (++placed > 3) throw new Error("the key was withdrawn");
          return venue.place(order);
        },
      })),
    );
    expect(others(hashes(runs), dead)).toEqual(others(whole, dead));
    expect(hashes(runs)[dead]).not.toBe(whole[dead]);
    expect(runs.find(({ account }) => account === dead)).toMatchObject({ ended: "failed", fault: "the key was withdrawn" });
    expect(accountRows(runs).map(({ account, ended }) => [account, ended])).toEqual(
      ["a", "b", "c"].map((name) => [name, name === dead ? "failed" : "done"]),
    );
  });

  it("do not wait for one whose venue never answers again", async () => {
    const whole = hashes(runAccounts(plansOf()));
    let hanging = 0;
    const runs = await simulateAccounts(
      through(plansOf(), "b", (venue) => ({ place: (order) => (++hanging > 2 ? new Promise(() => undefined) : venue.place(order)) })),
      // Long enough is when nothing else has anything left to do.
      (work) => Promise.race([work.then(() => true), (hanging > 2 ? idle() : Promise.withResolvers<boolean>().promise).then(() => false)]),
    );
    expect(others(hashes(runs), "b")).toEqual(others(whole, "b"));
    expect(runs.map(({ ended }) => ended)).toEqual(["done", "hung", "done"]);
  });

  it("leave out one that cannot be opened and say why", () => {
    const [a, b, c] = plansOf() as [AnyPlan, AnyPlan, AnyPlan];
    const runs = runAccounts([a, { ...b, histories: [] }, c]);
    expect(runs.map(({ ended, fault, run }) => [ended, fault, run === undefined])).toEqual([
      ["done", undefined, false],
      ["failed", "Invariant: a tape has at least one asset", true],
      ["done", undefined, false],
    ]);
    expect(others(hashes(runs), "b")).toEqual(others(hashes(runAccounts(plansOf())), "b"));
  });
});

/** After everything that is ready has run. */
const idle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe("accounts that share a budget (LINE-6)", () => {
  const budget = ["groups.house.accounts=a,b,c", "groups.house.grossUsdMax=40000", "groups.house.buckets.majors.members=BTC,ETH"];

  it("see one another before each entry and stay within it where they entered", () => {
    const plans = plansOf([...three, ...budget]);
    const runs = runAccounts(plans);
    expect(runs.map(({ ended }) => ended)).toEqual(["done", "done", "done"]);
    const entries = plans.flatMap(entriesOf);
    const entered = entries.filter(({ fact }) => fact.kind === "passed" && fact.verdicts.some(({ rail }) => rail === "group_gross"));
    expect(entered.length).toBeGreaterThan(10);
    for (const { fact } of entered) {
      if (fact.kind !== "passed") continue;
      const gross = fact.verdicts.find(({ rail }) => rail === "group_gross")!;
      expect(gross.outcome === "trimmed" || (gross.measured as bigint) <= money("40000")).toBe(true);
    }
    expect(entries.filter(({ fact }) => fact.kind === "refused" && fact.refusal.rail.startsWith("group_")).length).toBeGreaterThan(5);
  });

  it("are decided again from one account's journal alone, byte for byte", () => {
    const plans = plansOf([...three, ...budget], 4);
    runAccounts(plans);
    const entries = entriesOf(plans[1]!);
    const ids = [
      ...new Set(
        entries.flatMap(({ fact, correlation }) => (fact.kind === "group_seen" && correlation !== undefined ? [correlation] : [])),
      ),
    ];
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids.slice(0, 20)) {
      const replayed = replayWith(entries, id, []);
      expect(replayed.ok && replayed.value.differsAt, id).toBeUndefined();
    }
  });

  it("are refused all entries while one of them was never heard of, and keep what they hold", () => {
    const [a, b] = plansOf([...three, ...budget]) as [AnyPlan, AnyPlan];
    const runs = runAccounts([a, b]);
    expect(runs.map(({ run }) => run!.state.trades.length)).toEqual([0, 0]);
    const codes = new Set(entriesOf(a).flatMap(({ fact }) => (fact.kind === "refused" ? [fact.refusal.code] : [])));
    expect(codes).toContain("group_gross.unknown");
  });

  it("still count what an account held when it died", () => {
    const register = new GroupRegister("house");
    const plans = through(
      plansOf([...three, ...budget]).map((plan) => ({ ...plan, group: register })),
      "a",
      (venue) => ({
        executions: () => {
          throw new Error("down");
        },
        place: venue.place.bind(venue),
      }),
    );
    const runs = runAccounts(plans);
    expect(runs[0]!.ended).toBe("failed");
    const dead = register.others(accountId("b")).find(({ account }) => account === "a")!;
    const last = entriesOf(plans[0]!).at(-1)!;
    expect(dead.at.epochMilliseconds).toBe(last.at.epochMilliseconds);
    const seen = entriesOf(plans[1]!).findLast(({ fact }) => fact.kind === "group_seen")?.fact;
    const grossSeen = seen?.kind === "group_seen" ? seen.members.find(({ account }) => account === "a")!.bets.map(grossOf) : [];
    expect(grossSeen).toEqual(dead.bets.map(grossOf));
  });
});
