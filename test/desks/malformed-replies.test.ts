import { describe, expect, it } from "vitest";
import type { ModelAnswer } from "../../src/flow/proposals/question.ts";
import type { Fact } from "../../src/journal/fact.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import { malformedReplies } from "../../src/sim/models/malformed.ts";
import { price } from "../../src/words/price.ts";
import { Bench } from "../lab/a-bench.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";
import { aCoin, candles, idle, spent, still } from "../lab/handmade.ts";
import { venueWith } from "../lab/venue-with.ts";
import { aReplyText } from "../flow/proposals/a-reply.ts";

const set = ["perps.proposer=house", "perps.cacheMs=0", "perps.decisionsPerMinuteMax=600"];

/** A desk on a market that stands at 100, whose model says what the test puts into its mouth. */
function aDesk(more: Partial<BacktestPlan> = {}, limits: readonly string[] = []) {
  let text = "";
  const model = { ask: (): ModelAnswer => ({ ...spent, outcome: "ok", text }) };
  const coin = aCoin("BTCUSDT", { tick: price("0.1") });
  const histories = [
    candles(
      coin,
      Array.from({ length: 8 }, () => still(1000)),
    ),
  ];
  const bench = new Bench(aPlan({ histories, strategy: idle, model, set: [...set, ...limits], more }));
  bench.next();
  return {
    bench,
    /** What one decision on this reply writes into the journal. */
    says(reply: string): Fact[] {
      text = reply;
      const before = entriesOf(bench.plan).length;
      bench.wake();
      return entriesOf(bench.plan)
        .slice(before)
        .map(({ fact }) => fact);
    },
  };
}

const buy = aReplyText();
const sell = aReplyText({ action: "sell", sl_price: 105, tp_price: 90 });
/** The same fault on the other side, so that an entry stays an entry for an account that is short. */
const turned = (text: string): string =>
  text
    .replaceAll('"action":"buy"', '"action":"sell"')
    .replace(/"tp_price":(\d+),"sl_price":(95|105)(?=,)/g, (_, target: string, stop: string) =>
      [`"tp_price":${target === "110" ? 90 : target}`, `"sl_price":${stop === "95" ? 105 : 95}`].join(","),
    );
const same = (text: string): string => text;

type Desk = ReturnType<typeof aDesk>;
const after = (reply: string, desk: Desk = aDesk()): Desk => {
  expect(desk.says(reply).some(({ kind }) => kind === "order_planned")).toBe(true);
  desk.bench.next();
  return desk;
};

const contexts: Readonly<Record<string, { readonly desk: () => Desk; readonly side: (text: string) => string }>> = {
  flat: { desk: () => aDesk(), side: same },
  long: { desk: () => after(buy), side: same },
  short: { desk: () => after(sell), side: turned },
  "near its limit": {
    desk: () => after(buy, aDesk({}, ["limits.positionNotionalMax=1001", "limits.orderNotionalMax=1001", "perps.allocationUsdMax=1001"])),
    side: same,
  },
  "almost out of money": { desk: () => aDesk({}, ["account.startCash=200"]), side: same },
  halted: {
    desk: () => {
      const desk = after(buy);
      desk.bench.halt("K1");
      return desk;
    },
    side: same,
  },
  "with an order whose fate is UNKNOWN": {
    desk: () =>
      after(
        buy,
        aDesk({
          through: (venue, clock) => venueWith(venue, { place: () => ({ kind: "unknown", detail: "no answer", at: clock.now() }) }),
        }),
      ),
    side: same,
  },
  "after its own unreadable answer": {
    desk: () => {
      const desk = aDesk();
      desk.says("");
      return desk;
    },
    side: same,
  },
};

/** Why nothing came of an answer: from the reader, from the rules for a whole answer, or from those for one proposal. */
const reasonsOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => (fact.kind === "fell_back" ? [fact.why] : fact.kind === "proposal_refused" ? [fact.code] : []));

const lawful = new Set(["M58", "M59"]);

describe.each(Object.entries(contexts))("the sixty malformed outputs (E1) for an account that is %s", (_name, { desk: made, side }) => {
  it("are sixty", () => {
    expect(new Set(malformedReplies.map(({ name }) => name)).size).toBe(60);
  });

  it("lead to no order and to one reason each, M58 and M59 apart", () => {
    const desk = made();
    for (const { name, what, text } of malformedReplies.filter(({ name }) => !lawful.has(name))) {
      const facts = desk.says(side(text()));
      const kinds = facts.map(({ kind }) => kind);
      expect(
        kinds.filter((kind) => kind.startsWith("order_") || kind.startsWith("cancel_")),
        `${name} ${what}`,
      ).toEqual([]);
      expect(reasonsOf(facts), `${name} ${what}`).toEqual([expect.stringMatching(/^(unreadable: |invalid: )?[a-z_]+$/)]);
      expect(kinds.at(-1), `${name} ${what}`).toBe("scanned");
    }
  });

  it("lead to an order only through the rails where they are well formed (M58, M59)", () => {
    for (const { text } of malformedReplies.filter(({ name }) => lawful.has(name))) {
      const desk = made();
      for (const facts of [desk.says(side(text())), desk.says(side(text()))]) {
        const passed = new Set(facts.flatMap((fact) => (fact.kind === "passed" ? [fact.intent] : [])));
        const planned = facts.flatMap((fact) => (fact.kind === "order_planned" ? [fact.order] : []));
        expect(planned.every(({ intent }) => passed.has(intent))).toBe(true);
        // Whatever was not ordered says why: a rail that refused, or nothing left to do.
        if (planned.length === 0) expect(facts.some(({ kind }) => kind === "refused" || kind === "sized_to_nothing")).toBe(true);
      }
    }
  });
});

