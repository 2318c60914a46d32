import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/journal/entry.ts";
import type { Fact } from "../../../src/journal/fact.ts";
import { always, type Person } from "../../../src/lab/council/council-approver.ts";
import type { PriceRule } from "../../../src/lab/twin/price-trade.ts";
import { twinItems } from "../../../src/lab/twin/twin-items.ts";
import { twinReport } from "../../../src/lab/twin/twin-report.ts";
import { approximately } from "../../../src/words/exact.ts";
import { aCouncilPlan, entriesOf, factsOfSeat, ranCouncil } from "../a-council-plan.ts";

const rule: PriceRule = { horizonBars: 60, feeBps: 0, spreadBps: 0, slippageBps: 0 };
const name = "pm-one";

async function twinOf(person: Person, set: readonly string[] = []) {
  const wish = { person: () => person, set, sessions: 9 };
  const runs = await ranCouncil(wish);
  const entries = entriesOf(runs, name);
  const report = twinReport(twinItems(entries), aCouncilPlan(wish).histories, rule);
  return { runs, entries, report, rows: rowsOf(entries) };
}
const rowsOf = (entries: readonly Entry[]): string[] =>
  twinItems(entries).items.map((item) => ("stage" in item ? item.stage : `${item.what} by ${item.by}`));

/** What a journal would say after it: the same wake, with facts of its own at the end. */
function followedBy(entries: readonly Entry[], ...facts: readonly Fact[]): readonly Entry[] {
  const open = entries.slice(0, entries.findIndex(({ fact }) => fact.kind === "trade_pending") + 1);
  const last = open.at(-1)!;
  const said = facts.map((fact, at): Entry => ({ ...last, sequence: last.sequence + 1 + at, fact }));
  return [...open, ...said];
}

describe("what a council's person was shown", () => {
  it("is priced where he said no to all of it (COUN-6)", async () => {
    const { runs, report, rows } = await twinOf(always(false, "ann"));
    const shown = factsOfSeat(runs, name, "trade_pending");
    expect(shown.length).toBe(2);
    expect(rows).toEqual(["shown", "declined by ann", "shown", "declined by ann"]);
    expect(report.rows.map(({ what, by, count }) => [what, by, count])).toEqual([["declined", "ann", 2]]);
    expect(report.rows[0]!.priced).toBeGreaterThan(0);
    expect(report.rows[0]!.added).toBe(0 - report.rows[0]!.wouldHaveBrought);
    expect(report.stages.map(({ stage }) => stage)).toEqual(["shown"]);
  });

  it("is of the size that he saw, with stop and target at its profile's percent from the price that he saw", async () => {
    const { entries, runs } = await twinOf(always(false));
    const [shown] = factsOfSeat(runs, name, "trade_pending");
    const price = approximately(shown!.price);
    const toward = shown!.side === "buy" ? 1 : -1;
    const { wish } = twinItems(entries).items.find((item) => "what" in item)!;
    expect(wish).toMatchObject({ side: shown!.side, notional: approximately(shown!.notional) });
    expect((wish as { stopLoss: number }).stopLoss).toBeCloseTo(price * (1 - (toward * shown!.stopPct) / 100), 6);
    expect((wish as { takeProfit: number }).takeProfit).toBeCloseTo(price * (1 + (toward * shown!.targetPct) / 100), 6);
  });

  it("is priced where nobody answered in time", async () => {
    const { rows } = await twinOf(() => undefined);
    expect(rows).toEqual(["shown", "expired by nobody answered", "shown", "expired by nobody answered"]);
  });

  it("is turned away by nobody where he said yes, and by a drift where what he was shown no longer held", async () => {
    const { rows, runs } = await twinOf(always(true));
    expect(rows).toContain("sent");
    expect(rows.filter((row) => row.includes(" by "))).toEqual([]);
    expect(factsOfSeat(runs, name, "trade_released").length).toBeGreaterThan(0);
    const strict = await twinOf(always(true), ["council.driftBpsMax=0"]);
    const drifts = factsOfSeat(strict.runs, name, "trade_drifted").length;
    expect(drifts).toBeGreaterThan(0);
    expect(strict.rows.filter((row) => row === "drifted by price").length).toBe(drifts);
    expect(strict.rows.filter((row) => row === "shown").length, "asked again is not wanted again").toBe(
      factsOfSeat(strict.runs, name, "trade_pending").filter(({ asked }) => asked === 1).length,
    );
  });

  const entriesOnce = twinOf(() => undefined);
  const facts = async () => {
    const { entries, runs } = await entriesOnce;
    const { trade, binding } = factsOfSeat(runs, name, "trade_pending")[0]!;
    const answer = (yes: boolean, more: object = {}): Fact => ({
      kind: "trade_answered",
      trade,
      binding,
      yes,
      by: "ann",
      why: "",
      ...more,
    });
    const end = (how: "failed" | "superseded" | "rejected" | "executed", why = "so it was"): Fact => ({
      kind: "trade_ended",
      trade,
      end: how,
      why,
    });
    const released: Fact = { kind: "trade_released", trade, intent: trade, by: "ann" };
    return { answer, end, released, told: (...of: readonly Fact[]) => rowsOf(followedBy(entries, ...of)) };
  };
  it("counts once what is over, by whoever ended it first", async () => {
    const { answer, end, told } = await facts();
    expect(told(answer(false), answer(false), end("superseded"))).toEqual(["shown", "declined by ann"]);
    expect(told(answer(true), answer(false)), "a yes may be taken back").toEqual(["shown", "declined by ann"]);
    expect(told(answer(false, { binding: "other" })), "said of something else").toEqual(["shown"]);
    expect(told(answer(false, { why: "binding_changed" }))).toEqual(["shown", "declined by binding_changed"]);
  });
  it("leaves to rails and venues what they turned away themselves", async () => {
    const { answer, end, released, told } = await facts();
    expect(told(answer(true), end("failed"))).toEqual(["shown", "dropped by so it was"]);
    expect(told(answer(true), released, end("failed", "refused")), "the rail tells it").toEqual(["shown"]);
    expect(told(answer(true), released, end("executed"))).toEqual(["shown"]);
    expect(told(end("superseded", "the next meeting"))).toEqual(["shown", "dropped by the next meeting"]);
  });

  it.each`
    action      | share  | exit         | because
    ${"exit"}   | ${1}   | ${true}      | ${"all of it was to be closed"}
    ${"reduce"} | ${0.5} | ${true}      | ${"half of it was"}
    ${"flip"}   | ${1}   | ${undefined} | ${"it is worth the side that it wanted"}
  `("takes $share of what was shown for a $action, since $because", async ({ action, share, exit }) => {
    const { entries, runs } = await entriesOnce;
    const [shown] = factsOfSeat(runs, name, "trade_pending");
    const other = { ...shown!, trade: "other" as never, action: action as "exit" };
    const no: Fact = { kind: "trade_answered", trade: "other" as never, binding: shown!.binding, yes: false, by: "ann", why: "" };
    const items = twinItems(followedBy(entries, other, no)).items.slice(1);
    expect(items.at(-1)).toMatchObject({ what: "declined", by: "ann" });
    const wish = items.at(-1)!.wish as { notional: number; exit?: boolean };
    expect(wish.notional).toBeCloseTo(approximately(shown!.notional) * (share as number), 6);
    expect(wish.exit).toBe(exit);
    expect(items.length, "only an entry is a wish of its own").toBe(action === "flip" ? 2 : 1);
  });
});
