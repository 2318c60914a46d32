import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LedgerEvent } from "../../../src/flow/ledger/event.ts";
import { Ledger } from "../../../src/flow/ledger/ledger.ts";
import type { Account } from "../../../src/flow/ledger/posting.ts";
import type { InstrumentId } from "../../../src/words/ids.ts";
import type { CostMethod } from "../../../src/words/order-words.ts";
import { magnitude } from "../../../src/words/quantity.ts";
import { opposite, sign } from "../../../src/words/side.ts";
import { anyFineMarks, anyMarks, anyStory } from "./any-story.ts";
import { instrumentOf, instruments } from "./books-in-words.ts";
import { NaiveLedger, unitsOf } from "./naive-ledger.ts";

const runs = { seed: 20261121, numRuns: 400 };
const costMethods = ["average", "fifo"] as const satisfies readonly CostMethod[];
const empty = (costMethod: CostMethod): Ledger => new Ledger({ instruments: instrumentOf, costMethod });
const play = (ledger: Ledger, events: readonly LedgerEvent[]): Ledger => {
  for (const event of events) ledger.post(event);
  return ledger;
};
const nonZero = (pairs: Iterable<readonly [string, bigint]>) => Object.fromEntries([...pairs].filter(([, amount]) => amount !== 0n));
const isPlain = (value: unknown): boolean =>
  value === null ||
  ["string", "bigint", "undefined"].includes(typeof value) ||
  value instanceof Temporal.Instant ||
  (typeof value === "object" &&
    (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) &&
    Object.values(value).every(isPlain));