describe("around the sixty", () => {
  it("is an answer that is well formed, and orders", () => {
    for (const reply of [buy, sell])
      expect(
        aDesk()
          .says(reply)
          .map(({ kind }) => kind),
      ).toContain("order_planned");
    expect(turned(buy)).toBe(sell);
  });

  it("closing stays possible: a buy against a short closes it whatever its levels are, and does nothing else (M41, M42, M44)", () => {
    for (const { name, text } of malformedReplies.filter(({ name }) => ["M41", "M42", "M44"].includes(name))) {
      const facts = after(sell).says(text());
      const planned = facts.flatMap((fact) => (fact.kind === "order_planned" ? [fact.order] : []));
      expect(
        planned.map(({ purpose, reduceOnly }) => ({ purpose, reduceOnly })),
        name,
      ).toEqual([{ purpose: "close", reduceOnly: true }]);
    }
  });

  it("M59, the same answer at once again, is refused as a repeat", () => {
    const desk = aDesk();
    desk.says(buy);
    const facts = desk.says(buy);
    expect(facts.flatMap((fact) => (fact.kind === "refused" ? [fact.refusal.rail] : []))).toEqual([
      expect.stringMatching(/duplicate|repeated/),
    ]);
    expect(facts.map(({ kind }) => kind)).not.toContain("order_planned");
  });

  it("a reply in declared spellings is read, counted in the journal, and judged like any other (EQ-2)", () => {
    const said = JSON.parse(buy) as { decisions: Record<string, unknown>[] };
    const { symbol, action: _, ...rest } = said.decisions[0]!;
    const facts = aDesk().says(JSON.stringify({ ...said, decisions: [{ ticker: symbol, side: "LONG", ...rest, confidence: "70%" }] }));
    const kinds = facts.map(({ kind }) => kind);
    expect(kinds.slice(0, 4)).toEqual(["woke", "model_asked", "model_answered", "answer_normalised"]);
    expect(facts[3]).toEqual({
      kind: "answer_normalised",
      schema: "portfolio@1",
      count: 4,
      list: [
        { path: "decisions[0].symbol", rule: "key", from: "ticker", to: "symbol" },
        { path: "decisions[0].action", rule: "key", from: "side", to: "action" },
        { path: "decisions[0].action", rule: "word", from: "LONG", to: "buy" },
        { path: "decisions[0].confidence", rule: "percent", from: "70%", to: "0.70" },
      ],
    });
    expect(kinds).toContain("passed");
    expect(kinds).toContain("order_planned");
  });

  it("counts the spellings of an answer once, though it is used again", () => {
    const text = buy.replace('"buy"', '"LONG"').replace('"allocation_usd":1000', '"allocation_usd":0');
    const model = { ask: (): ModelAnswer => ({ ...spent, outcome: "ok", text }) };
    const histories = [candles(aCoin("BTCUSDT", { tick: price("0.1") }), [still(1000), still(1000)])];
    const bench = new Bench(aPlan({ histories, strategy: idle, model, set: ["perps.proposer=house", "perps.cacheMs=3600000"] }));
    bench.next();
    bench.wake();
    bench.wake();
    const kinds = entriesOf(bench.plan).map(({ fact }) => fact.kind);
    expect(kinds.filter((kind) => kind === "answer_normalised" || kind === "answer_reused")).toEqual([
      "answer_normalised",
      "answer_reused",
    ]);
  });

  it("a gateway's own verdict that nothing could be read is counted with the unreadable ones", () => {
    const model = { ask: (): ModelAnswer => ({ ...spent, outcome: "malformed", detail: "not_json, twice" }) };
    const histories = [candles(aCoin("BTCUSDT", { tick: price("0.1") }), [still(1000)])];
    const bench = new Bench(aPlan({ histories, strategy: idle, model, set }));
    bench.next();
    bench.wake();
    const facts = entriesOf(bench.plan).map(({ fact }) => fact);
    expect(reasonsOf(facts)).toEqual(["malformed"]);
    expect(facts.at(-1)).toMatchObject({ kind: "scanned", outcomes: { unreadable: 1 } });
  });
});
