import { afterEach, describe, expect, it, vi } from "vitest";
import type { Pitch } from "../../src/flow/proposals/council-words.ts";
import type { Question } from "../../src/flow/proposals/question.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { SeatRun } from "../../src/lab/council/council-run.ts";
import { aPitch, said } from "../flow/proposals/council-pitches.ts";
import { entriesOf, factsOfSeat, ranCouncil } from "../lab/a-council-plan.ts";
import { asItWas, instead } from "../lab/instead.ts";

const name = "pm-one";
const newYork = (time: string): number => Temporal.PlainDateTime.from(`2024-${time}`).toZonedDateTime("America/New_York").epochMilliseconds;

/** From then on a bar of HYG gives so many shares and no more. */
function thin(histories: readonly AssetHistory[], from: string, shares: number, participation: number): readonly AssetHistory[] {
  const fromMs = newYork(from);
  return histories.map((of) => {
    if (of.instrument.symbol !== "HYG") return of;
    const volume = of.bars.volume.map((lots, at) => ((of.bars.openMs[at] ?? 0) < fromMs ? lots : Math.ceil(shares / participation)));
    return { ...of, bars: { ...of.bars, volume } };
  });
}

type Wish = {
  readonly pitch: Partial<Pitch>;
  readonly from: string;
  readonly shares: number;
  readonly events?: string;
  readonly exit?: boolean;
};
type Ran = typeof ranCouncil;

const left = async ({ pitch, from, shares, events, exit }: Wish, ran: Ran = ranCouncil): Promise<readonly SeatRun[]> =>
  ran({
    sessions: 8,
    set: events === undefined ? [] : [`council.events=${events}`],
    plan: (of) => ({ ...of, histories: thin(of.histories, from, shares, of.venue.participation) }),
    answer: ({ schema, user }: Question) => {
      if (schema.name === "council_pitch@1" && user.includes("\nmomentum,"))
        return said(aPitch({ symbol: "HYG", profile: "WIDE", conviction: 1, ...pitch }));
      if (schema.name !== "council_checkpoint@1") return undefined;
      const leaves = exit === true && user.includes("\n12:00,HYG,");
      return JSON.stringify({ action: leaves ? "EXIT" : "STAY", conviction: leaves ? 0 : 1, reason: "seen" });
    },
  });

/** Each time at which some of it was sold. */
const sold = (runs: readonly SeatRun[]): string[] =>
  entriesOf(runs, name).flatMap(({ at, fact }) =>
    fact.kind === "filled" && fact.fill.instrument === "HYG" && fact.fill.side === "sell"
      ? [at.toZonedDateTimeISO("America/New_York").toPlainDateTime().toString().slice(5, 16)]
      : [],
  );
const weekOf = (runs: readonly SeatRun[]): string[] => sold(runs).filter((time, at, all) => at === 0 || all[at - 1] !== time);

const before = { pitch: { outBefore: ["NFP"] }, from: "01-04T14:00", shares: 30, events: "NFP:2024-01-05T08:30" } as const;
const everyBar = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    Temporal.PlainDateTime.from(`2024-${from}`)
      .add({ minutes: 5 * at })
      .toString()
      .slice(5, 16),
  );

describe("a way out that is only partly filled is tried again with every bar (COUN-11)", () => {
  it.each`
    way                          | wish                                                                         | expected                                                          | because
    ${"before an event"}         | ${before}                                                                    | ${everyBar("01-04T14:00", 7)}                                     | ${"the event is the next morning, and nothing may ride past it"}
    ${"at the end of a horizon"} | ${{ pitch: { horizon: "1d" }, from: "01-03T15:50", shares: 60 }}             | ${[...everyBar("01-03T15:50", 2), ...everyBar("01-04T09:35", 2)]} | ${"what the session did not take the next one does, from its first bar on"}
    ${"by a person's exit"}      | ${{ pitch: { horizon: "1w" }, from: "01-03T12:00", shares: 60, exit: true }} | ${everyBar("01-03T12:15", 4)}                                     | ${"what he said yes to was the whole of it"}
    ${"at the next meeting"}     | ${{ pitch: { horizon: "1w" }, from: "01-09T15:50", shares: 60 }}             | ${[...everyBar("01-09T15:50", 2), ...everyBar("01-10T09:35", 2)]} | ${"it is gone before the new trade is carried out"}
  `("$way: $expected, since $because", async ({ wish, expected }) => {
    const runs = await left(wish);
    expect(weekOf(runs).slice(0, expected.length)).toEqual(expected);
    const failed = factsOfSeat(runs, name, "trade_ended").filter(({ end }) => end === "failed");
    expect(failed.map(({ why }) => why)).toEqual([]);
    // Its stop and its target end with it.
    const { state } = runs.find((each) => each.name === name)!.run;
    expect(state.openOrders.filter(({ instrument }) => instrument === "HYG" && state.position(instrument) === undefined)).toEqual([]);
  });

  it("says why at each of them, and asks nobody anything", async () => {
    const runs = await left(before);
    const entries = entriesOf(runs, name).filter(
      ({ at }) => at.epochMilliseconds > newYork("01-04T14:00") && at.epochMilliseconds < newYork("01-04T14:35"),
    );
    expect(entries.filter(({ fact }) => fact.kind === "model_asked" || fact.kind === "trade_pending")).toEqual([]);
    const scans = entries.flatMap(({ fact }) => (fact.kind === "scanned" ? Object.keys(fact.outcomes) : []));
    expect(new Set(scans)).toEqual(new Set(["out_before_event"]));
  });
});

describe("planted bugs are told", () => {
  afterEach(asItWas);

  const after = (runs: readonly SeatRun[]): string[] => sold(runs).filter((time) => time >= "01-05");

  it("a desk that wakes only when something falls due rides past the event", async () => {
    expect(after(await left(before))).toEqual([]);
    vi.resetModules();
    instead("desks/council-exit.ts", () => ({ leaveMs: () => Infinity }));
    const { ranCouncil: ran } = await import("../lab/a-council-plan.ts");
    expect(after(await left(before, ran as Ran))).not.toEqual([]);
  });

  it("a desk that tries once rides past it too", async () => {
    vi.resetModules();
    let tried = false;
    instead("desks/council-exit.ts", ({ leaveInTime }: { leaveInTime: (...of: unknown[]) => Generator<unknown, string | undefined> }) => ({
      *leaveInTime(...of: unknown[]) {
        if (tried) return undefined;
        const done = (yield* leaveInTime(...of) as Generator) as string | undefined;
        tried = done !== undefined;
        return done;
      },
    }));
    const { ranCouncil: ran } = await import("../lab/a-council-plan.ts");
    expect(weekOf(await left(before, ran as Ran)).filter((time) => time < "01-05").length).toBeLessThan(7);
  });
});
