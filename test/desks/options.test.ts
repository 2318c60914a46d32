import { beforeAll, describe, expect, it } from "vitest";
import { demoOptionsPlan, optionsPlan, optionsRules, optionsSettings } from "../../src/bin/options-plan.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Loaded } from "../../src/config/config.ts";
import type { OptionsSettings } from "../../src/desks/options-settings.ts";
import { options } from "../../src/desks/options.ts";
import { calendarOf } from "../../src/flow/market/calendar/calendar.ts";
import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { FactKind, FactOf } from "../../src/journal/fact.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest, runSimulation, type BacktestPlan } from "../../src/lab/backtest.ts";
import type { CorrelationId } from "../../src/words/ids.ts";
import type { Line } from "../../src/runtime/line.ts";
import { replayDecision, type Woken } from "../../src/runtime/replay-decision.ts";
import { turnAgain } from "../../src/runtime/turn-again.ts";
import { invariant } from "../../src/words/invariant.ts";
import { zeroMoney } from "../../src/words/money.ts";

const both = "options.llm.decisions=entry,exit";

function settings(set: readonly string[]): Loaded {
  const loaded = loadConfig({ set });
  invariant(loaded.ok, `a test's settings are good: ${loaded.ok ? "" : JSON.stringify(loaded.error)}`);
  return loaded.value;
}

let market: BacktestPlan<OptionsSettings>["histories"] = [];
beforeAll(() => {
  market = demoOptionsPlan(settings([]), new MemoryJournal(), 2).histories;
});

type More = Partial<Pick<BacktestPlan<OptionsSettings>, "model" | "commands" | "histories">>;
function ran(set: readonly string[], more: More = {}) {
  const journal = new MemoryJournal();
  const plan = { ...optionsPlan(settings(set), more.histories ?? market, journal), ...more };
  const run = runBacktest(plan);
  return { plan, run, entries: [...journal.entries()] };
}

const of = <Kind extends FactKind>(entries: readonly Entry[], kind: Kind): { at: Temporal.Instant; fact: FactOf<Kind> }[] =>
  entries.flatMap(({ at, fact }) => (fact.kind === kind ? [{ at, fact: fact as FactOf<Kind> }] : []));
const buys = (entries: readonly Entry[]) => of(entries, "filled").filter(({ fact }) => fact.fill.side === "buy");

/** The desk's line for a recorded decision, by these settings. */
function lineFor(woken: Woken, { config }: Loaded): Line {
  const { instruments } = woken.state.opening;
  return options.cycle(
    turnAgain(
      woken,
      optionsRules(
        config,
        instruments.map(({ id }) => id),
      ),
    ),
    optionsSettings(
      config,
      instruments.filter(({ kind }) => kind !== "option").map(({ id }) => id),
    ),
  );
}

/** Says the same to every question. */
const saying = (text: string): { ask: (question: Question) => ModelAnswer } => ({
  ask: () => ({ outcome: "ok", text, latencyMs: 0, tokensIn: 1, tokensOut: 1, cost: zeroMoney }),
});