describe("the ledger, over any story", () => {
  it("is the independent ledger in decimal.js to the last unit, after every event", () => {
    fc.assert(
      fc.property(anyStory, anyMarks, (story, marks) => {
        const ledger = empty("average");
        const naive = new NaiveLedger();
        for (const event of story) {
          ledger.post(event);
          naive.post(event);
          expect(ledger.equity(marks), "equity").toBe(unitsOf(naive.equity(marks)));
          expect(ledger.cash, "cash").toBe(unitsOf(naive.cash));
          expect(ledger.totals()).toEqual({
            capital: unitsOf(naive.capital),
            realised: unitsOf(naive.realised),
            fees: unitsOf(naive.fees),
            funding: unitsOf(naive.funding),
            liquidationFees: unitsOf(naive.liquidationFees),
            modelCosts: unitsOf(naive.modelCosts),
          });
          for (const [id, line] of naive.lines) {
            const position = ledger.position(id);
            expect(position?.quantity ?? 0n, "quantity").toBe(unitsOf(line.quantity));
            expect(position?.cost ?? 0n, "cost").toBe(unitsOf(line.paid.abs()));
            if (position !== undefined) expect(position.isolatedMargin, "margin").toBe(unitsOf(line.margin));
          }
        }
      }),
      runs,
    );
  });

  it("is the independent ledger in equity under FIFO too", () => {
    fc.assert(
      fc.property(anyStory, anyMarks, (story, marks) => {
        const naive = new NaiveLedger();
        for (const event of story) naive.post(event);
        expect(play(empty("fifo"), story).equity(marks)).toBe(unitsOf(naive.equity(marks)));
      }),
      runs,
    );
  });

  it.each(costMethods)("by %s posts entries that sum to zero and add up to its balances", (costMethod) => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const ledger = empty(costMethod);
        const accounts = new Map<Account, bigint>();
        for (const event of story) {
          const { entries } = ledger.post(event);
          expect(entries.reduce((total, { amount }) => total + amount, 0n)).toBe(0n);
          for (const { account, amount } of entries) accounts.set(account, (accounts.get(account) ?? 0n) + amount);
        }
        const balances = ledger.snapshot().balances.map(({ account, amount }) => [account, amount] as const);
        expect(nonZero(balances)).toEqual(nonZero(accounts));
      }),
      runs,
    );
  });

  it.each(costMethods)("by %s keeps the equity identity after every event, at marks finer than the tick", (costMethod) => {
    fc.assert(
      fc.property(anyStory, anyFineMarks, (story, marks) => {
        const ledger = empty(costMethod);
        for (const event of story) {
          ledger.post(event);
          ledger.check(marks);
          const { capital, realised, fees, funding, liquidationFees, modelCosts } = ledger.totals();
          const unrealised = ledger
            .positions()
            .reduce((total, { instrument }) => total + ledger.unrealised(instrument, marks(instrument)), 0n);
          const explained = capital + realised - fees + funding - liquidationFees - modelCosts + unrealised;
          expect(explained).toBe(ledger.equity(marks));
        }
      }),
      runs,
    );
  });

  it.each(costMethods)("by %s has the same future after a snapshot, which is plain and does not change afterwards", (costMethod) => {
    fc.assert(
      fc.property(anyStory, anyStory, anyMarks, (past, future, marks) => {
        const ledger = play(empty(costMethod), past);
        const snapshot = ledger.snapshot();
        expect(isPlain(snapshot)).toBe(true);
        const restored = Ledger.restore(snapshot, { instruments: instrumentOf, costMethod });
        expect(restored.snapshot()).toEqual(snapshot);
        for (const event of future) expect(restored.post(event)).toEqual(ledger.post(event));
        expect(restored.snapshot()).toEqual(ledger.snapshot());
        expect(restored.positions()).toEqual(ledger.positions());
        expect(restored.equity(marks)).toBe(ledger.equity(marks));
        expect(Ledger.restore(snapshot, { instruments: instrumentOf, costMethod }).snapshot()).toEqual(
          play(empty(costMethod), past).snapshot(),
        );
      }),
      runs,
    );
  });

  it("has the same equity, cash flows and quantities by FIFO and by average cost, at any mark", () => {
    fc.assert(
      fc.property(anyStory, anyFineMarks, (story, marks) => {
        const [average, fifo] = [empty("average"), empty("fifo")];
        for (const event of story) {
          average.post(event);
          fifo.post(event);
          expect(fifo.equity(marks)).toBe(average.equity(marks));
          expect({ ...fifo.totals(), realised: 0n }).toEqual({ ...average.totals(), realised: 0n });
          expect(fifo.positions().map(({ quantity }) => quantity)).toEqual(average.positions().map(({ quantity }) => quantity));
        }
      }),
      runs,
    );
  });

  it.each(costMethods)("by %s neither makes nor loses quantity, and lots are the position", (costMethod) => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const ledger = empty(costMethod);
        const traded = new Map<InstrumentId, bigint>();
        for (const event of story) {
          ledger.post(event);
          if (event.kind === "shares_split")
            traded.set(event.instrument, ((traded.get(event.instrument) ?? 0n) * BigInt(event.into)) / BigInt(event.from));
          if (event.kind !== "filled" && event.kind !== "fill_busted") continue;
          const { instrument, side, quantity } = event.fill;
          const signed = sign[event.kind === "filled" ? side : opposite[side]] * quantity;
          traded.set(instrument, (traded.get(instrument) ?? 0n) + signed);
          expect(ledger.position(instrument)?.quantity ?? 0n).toBe(traded.get(instrument));
        }
        for (const holding of ledger.snapshot().holdings) {
          expect(holding.lots.every(({ quantity, cost }) => quantity > 0n && cost >= 0n)).toBe(true);
          expect(holding.lots.reduce((total, lot) => total + lot.quantity, 0n)).toBe(magnitude(holding.quantity));
          expect(holding.lots.reduce((total, lot) => total + lot.cost, 0n)).toBe(holding.cost);
        }
        expect(ledger.positions().every(({ quantity }) => quantity !== 0n)).toBe(true);
      }),
      runs,
    );
  });

  it.each(costMethods)("by %s leaves equity as though a busted fill had never been", (costMethod) => {
    fc.assert(
      fc.property(anyStory, fc.nat(), anyMarks, (story, pick, marks) => {
        const fills = story.flatMap((event) => (event.kind === "filled" ? [event.fill] : []));
        fc.pre(fills.length > 0);
        const fill = fills[pick % fills.length]!;
        // Venues take nothing back from before a split.
        const plain = story.filter((event) => event.kind !== "fill_busted" && event.kind !== "shares_split");
        const without = plain.filter((event) => event.kind !== "filled" || event.fill !== fill);
        const busted = play(empty(costMethod), [...plain, { kind: "fill_busted", fill, at: fill.at }]);
        const never = play(empty(costMethod), without);
        expect(busted.equity(marks)).toBe(never.equity(marks));
        expect(busted.totals().fees).toBe(never.totals().fees);
      }),
      runs,
    );
  });

  it("meets every kind of trade there is: the stories open, add, close partly, close whole and go through zero", () => {
    const met = new Set<string>();
    for (const story of fc.sample(anyStory, runs)) {
      const held = new Map<InstrumentId, bigint>();
      for (const event of story) {
        met.add(event.kind);
        if (event.kind !== "filled" && event.kind !== "fill_busted") continue;
        const { instrument, side, quantity } = event.fill;
        const before = held.get(instrument) ?? 0n;
        const after = before + sign[event.kind === "filled" ? side : opposite[side]] * quantity;
        held.set(instrument, after);
        const kind = instrumentOf(instrument).kind;
        if (before === 0n) met.add(`${kind} opens`);
        else if (after === 0n) met.add(`${kind} closes`);
        else if (before > 0n !== after > 0n) met.add(`${kind} goes through zero`);
        else met.add(after > before === before > 0n ? `${kind} adds` : `${kind} closes partly`);
      }
    }
    for (const kind of new Set(instruments.map((instrument) => instrument.kind)))
      for (const what of ["opens", "adds", "closes partly", "closes", "goes through zero"]) expect(met).toContain(`${kind} ${what}`);
    for (const kind of ["cash_moved", "filled", "fill_busted", "funding_paid", "margin_moved", "fee_charged", "shares_split"])
      expect(met).toContain(kind);
  });
});
