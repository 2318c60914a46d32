import { beforeAll, describe, expect, it } from "vitest";
import { demoOptionsPlan, optionsPlan } from "../../src/bin/options-plan.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Loaded } from "../../src/config/config.ts";
import type { OptionsSettings } from "../../src/desks/options-settings.ts";
import type { Fill } from "../../src/flow/fills/fill.ts";
import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest, type BacktestPlan } from "../../src/lab/backtest.ts";
import { instantOfMs } from "../../src/words/instant.ts";
import { invariant } from "../../src/words/invariant.ts";
import { zeroMoney } from "../../src/words/money.ts";
import { venueWith } from "../lab/venue-with.ts";

type Plan = BacktestPlan<OptionsSettings>;
const minuteMs = 60_000;

function settings(set: readonly string[] = []): Loaded {
  const loaded = loadConfig({ set });
  invariant(loaded.ok, "a test's settings are good");
  return loaded.value;
}

/** Buys whatever it is shown and would never sell: what is sold is sold by the rails. */
const holder = {
  ask: ({ schema }: Question): ModelAnswer => ({
    outcome: "ok",
    text:
      schema.name === "option_entry@1"
        ? '{"action":"APPROVE","confidence":1,"rationale":"x"}'
        : '{"action":"HOLD","wait_minutes":null,"confidence":1,"rationale":"x"}',
    latencyMs: 0,
    tokensIn: 1,
    tokensOut: 1,
    cost: zeroMoney,
  }),
};

let market: Plan["histories"] = [];
beforeAll(() => {
  market = demoOptionsPlan(settings(), new MemoryJournal(), 4).histories;
});

const inNewYork = (at: Temporal.Instant): string => at.toZonedDateTimeISO("America/New_York").toPlainTime().toString();

/** Days in which the clock is asked for each minute; what the rails sold, and when it was in New York. */
function day(through: NonNullable<Plan["through"]>) {
  const journal = new MemoryJournal();
  const plan = optionsPlan(settings(["options.llm.decisions=entry,exit", "options.stopLossPct=99"]), market, journal);
  const run = runBacktest({ ...plan, model: holder, through, reconcileMs: minuteMs });
  const entries = [...journal.entries()];
  const sold = entries.flatMap(({ at, fact }) =>
    fact.kind === "hard_rail_fired" && fact.decision === "exit" ? [`${fact.rail} ${inNewYork(at)}`] : [],
  );
  return { entries, sold, held: run.state.positions };
}

const noon = (ms: number): boolean => inNewYork(instantOfMs(ms)) >= "12";

describe("the hours of a session are by our clock, whatever the venue's says (OPT-7, OPT-13)", () => {
  it.each([
    ["as ours", 0],
    ["two minutes ahead", 120_000],
    ["two minutes behind", -120_000],
  ])("%s from noon on: everything is sold at a quarter to four and not a minute before or after", (_, offMs) => {
    const { entries, sold, held } = day((venue, clock) =>
      venueWith(venue, { time: () => ({ at: instantOfMs(clock.ms + (noon(clock.ms) ? offMs : 0)), stepMs: 0 }) }),
    );
    expect(sold[0]).toBe("day_end 15:45:00");
    expect(held).toEqual([]);
    const bought = entries.filter(
      ({ fact, at }) => fact.kind === "filled" && fact.fill.side === "buy" && noon(at.epochMilliseconds - minuteMs),
    );
    if (offMs !== 0) expect(bought, "and nothing was entered after noon").toEqual([]);
  });

  it("a purchase that a slow clock stamped before the open is of this session all the same", () => {
    const early = <Of extends Fill>(fill: Of): Of => ({ ...fill, at: fill.at.subtract({ minutes: 50 }) });
    const { entries, sold } = day((venue) =>
      venueWith(venue, {
        drain: () => venue.drain().map((report) => (report.kind === "filled" ? { ...report, fill: early(report.fill) } : report)),
        executions: (since) => venue.executions(since).map(early),
      }),
    );
    const before = entries.filter(({ fact, at }) => fact.kind === "filled" && inNewYork(at) < "09:30");
    expect(before.length, "a day without one proves nothing").toBeGreaterThan(0);
    expect(new Set(sold)).toEqual(new Set(sold.filter((text) => text >= "day_end 15:45:00")));
  });
});
