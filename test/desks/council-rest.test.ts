import { afterEach, describe, expect, it, vi } from "vitest";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { Pitch } from "../../src/flow/proposals/council-words.ts";
import type { Question } from "../../src/flow/proposals/question.ts";
import type { SeatRun } from "../../src/lab/council/council-run.ts";
import { aPitch, said } from "../flow/proposals/council-pitches.ts";
import { keptByDesks } from "../../src/lab/storm/kept-by-desks.ts";
import { asItWas, instead } from "../lab/instead.ts";
import { entriesOf, ranCouncil } from "../lab/a-council-plan.ts";

const name = "pm-one";
const newYork = (time: string): number => Temporal.PlainDateTime.from(`2024-${time}`).toZonedDateTime("America/New_York").epochMilliseconds;

type Thin = { readonly from: string; readonly to?: string; readonly shares: number };

/** Between these times a bar of HYG gives so many shares and no more. */
const thin = (histories: readonly AssetHistory[], { from, to = "12-31T00:00", shares }: Thin, part: number): readonly AssetHistory[] =>
  histories.map((of) => {
    if (of.instrument.symbol !== "HYG") return of;
    const isThin = (ms: number): boolean => ms >= newYork(from) && ms < newYork(to);
    const volume = of.bars.volume.map((lots, at) => (isThin(of.bars.openMs[at] ?? 0) ? Math.ceil(shares / part) : lots));
    return { ...of, bars: { ...of.bars, volume } };
  });

type Wish = {
  readonly thin: Thin;
  /** What it pitches in its first week and from then on. */
  readonly pitches?: readonly [Partial<Pitch>, Partial<Pitch>];
  readonly looks?: Readonly<Record<string, readonly [action: string, conviction: number]>>;
  readonly set?: readonly string[];
};

function ran(
  { thin: of, pitches = [{}, {}], looks = {}, set = [] }: Wish,
  run: typeof ranCouncil = ranCouncil,
): Promise<readonly SeatRun[]> {
  let weeks = 0;
  let done = new Set<string>();
  return run({
    sessions: 8,
    set: ["council.driftBpsMax=500", "council.sizeDriftBpsMax=5000", ...set],
    plan: (plan) => ({ ...plan, histories: thin(plan.histories, of, plan.venue.participation) }),
    answer: ({ schema, user }: Question) => {
      if (schema.name === "council_pitch@1" && user.includes("\nmomentum,"))
        return said(aPitch({ symbol: "HYG", profile: "WIDE", conviction: 1, horizon: "1w", ...pitches[weeks++ === 0 ? 0 : 1] }));
      if (schema.name !== "council_checkpoint@1") return undefined;
      const time = /\n(\d\d:\d\d),HYG,/.exec(user)?.[1] ?? "";
      // Once each: on the first day that has such a checkpoint.
      const [action, conviction] = done.has(time) ? ["STAY", 1] : (looks[time] ?? ["STAY", 1]);
      if (looks[time] !== undefined) done = new Set([...done, time]);
      return JSON.stringify({ action, conviction, reason: "seen" });
    },
  });
}

const told = (runs: readonly SeatRun[]): string[] =>
  entriesOf(runs, name).flatMap(({ at, fact }) => {
    const time = at.toZonedDateTimeISO("America/New_York").toPlainDateTime().toString().slice(5, 16);
    if (fact.kind === "filled") return [`${time} ${fact.fill.side} ${Number(fact.fill.quantity / 10n ** 12n)} ${fact.fill.instrument}`];
    if (fact.kind === "trade_ended") return [`${time} ${fact.end}${fact.why === "" ? "" : `: ${fact.why}`}`];
    return [];
  });

const total = (lines: readonly string[], side: "buy" | "sell"): number =>
  lines.reduce((sum, line) => sum + Number(new RegExp(` ${side} (\\d+) `).exec(line)?.[1] ?? 0), 0);

