import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/journal/entry.ts";
import { AccountState } from "../../src/journal/account-state.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { AccountRunner } from "../../src/runtime/account-runner.ts";
import { drive, driveNow } from "../../src/runtime/drive.ts";
import type { TimeReply } from "../../src/runtime/line.ts";
import { measureClock } from "../../src/runtime/measure-clock.ts";
import type { Turn } from "../../src/runtime/turn.ts";
import { ManualClock } from "../../src/sim/manual-clock.ts";
import { SilentApprover } from "../../src/sim/silent-approver.ts";
import { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import { accountId, deskId } from "../../src/words/ids.ts";
import { instantOfMs } from "../../src/words/instant.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";
import { venueWith } from "../lab/venue-with.ts";

const dayMs = 86_400_000;
const answer = (nowMs: number, skewMs: number, wayMs = 0): TimeReply => ({
  askedAt: instantOfMs(nowMs),
  answeredAt: instantOfMs(nowMs + wayMs),
  told: { at: instantOfMs(nowMs + wayMs / 2 + skewMs), stepMs: 0 },
});
const silent = (nowMs: number): TimeReply => ({ askedAt: instantOfMs(nowMs), answeredAt: instantOfMs(nowMs), told: "unavailable" });

/** What is journalled of these answers, one after the other, in words; and whether the clock was known after each. */
function heard(...replies: readonly TimeReply[]): readonly string[] {
  const state = new AccountState();
  const said: string[] = [];
  for (const reply of replies) {
    let fact = "";
    const isKnown = driveNow(measureClock({ state }), (step) => {
      if (step.do === "ask_time") return reply;
      if (step.do !== "record") return expect.unreachable(step.do);
      fact = step.fact.kind === "clock_measured" ? `${step.fact.skewMs}` : step.fact.kind;
      const at = reply?.answeredAt ?? expect.unreachable();
      const entry: Entry = { sequence: state.sequence + 1, at, account: accountId("a"), desk: deskId("d"), config: "", fact: step.fact };
      state.apply(entry);
      return undefined;
    });
    said.push(`${fact}${isKnown ? "" : "?"}`);
  }
  return said;
}

describe("the venue's clock is measured, and journalled where that says something (OPT-7)", () => {
  it.each<[because: string, replies: readonly TimeReply[], said: readonly string[]]>([
    ["a clock that is ours says nothing", [answer(0, 0), answer(dayMs, 0)], ["", ""]],
    ["one that is off is told once", [answer(0, 80), answer(1_000, 80)], ["80", ""]],
    ["and again every day", [answer(0, 80), answer(dayMs - 1, 80), answer(dayMs, 80)], ["80", "", "80"]],
    ["a little more is the same", [answer(0, 80), answer(1, 130)], ["80", ""]],
    ["more than that is not", [answer(0, 80), answer(1, 131)], ["80", "131"]],
    ["unless the way there and back may have made it", [answer(0, 80), answer(1, 230, 200), answer(400, 231, 202)], ["80", "", ""]],
    ["what passes the bound is told, however little it moved", [answer(0, 490), answer(1, 501), answer(2, 499)], ["490", "501", "499"]],
    ["right again is told once", [answer(0, 80), answer(1, 0), answer(dayMs, 0)], ["80", "0", ""]],
    ["no answer is no zero, and told once", [silent(0), silent(1)], ["clock_unanswered?", "?"]],
    [
      "an answer ends it, a zero too",
      [silent(0), answer(1, 0), silent(2), answer(3, 9)],
      ["clock_unanswered?", "0", "clock_unanswered?", "9"],
    ],
    [
      "in a silence nobody asks, and what was known stands",
      [answer(0, 80), undefined, silent(1), undefined],
      ["80", "", "clock_unanswered?", "?"],
    ],
    ["an answer that took long is told as what it is", [answer(0, 0, 2_400)], ["0"]],
  ])("%s", (_, replies, said) => {
    expect(heard(...replies)).toEqual(said);
  });
});

const set = ["perps.strategy=aggressive"];
const hashOf = (plan: ReturnType<typeof aPlan>): string => plan.journal.head().hash;
const sent = (entries: readonly Entry[]): number => entries.filter(({ fact }) => fact.kind === "order_sent").length;
const kinds = (entries: readonly Entry[], kind: Entry["fact"]["kind"]): readonly Entry[] =>
  entries.filter(({ fact }) => fact.kind === kind);

/** Ten days over a venue whose clock says what `told` makes of the true time. */
function daysWith(told: (nowMs: number) => number | "unavailable") {
  const plan = aPlan({
    days: 10,
    set,
    more: {
      through: (venue, clock) =>
        venueWith(venue, {
          time: () => {
            const ms = told(clock.ms);
            return ms === "unavailable" ? ms : { at: instantOfMs(ms), stepMs: 0 };
          },
        }),
    },
  });
  runBacktest(plan);
  return { plan, entries: entriesOf(plan) };
}

describe("what follows from a venue's clock (OPT-7, C1)", () => {
  const usual = aPlan({ days: 10, set });
  runBacktest(usual);

  it("nothing where it is ours: the journal is the same to the byte as of a venue that is never asked", () => {
    const { plan, entries } = daysWith((ms) => ms);
    expect(sent(entries)).toBeGreaterThan(5);
    expect(hashOf(plan)).toBe(hashOf(usual));
    expect(kinds(entriesOf(usual), "clock_measured")).toEqual([]);
  });

  it.each([501, -501, 60_000])("%s ms off: it is known before the first entry, told each day, and nothing is entered", (offMs) => {
    const { entries } = daysWith((ms) => ms + offMs);
    const days = kinds(entries, "clock_measured").map(({ at }) => at.toString().slice(0, 10));
    expect([days.length, new Set(days).size], "each of the days, and the first instant after them").toEqual([11, 11]);
    expect(kinds(entries, "clock_measured")[0]?.sequence).toBe(2);
    expect(kinds(entries, "order_sent")).toEqual([]);
    const refusals = entries.flatMap(({ fact }) => (fact.kind === "refused" ? [fact.refusal] : []));
    expect(refusals.length).toBeGreaterThan(5);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(["stale_data.clock_off"]));
    expect(refusals[0]?.detail).toBe(`venue clock ${Math.abs(offMs)} ms ${offMs > 0 ? "ahead" : "behind"}, give or take 0`);
    expect(refusals[0]).toMatchObject({ unit: "ms", measured: Math.abs(offMs), limit: 500 });
  });

  it("half a second off: the day goes on as it was", () => {
    expect(sent(daysWith((ms) => ms - 500).entries)).toBe(sent(entriesOf(usual)));
  });

  it("a venue that never tells its time is unknown: said once, asked again and again, nothing is entered", () => {
    let asked = 0;
    const { entries } = daysWith(() => (asked++, "unavailable"));
    expect(kinds(entries, "clock_unanswered")).toHaveLength(1);
    expect(asked).toBeGreaterThan(200);
    expect(kinds(entries, "order_sent")).toEqual([]);
    expect(kinds(entries, "refused").length).toBeGreaterThan(5);
  });

  it("exits go on: what is held when the clock is lost is closed by its rules, and nothing new comes (C1)", () => {
    const opening = kinds(entriesOf(usual), "filled")[0]!.at.epochMilliseconds;
    const { plan, entries } = daysWith((ms) => (ms > opening + dayMs ? ms + 120_000 : ms));
    const off = kinds(entries, "clock_measured")[0]!;
    const after = entries.filter(({ sequence }) => sequence > off.sequence);
    const purposes = after.flatMap(({ fact }) => (fact.kind === "order_planned" ? [fact.order.purpose] : []));
    expect(purposes.length).toBeGreaterThan(0);
    expect(purposes).not.toContain("entry");
    const state = new AccountState();
    for (const entry of plan.journal.entries()) state.apply(entry);
    expect(state.measured.clock).toMatchObject({ known: "measured", skewMs: 120_000 });
  });

  it("the way there and back is on our clock, and half of it is what is not known (Cristian)", async () => {
    const clock = new ManualClock(1_000_000);
    const plan = aPlan({ days: 2 });
    const venue = venueWith(new SimVenue({ ...plan.venue, account: plan.account, instruments: [] }), {
      time: async () => {
        const at = instantOfMs(clock.ms + 30 + 200);
        await Promise.resolve();
        clock.moveTo(clock.ms + 60);
        return { at, stepMs: 0 };
      },
    });
    const seen: Entry[] = [];
    const ports = { clock, journal: new MemoryJournal(), venue, model: plan.model, approver: new SilentApprover() };
    const runner = new AccountRunner(ports, plan.account, deskId("perps"), "", (entry) => seen.push(entry));
    await drive(measureClock(runner), (step) => runner.perform({} as Turn, step));
    expect(seen.map(({ fact }) => fact)).toEqual([
      { kind: "clock_measured", venueAt: instantOfMs(1_000_230), skewMs: 200, uncertaintyMs: 30 },
    ]);
    expect(runner.state.measured.clock).toMatchObject({ known: "measured", skewMs: 200, uncertaintyMs: 30 });
  });
});
