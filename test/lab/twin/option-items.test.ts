import { beforeAll, describe, expect, it } from "vitest";
import { demoOptionsPlan, optionsPlan } from "../../../src/bin/options-plan.ts";
import { priceRuleOf } from "../../../src/bin/twin-market.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { options } from "../../../src/desks/options.ts";
import type { ModelAnswer, Question } from "../../../src/flow/proposals/question.ts";
import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import type { Entry } from "../../../src/journal/entry.ts";
import type { Fact, FactKind, FactOf } from "../../../src/journal/fact.ts";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { runBacktest } from "../../../src/lab/backtest.ts";
import { twinItems } from "../../../src/lab/twin/twin-items.ts";
import { twinReport } from "../../../src/lab/twin/twin-report.ts";
import { zeroMoney } from "../../../src/words/money.ts";

const loadedWith = (...set: readonly string[]) => {
  const loaded = loadConfig({ set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};
const rule = priceRuleOf(options.id, loadedWith().config);
let market: readonly AssetHistory[];
beforeAll(() => {
  market = demoOptionsPlan(loadedWith(), new MemoryJournal(), 1).histories;
});

type Says = (question: Question) => string | undefined;
/** One session; what is not said is the model's failure. */
function ran(says: Says, ...set: readonly string[]): readonly Entry[] {
  const journal = new MemoryJournal();
  const model = {
    ask(question: Question): ModelAnswer {
      const text = says(question);
      const cost = { latencyMs: 0, tokensIn: 1, tokensOut: 1, cost: zeroMoney };
      return text === undefined ? { outcome: "provider_error", detail: "no", ...cost } : { outcome: "ok", text, ...cost };
    },
  };
  runBacktest({ ...optionsPlan(loadedWith("options.llm.decisions=entry,exit", ...set), market, journal), model });
  return [...journal.entries()];
}
const word = (action: string, confidence = 0.9): string => JSON.stringify({ action, confidence, rationale: "so" });
const isExit = ({ schema }: Question): boolean => schema.name === "option_exit@1";
const of = <Kind extends FactKind>(entries: readonly Entry[], kind: Kind): FactOf<Kind>[] =>
  entries.flatMap(({ fact }) => (fact.kind === kind ? [fact as FactOf<Kind>] : []));

const counted = (entries: readonly Entry[]): Record<string, number> => {
  const rows: Record<string, number> = {};
  for (const item of twinItems(entries, 2000).items) {
    const name = "stage" in item ? item.stage : `${item.what} by ${item.by}`;
    rows[name] = (rows[name] ?? 0) + 1;
  }
  return rows;
};

describe("what an options desk turned away", () => {
  it("is what its rule picked and a model rejected, each at the modelled quote of its contract", () => {
    const entries = ran(() => word("REJECT"));
    const asked = of(entries, "option_asked").length;
    expect(asked).toBeGreaterThan(3);
    expect(counted(entries)).toEqual({ rules: asked, "stood_down by entry: reject": asked });
    const report = twinReport(twinItems(entries, 2000), market, rule);
    expect(report.stages.map(({ stage, count, priced }) => [stage, count, priced > 0])).toEqual([["rules", asked, true]]);
    expect(report.rows.map(({ what, count }) => [what, count])).toEqual([["stood_down", asked]]);
    const ids = new Set(of(entries, "option_asked").map(({ instrument }) => instrument));
    for (const { instrument, wish } of twinItems(entries, 2000).items) {
      expect(ids.has(instrument!)).toBe(true);
      expect(wish).toMatchObject({ side: "buy", notional: 2000 });
    }
  });

  it("is what a gate blocked, once and by its reason, though its proposal stood down too (OPT-2)", () => {
    const entries = ran(() => word("APPROVE", 0.3));
    const asked = of(entries, "option_asked").length;
    expect(of(entries, "stood_down").length).toBe(asked);
    const { "expired by entry: manual_fallback": expired, ...rest } = counted(entries);
    expect(rest).toEqual({ rules: asked, model: asked, "gated by entry: gate 2 confidence": asked });
    expect(expired, "and of its item for a person, once more when that expires").toBe(of(entries, "person_expired").length);
    expect(expired).toBeGreaterThan(0);
  });

  it("is a sale that gate 1 blocked, worth all that is held", () => {
    const entries = ran((question) => word(isExit(question) ? "SELL" : "APPROVE"));
    const blocked = of(entries, "option_gated").filter(({ outcome, decision }) => decision === "exit" && outcome === "gate1_blocked");
    expect(blocked.length).toBeGreaterThan(0);
    const items = twinItems(entries, 2000).items.filter((item) => "what" in item && item.what === "gated");
    expect(items.length).toBe(blocked.length);
    for (const { wish } of items) expect(wish).toMatchObject({ side: "sell", exit: true, paid: expect.any(Number) });
    const { rows } = twinReport(twinItems(entries, 2000), market, rule);
    expect(rows.find(({ what, by }) => what === "gated" && by.startsWith("exit: gate 1 "))?.priced).toBeGreaterThan(0);
  });

  it("is nothing where a model holds what is held, and a counted row where an item about that expires", () => {
    const held = ran((question) => word(isExit(question) ? "HOLD" : "APPROVE"));
    expect(Object.keys(counted(held)).filter((row) => row.includes("exit"))).toEqual([]);
    const unsure = ran((question) => (isExit(question) ? word("HOLD", 0.2) : word("APPROVE")));
    const expired = of(unsure, "person_expired").length;
    expect(expired).toBeGreaterThan(0);
    expect(counted(unsure)["expired by exit: manual_fallback"]).toBe(expired);
    const report = twinReport(twinItems(unsure, 2000), market, rule);
    expect(report.unpriced["no_sale_wanted"]).toBe(expired);
    expect(report.rows.find(({ what }) => what === "expired")).toMatchObject({ count: expired, priced: 0, verdict: "too_few" });
  });

  it("is what a model that does not answer leaves unbought", () => {
    const entries = ran(() => undefined);
    const asked = of(entries, "option_asked").length;
    expect(counted(entries)).toMatchObject({ rules: asked, "unanswered by model": asked });
  });

  it("counts what nobody sized instead of pricing it", () => {
    const report = twinReport(twinItems(ran(() => word("REJECT"))), market, rule);
    expect(report.rows[0]).toMatchObject({ what: "stood_down", priced: 0 });
    expect(report.unpriced["no_size"]).toBe(report.rows[0]!.count * 2);
  });

  /** A journal up to its first question to a person, and what a person and the desk would have said after it. */
  function after(...facts: readonly (Partial<Fact> & { readonly kind: FactKind })[]): string[] {
    const entries = ran(() => undefined, "options.llm.decisions=exit");
    const upTo = entries.findIndex(({ fact }) => fact.kind === "person_asked");
    const { symbol, item } = of(entries, "person_asked")[0]!;
    const last = entries[upTo]!;
    const said = facts.map((fact, at): Entry => ({
      ...last,
      sequence: last.sequence + 1 + at,
      fact: { decision: "entry", symbol, item, ...fact } as Fact,
    }));
    return twinItems([...entries.slice(0, upTo + 1), ...said], 2000).items.map((each) =>
      "stage" in each ? each.stage : `${each.what} by ${each.by}, ${"unpriced" in each.wish ? each.wish.unpriced : each.wish.notional}`,
    );
  }
  const says = (action: string, more: object = {}) => ({ kind: "person_answered", action, by: "ann", ...more }) as const;
  const obeyed = (outcome: string) => ({ kind: "person_obeyed", outcome }) as const;
  it.each`
    facts                                                                                                        | found                                                | because
    ${[]}                                                                                                        | ${[]}                                                | ${"it still waits"}
    ${[{ kind: "person_expired" }]}                                                                              | ${["expired by entry: not_automated, 2000"]}         | ${"nobody looked"}
    ${[says("deny"), obeyed("denied_by_person")]}                                                                | ${["declined by ann, 2000"]}                         | ${"the no counts once"}
    ${[says("deny", { item: undefined })]}                                                                       | ${["declined by ann, no_contract"]}                  | ${"nobody had picked a contract for it"}
    ${[says("approve"), obeyed("approved_by_person")]}                                                           | ${[]}                                                | ${"it was bought"}
    ${[says("approve"), obeyed("person_refused")]}                                                               | ${[]}                                                | ${"the rail tells it"}
    ${[says("approve"), obeyed("too_late")]}                                                                     | ${["expired by entry: too_late, 2000"]}              | ${"a yes of long ago is used up"}
    ${[says("approve"), obeyed("gate1_blocked")]}                                                                | ${["gated by entry: gate1_blocked, 2000"]}           | ${"a thin contract is not bought for a person either"}
    ${[says("approve"), obeyed("no_longer_there")]}                                                              | ${["dropped by entry: no_longer_there, 2000"]}       | ${"there was nothing left to do it to"}
    ${[says("approve", { item: undefined }), obeyed("too_late")]}                                                | ${["expired by entry: too_late, no_contract"]}       | ${"nobody knows which it would have been"}
    ${[says("deny"), obeyed("no_longer_there")]}                                                                 | ${["declined by ann, 2000"]}                         | ${"a no that is used up turns nothing else away"}
    ${[says("sell", { decision: "exit", item: undefined }), { ...obeyed("no_longer_there"), decision: "exit" }]} | ${["dropped by exit: no_longer_there, no_position"]} | ${"there was nothing to sell"}
    ${[says("hold", { decision: "exit", item: undefined })]}                                                     | ${["declined by ann, no_sale_wanted"]}               | ${"nobody had wanted a sale"}
  `("is $found after a rule picked it for a person, since $because", ({ facts, found }) => {
    expect(after(...(facts as []))).toEqual(["rules", ...(found as string[])]);
  });
});