describe("a reduction that is filled in part (COUN-8)", () => {
  it("is sent again with every bar until half is gone, and then is over", async () => {
    const lines = told(await ran({ thin: { from: "01-03T12:00", to: "01-03T13:30", shares: 30 }, looks: { "12:00": ["REDUCE", 1] } }));
    const bought = total(
      lines.filter((line) => line < "01-04"),
      "buy",
    );
    const ended = lines.findIndex((line) => line.startsWith("01-03T12") && line.endsWith(" executed"));
    const sold = lines.slice(0, ended).filter((line) => line.includes(" sell "));
    expect(new Set(sold.map((line) => line.slice(0, 11))).size, "more than one bar").toBeGreaterThan(1);
    expect(total(sold, "sell")).toBe(Math.ceil(bought / 2));
    expect(
      lines.slice(ended).filter((line) => line.startsWith("01-03")),
      "and nothing more of it that day",
    ).toEqual([lines[ended]]);
  });

  it("is overtaken by the next checkpoint, whatever that says", async () => {
    const wish = { thin: { from: "01-03T12:00", to: "01-03T15:00", shares: 3 }, looks: { "12:00": ["REDUCE", 1] } } as const;
    const lines = told(await ran(wish));
    expect(lines).toContain("01-03T14:00 superseded: the checkpoint at 14:00");
    const at = lines.indexOf("01-03T14:00 superseded: the checkpoint at 14:00");
    expect(total(lines.slice(0, at), "sell")).toBeGreaterThan(0);
    expect(total(lines.slice(0, at), "sell")).toBeLessThan(total(lines, "buy") / 2);
    const after = lines.slice(at).filter((line) => line.startsWith("01-03") && line.includes(" sell "));
    expect(after, "what has stayed stays").toEqual([]);
  });

  it("goes on no longer than the yes to it is for", async () => {
    const set = ["council.expirySeconds=1800"];
    const lines = told(await ran({ thin: { from: "01-03T12:00", shares: 3 }, looks: { "12:00": ["REDUCE", 1] }, set }));
    expect(lines).toContain("01-03T12:30 expired: not to be had in time");
  });

  it("is over when half is gone, also where nobody looks again before its time is up", async () => {
    const runs = await ran({
      thin: { from: "12-01T00:00", shares: 1 },
      looks: { "15:50": ["REDUCE", 1] },
      set: ["council.expirySeconds=900"],
    });
    expect(told(runs).filter((line) => line.startsWith("01-03T15") || line.startsWith("01-04"))).toEqual([
      expect.stringMatching(/^01-03T15:55 sell \d+ HYG$/),
      "01-04T09:35 executed",
    ]);
    expect(broken(runs)).toEqual([]);
  });

  it("ends with the position, whatever has taken the rest of that", async () => {
    const wish: Wish = {
      pitches: [{ horizon: "1d" }, {}],
      thin: { from: "01-03T14:00", to: "01-03T15:50", shares: 2 },
      looks: { "14:00": ["REDUCE", 1] },
    };
    const lines = told(await ran(wish)).filter((line) => line > "01-03T15:45" && line < "01-05");
    const gone = lines.findLastIndex((line) => line.includes(" sell "));
    expect(lines.slice(gone + 1).map((line) => line.slice(12))).toEqual(["executed"]);
  });
});

const pitches = [{ direction: "LONG" }, { direction: "SHORT", conviction: -1 }] as const;
const slow: Wish = { pitches, thin: { from: "01-09T15:50", to: "01-10T10:10", shares: 30 } };
const broken = (runs: readonly SeatRun[]): string[] => [...keptByDesks(entriesOf(runs, name))].map(({ invariant }) => invariant);

describe("a new trade while something of the old one is still held (COUN-7)", () => {
  it("waits until it is gone, and is then carried out with the next bar", async () => {
    const runs = await ran(slow);
    expect(broken(runs)).toEqual([]);
    const lines = told(runs);
    expect(lines.filter((line) => line.includes("failed"))).toEqual([]);
    const morning = lines.filter((line) => line.startsWith("01-10") && line < "01-10T12");
    const executed = morning.findIndex((line) => line.endsWith(" executed"));
    const leaving = morning.slice(0, executed);
    expect(new Set(leaving.map((line) => line.slice(0, 11))).size, "with every bar").toBeGreaterThan(3);
    const week = lines.filter((line) => line < "01-10T12" && !morning.slice(executed).includes(line));
    expect(total(week, "sell"), "all of the old trade is gone first").toBe(total(week, "buy"));
    const at = (line: string): number => newYork(line.slice(0, 11));
    expect(at(morning[executed]!) - at(leaving.at(-1)!), "the next bar or the one after it").toBeLessThanOrEqual(300_000);
  });

  it("expires where it is not gone in time", async () => {
    const set = ["council.expirySeconds=3600"];
    const lines = told(await ran({ pitches, thin: { from: "01-09T15:50", shares: 3 }, set }));
    expect(lines).toContain("01-10T10:35 expired: not to be had in time");
    expect(lines.filter((line) => line.includes("failed"))).toEqual([]);
  });
});

describe("the other half of a flip (COUN-8)", () => {
  it("waits until the first half is gone, tries that with every bar, and is taken with the bar after it", async () => {
    const runs = await ran({ thin: { from: "01-03T12:00", to: "01-03T12:40", shares: 60 }, looks: { "12:00": ["FLIP", -1] } });
    const lines = told(runs).filter((line) => line.startsWith("01-03T12"));
    const executed = lines.findIndex((line) => line.endsWith("executed"));
    const closing = lines.slice(0, executed).filter((line) => line.includes(" sell "));
    expect(new Set(closing.map((line) => line.slice(0, 11))).size).toBeGreaterThan(1);
    expect(total(closing, "sell"), "all of it is gone before the other side is taken").toBe(
      total(
        told(runs).filter((line) => line.startsWith("01-03T09")),
        "buy",
      ),
    );
    expect(lines.length, "within the hour").toBeGreaterThan(executed);
    expect(told(runs).filter((line) => line.includes("failed"))).toEqual([]);
  });
});

describe("planted bugs are told", () => {
  afterEach(asItWas);

  const bound = (target: object, key: PropertyKey): unknown => {
    const value: unknown = Reflect.get(target, key, target);
    return typeof value === "function" ? (value as (...of: unknown[]) => unknown).bind(target) : value;
  };

  it("a new trade that does not see what is left of the old one enters beside it (I15)", async () => {
    vi.resetModules();
    instead("desks/council-release.ts", ({ release }: { release: (...of: unknown[]) => Generator }) => ({
      release: ({ state, ...turn }: { readonly state: object }, ...of: unknown[]): Generator =>
        release({ ...turn, state: new Proxy(state, { get: (target, key) => (key === "positions" ? [] : bound(target, key)) }) }, ...of),
    }));
    const { ranCouncil: run } = await import("../lab/a-council-plan.ts");
    expect(broken(await ran(slow, run as typeof ranCouncil))).toContain("I15");
  });
});