describe("the options desk over a made-up market", () => {
  it("gives every candidate of every scan one outcome (LINE-4), asks within its budget (OPT-4) and sells before the close (OPT-6)", () => {
    const { entries, run } = ran([both]);
    const scans = of(entries, "scanned");
    expect(scans.length).toBeGreaterThan(150);
    for (const { fact } of scans) expect(Object.values(fact.outcomes).reduce((sum, count) => sum + count, 0)).toBe(fact.candidates);
    const asked = Map.groupBy(
      entries.filter(({ fact }) => fact.kind === "option_asked"),
      ({ correlation }) => correlation,
    );
    for (const questions of asked.values()) expect(questions.length).toBeLessThanOrEqual(4);
    expect(buys(entries).length).toBeGreaterThan(3);
    expect(run.state.positions).toEqual([]);
    for (const { at } of of(entries, "filled")) {
      const session = calendarOf("xnys").sessionAt(at);
      const left = (session!.closeAt.epochMilliseconds - at.epochMilliseconds) / 60_000;
      expect(left).toBeGreaterThan(9);
    }
  });

  it("enters only on an answer that passed both gates (OPT-2), and sells only so, or by a hard rail", () => {
    const { entries } = ran([both]);
    for (const { fact } of of(entries, "option_gated")) if (fact.acts) expect([fact.gate1, fact.gate2]).toEqual([true, true]);
    for (const { correlation, fact } of entries) {
      if (fact.kind !== "order_planned") continue;
      const cause = entries.filter((entry) => entry.correlation === correlation);
      const gated = cause.some(({ fact: why }) => why.kind === "option_gated" && why.instrument === fact.order.instrument && why.acts);
      const railed = cause.some(({ fact: why }) => why.kind === "hard_rail_fired" && why.instrument === fact.order.instrument);
      expect(gated || (railed && fact.order.purpose === "close")).toBe(true);
    }
  });

  it("stops at -25% of the premium on the bid, although the middle still stands higher", () => {
    const { entries } = ran([both]);
    const fired = of(entries, "hard_rail_fired").filter(({ fact }) => fact.rail === "stop_loss");
    expect(fired.length).toBeGreaterThan(0);
    for (const { at, fact } of fired) {
      const snapshot = of(entries, "woke").find((woke) => woke.at.equals(at))!.fact.snapshot;
      const { bid } = snapshot.assets.find(({ quote }) => quote.instrument === fact.instrument)!.quote;
      const paid = buys(entries).findLast(
        (fill) => fill.fact.fill.instrument === fact.instrument && Temporal.Instant.compare(fill.at, at) <= 0,
      )!;
      expect(bid * 100n <= paid.fact.fill.price * 75n).toBe(true);
    }
  });

  it("leaves entries to a person in the safe first stage (OPT-1), and does what the person says at the next scan", () => {
    const { entries } = ran([]);
    expect(buys(entries)).toEqual([]);
    expect(of(entries, "option_asked")).toEqual([]);
    const [item] = of(entries, "person_asked");
    const approve = { fromMs: item!.at.epochMilliseconds + 1, symbol: item!.fact.symbol, answer: "approve" } as const;
    const answered = ran([], { commands: [approve] }).entries;
    const [bought] = buys(answered);
    expect(bought!.fact.fill.instrument).toBe(item!.fact.instrument);
    expect(of(answered, "person_obeyed").map(({ fact }) => fact.outcome)).toContain("approved_by_person");
  });

  it("lets items run out rather than act on them late", () => {
    const { entries } = ran(["options.queueMinutes=5"]);
    expect(of(entries, "person_expired").length).toBeGreaterThan(1);
    expect(of(entries, "order_planned")).toEqual([]);
  });

  it.each([
    ["not JSON", "unreadable"],
    ['{"action":"SELL"}', "unreadable"],
    ['{"action":"BUY_ALL","confidence":1,"rationale":"x"}', "unreadable"],
    ['{"action":"APPROVE","confidence":0.59,"rationale":"x"}', "manual_fallback"],
    ['{"action":"NEED_USER","confidence":0.9,"rationale":"x"}', "need_user"],
  ])("answered %s it places nothing and asks a person: %s (LINE-5)", (text, why) => {
    const { entries } = ran([both], { model: saying(text) });
    expect(of(entries, "order_planned")).toEqual([]);
    expect(new Set(of(entries, "person_asked").map(({ fact }) => fact.why))).toEqual(new Set([why]));
  });

  it("keeps protecting with no model at all", () => {
    const approve = '{"action":"APPROVE","confidence":1,"rationale":"x"}';
    let questions = 0;
    const model = {
      ask: (question: Question): ModelAnswer =>
        question.schema.name === "option_entry@1" && questions++ < 3
          ? saying(approve).ask(question)
          : { outcome: "provider_error", detail: "down", latencyMs: 0, tokensIn: 0, tokensOut: 0, cost: zeroMoney },
    };
    const { entries, run } = ran([both], { model });
    expect(buys(entries).length).toBeGreaterThan(0);
    expect(run.state.positions).toEqual([]);
    expect(of(entries, "hard_rail_fired").length).toBeGreaterThan(0);
  });

  it("opens nothing and asks nothing under a kill switch, and still sells at the day's end", () => {
    const first = buys(ran([both]).entries)[0]!;
    const { entries, run } = ran([both], { commands: [{ fromMs: first.at.epochMilliseconds + 60_000, level: "K1" }] });
    const after = entries.filter(({ at }) => at.epochMilliseconds > first.at.epochMilliseconds + 600_000);
    expect(of(after, "option_asked")).toEqual([]);
    expect(of(after, "filled").every(({ fact }) => fact.fill.side === "sell")).toBe(true);
    expect(run.state.positions).toEqual([]);
  });

  it("refuses contracts without a bid, with crossed quotes or without greeks, and goes on with the others", () => {
    const broken = market.map(({ instrument, bars }, at) => {
      const { contract } = bars;
      if (contract === undefined) return { instrument, bars };
      const column = (value: number): Float64Array => new Float64Array(bars.length).fill(value);
      const hurt = [
        { bid: column(0) },
        { bid: contract.ask, ask: contract.bid },
        { delta: column(Number.NaN), theta: column(Number.NaN) },
        {},
      ][at % 4];
      return { instrument, bars: { ...bars, contract: { ...contract, ...hurt } } };
    });
    const { entries } = ran([both], { histories: broken });
    const whole = new Set(broken.filter((_, at) => at % 4 === 3).map(({ instrument }) => instrument.id));
    expect(buys(entries).length).toBeGreaterThan(0);
    for (const { fact } of of(entries, "option_asked")) expect(whole).toContain(fact.instrument);
  });

  it("writes the same journal twice, and the same with ports that answer later", async () => {
    const lines = (entries: readonly Entry[]): string[] => entries.map(encodeEntry);
    const once = lines(ran([both]).entries);
    expect(lines(ran([both]).entries)).toEqual(once);
    const journal = new MemoryJournal();
    await runSimulation(optionsPlan(settings([both]), market, journal));
    expect(lines([...journal.entries()])).toEqual(once);
  });

  it("computes any decision again, byte for byte, and another one with another confidence (LINE-8)", () => {
    const { entries } = ran([both]);
    const again = (id: CorrelationId, set: readonly string[]) =>
      replayDecision(entries, id, (woken) => lineFor(woken, settings([both, ...set])));
    const ids = [...new Set(entries.flatMap(({ correlation, fact }) => (fact.kind === "option_gated" ? [correlation!] : [])))];
    expect(ids.length).toBeGreaterThan(20);
    for (const id of ids) {
      const replayed = again(id, []);
      expect(replayed.ok && [replayed.value.differsAt, replayed.value.replayed.length > 3]).toEqual([undefined, true]);
    }
    const bought = entries.find(({ fact }) => fact.kind === "option_gated" && fact.outcome === "approve")!;
    const stricter = again(bought.correlation!, ["options.llm.confidenceMin=0.99"]);
    expect(stricter.ok && stricter.value.replayed.some(({ kind }) => kind === "order_planned")).toBe(false);
  });

  it("holds a position over night only where that was configured, and never into its expiry (OPT-13)", () => {
    const approve = '{"action":"APPROVE","confidence":1,"rationale":"x"}';
    const hold = '{"action":"HOLD","wait_minutes":null,"confidence":1,"rationale":"x"}';
    const model = { ask: (question: Question) => saying(question.schema.name === "option_entry@1" ? approve : hold).ask(question) };
    const daily = ran([both, "options.stopLossPct=99"], { model });
    expect(daily.run.state.positions).toEqual([]);
    const over = ran([both, "options.stopLossPct=99", "options.holdOvernight=true"], { model });
    expect(over.run.state.positions.length).toBeGreaterThan(0);
  });

  it("sells before a contract's last day, and tries on that day what was too thin, unless it may be carried into its expiry (OPT-13)", () => {
    const week = demoOptionsPlan(settings([]), new MemoryJournal(), 5).histories;
    const approve = '{"action":"APPROVE","confidence":1,"rationale":"x"}';
    const hold = '{"action":"HOLD","wait_minutes":null,"confidence":1,"rationale":"x"}';
    const model = { ask: (question: Question) => saying(question.schema.name === "option_entry@1" ? approve : hold).ask(question) };
    const nearest = ["options.daysToExpiryMax=4", "options.stopLossPct=99", "options.holdOvernight=true", "options.thetaMin=-5", both];
    const lastBars = (entries: readonly Entry[]) => of(entries, "hard_rail_fired").map(({ fact }) => fact.rail);
    const closed = ran(nearest, { model, histories: week });
    expect(of(closed.entries, "option_exercised")).toEqual([]);
    expect(closed.run.state.positions).toEqual([]);
    expect(lastBars(closed.entries)).toContain("day_end");
    const carried = ran([...nearest, "options.carryIntoExpiry=true"], { model, histories: week });
    expect(lastBars(carried.entries)).not.toContain("day_end");
    expect(of(carried.entries, "option_exercised").length + of(carried.entries, "option_expired").length).toBeGreaterThan(0);
  });
});
