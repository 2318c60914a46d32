import { describe, expect, it } from "vitest";
import { perps, type PerpsSettings } from "../../src/desks/perps.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import type { Approver } from "../../src/ports/approver.ts";
import { replayDecision, type Woken } from "../../src/runtime/replay-decision.ts";
import { turnAgain } from "../../src/runtime/turn-again.ts";
import { type HouseRules } from "../../src/runtime/turn.ts";
import type { Line } from "../../src/runtime/line.ts";
import { correlationId } from "../../src/words/ids.ts";
import { present } from "../../src/words/invariant.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";

/** The desk's line for a decision of a plan's journal, with other rules for a what-if. */
const lineOf =
  (plan: BacktestPlan, rules: HouseRules = plan.rules, settings: PerpsSettings = plan.settings) =>
  (woken: Woken): Line =>
    perps.cycle(turnAgain(woken, rules), settings);

const decisionsOf = (entries: readonly Entry[]) =>
  entries.flatMap(({ fact, correlation }) => (fact.kind === "woke" ? [present(correlation, "a decision has a correlation")] : []));

/** A person who says yes to what was shown, to something else, no, and so on in turn. */
const hesitant = (): Approver => {
  let asked = 0;
  return {
    ask(_intent, binding) {
      asked++;
      if (asked % 3 === 0) return { yes: false, by: "ann", why: "not today" };
      return { yes: true, by: "ann", binding: asked % 3 === 1 ? binding : `${binding} ` };
    },
  };
};

const settings = [
  ["perps.strategy=aggressive"],
  ["perps.strategy=swing", "perps.proposer=house"],
  ["perps.strategy=scalping", "perps.proposer=house", "approval.personAboveUsd=100"],
] as const;

describe("a decision computed again (LINE-8)", () => {
  it.each(settings.map((set) => ({ set, name: set.join(" ") })))("is the same byte for byte, each of a run with $name", ({ set }) => {
    const plan = aPlan({ days: 8, set, more: { approver: hesitant() } });
    runBacktest(plan);
    const entries = entriesOf(plan);
    let ordered = 0;
    for (const id of decisionsOf(entries)) {
      const replayed = replayDecision(entries, id, lineOf(plan));
      if (!replayed.ok) throw new Error(`${id}: ${replayed.error.code}`);
      const { differsAt, recorded } = replayed.value;
      expect(differsAt === undefined ? "same" : `${id} differs at ${differsAt}: ${recorded[differsAt]?.kind}`).toBe("same");
      if (recorded.some(({ kind }) => kind === "order_sent")) ordered++;
    }
    expect(ordered).toBeGreaterThan(3);
  });

  it("shows a refusal where a tighter limit would have refused, and asks nobody", () => {
    const plan = aPlan({ days: 8, set: settings[1] });
    runBacktest(plan);
    const entries = entriesOf(plan);
    const tight = { ...plan.rules, limits: { ...plan.rules.limits, concentrationBpsMax: 0 } };
    const first = present(
      entries.find(({ fact }) => fact.kind === "passed"),
      "something passed",
    ).correlation!;
    const replayed = replayDecision(entries, first, lineOf(plan, tight));
    if (!replayed.ok) throw new Error(replayed.error.code);
    const { recorded, replayed: now, differsAt } = replayed.value;
    const kinds = (facts: readonly { readonly kind: string }[], kind: string): number => facts.filter((fact) => fact.kind === kind).length;
    expect(kinds(recorded, "order_sent")).toBeGreaterThan(0);
    expect(kinds(now, "order_sent")).toBe(0);
    const refusals = now.flatMap((fact) => (fact.kind === "refused" ? [fact.refusal.code] : []));
    expect(refusals).toEqual(Array.from({ length: kinds(recorded, "order_sent") }, () => "concentration"));
    expect(recorded[differsAt!]?.kind, "up to the rails nothing differs").toBe("passed");
    expect(kinds(now, "model_answered"), "the recorded answer is used").toBe(1);
  });

  it("says which decision it cannot compute", () => {
    const plan = aPlan({ days: 8, set: settings[0] });
    runBacktest(plan);
    const entries = entriesOf(plan);
    const last = decisionsOf(entries).at(-1)!;
    const end = entries.findLastIndex(({ fact, correlation }) => fact.kind === "scanned" && correlation === last);
    expect(replayDecision(entries, correlationId("nobody-0001"), lineOf(plan))).toEqual({ ok: false, error: { code: "unknown_decision" } });
    expect(replayDecision(entries.slice(0, end), last, lineOf(plan))).toEqual({ ok: false, error: { code: "unfinished_decision" } });
    expect(replayDecision(entries.slice(0, end + 1), last, lineOf(plan)).ok).toBe(true);
  });
});
