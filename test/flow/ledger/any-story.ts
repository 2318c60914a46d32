import * as fc from "fast-check";
import type { Fill } from "../../../src/flow/fills/fill.ts";
import type { LedgerEvent } from "../../../src/flow/ledger/event.ts";
import { executionId, type InstrumentId } from "../../../src/words/ids.ts";
import { moneyOfUnits } from "../../../src/words/money.ts";
import { priceOfUnits, type Price } from "../../../src/words/price.ts";
import { quantityOfUnits } from "../../../src/words/quantity.ts";
import { rateOfUnits } from "../../../src/words/rate.ts";
import { sign, type Side } from "../../../src/words/side.ts";
import { instruments, reasons, start } from "./books-in-words.ts";

const instrumentAt = fc.nat(instruments.length - 1).map((index) => instruments[index]!);
const perpetualAt = fc.constantFrom(instruments[0]!, instruments[1]!);
const shareAt = fc.constantFrom(...instruments.filter(({ kind }) => kind !== "perpetual"));
/** Down to the last unit, so that every partial close leaves something to round. */
const amount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });

const fillStep = fc.record({
  kind: fc.constant("fill" as const),
  instrument: instrumentAt,
  side: fc.constantFrom<Side>("buy", "sell"),
  lots: fc.oneof(fc.bigInt({ min: 1n, max: 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n })),
  ticks: fc.bigInt({ min: 1n, max: 10n ** 6n }),
  fee: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 13n }),
  /** Some fills close exactly what is held, which chance alone would never meet. */
  flatten: fc.integer({ min: 0, max: 4 }).map((draw) => draw === 0),
});
const otherStep = fc.oneof(
  fc.record({ kind: fc.constant("cash" as const), amount }),
  fc.record({ kind: fc.constant("funding" as const), instrument: perpetualAt, amount }),
  fc.record({ kind: fc.constant("margin" as const), instrument: perpetualAt, amount }),
  fc.record({ kind: fc.constant("charge" as const), instrument: fc.option(instrumentAt), amount, why: fc.constantFrom(...reasons) }),
  fc.record({ kind: fc.constant("bust" as const), back: fc.nat(3) }),
  fc.record({ kind: fc.constant("split" as const), instrument: shareAt, into: fc.constantFrom(2, 3, 20) }),
);
type Step = (typeof fillStep extends fc.Arbitrary<infer T> ? T : never) | (typeof otherStep extends fc.Arbitrary<infer T> ? T : never);

/** Sequences of events over all kinds of instruments: fills that open, add, close partly, close whole and go through zero. */
export const anyStory: fc.Arbitrary<readonly LedgerEvent[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: fillStep }, { weight: 2, arbitrary: otherStep }), { minLength: 1, maxLength: 40 })
  .map(eventsOf);

function eventsOf(steps: readonly Step[]): readonly LedgerEvent[] {
  const held = new Map<InstrumentId, bigint>();
  const fills: Fill[] = [];
  const trade = (fill: Fill, times: bigint): void => {
    held.set(fill.instrument, (held.get(fill.instrument) ?? 0n) + times * sign[fill.side] * fill.quantity);
  };
  return steps.flatMap((step, index): LedgerEvent[] => {
    const at = start.add({ minutes: index });
    switch (step.kind) {
      case "fill": {
        const { id, lot, tick } = step.instrument;
        const now = held.get(id) ?? 0n;
        const closes = step.flatten && now !== 0n;
        const fill: Fill = {
          execution: executionId(`x${index}`),
          instrument: id,
          side: closes ? (now > 0n ? "sell" : "buy") : step.side,
          quantity: quantityOfUnits(closes ? (now > 0n ? now : -now) : step.lots * lot),
          price: priceOfUnits(step.ticks * tick),
          fee: moneyOfUnits(step.fee),
          liquidity: step.fee < 0n ? "maker" : "taker",
          reason: "order",
          at,
        };
        trade(fill, 1n);
        fills.push(fill);
        return [{ kind: "filled", fill }];
      }
      case "bust": {
        const [fill] = fills.splice(Math.max(0, fills.length - 1 - step.back), 1);
        if (fill === undefined) return [];
        trade(fill, -1n);
        return [{ kind: "fill_busted", fill, at }];
      }
      case "cash":
        return [{ kind: "cash_moved", amount: moneyOfUnits(step.amount), at }];
      case "funding": {
        const common = { instrument: step.instrument.id, rate: rateOfUnits(10n ** 8n), price: priceOfUnits(10n ** 14n) };
        return [{ kind: "funding_paid", ...common, amount: moneyOfUnits(step.amount), at }];
      }
      case "split": {
        // What was filled before is of old shares and cannot be taken back in new ones.
        const { id } = step.instrument;
        held.set(id, (held.get(id) ?? 0n) * BigInt(step.into));
        fills.splice(0, fills.length, ...fills.filter(({ instrument }) => instrument !== id));
        return [{ kind: "shares_split", instrument: id, from: 1, into: step.into, at }];
      }
      case "margin":
        return [{ kind: "margin_moved", instrument: step.instrument.id, amount: moneyOfUnits(step.amount), at }];
      case "charge": {
        const charge = { kind: "fee_charged" as const, amount: moneyOfUnits(step.amount), why: step.why, at };
        return [step.instrument === null ? charge : { ...charge, instrument: step.instrument.id }];
      }
    }
  });
}

/** Marks on the tick grid, where a notional is exact. */
export const anyMarks = marksFrom((tick) => fc.bigInt({ min: 1n, max: 10n ** 6n }).map((ticks) => ticks * tick));
/** Marks finer than the tick, as venues publish them, where a notional is rounded. */
export const anyFineMarks = marksFrom(() => fc.bigInt({ min: 1n, max: 10n ** 17n }));

function marksFrom(one: (tick: bigint) => fc.Arbitrary<bigint>): fc.Arbitrary<(id: InstrumentId) => Price> {
  return fc.tuple(...instruments.map(({ tick }) => one(tick))).map((marks) => {
    const byId = new Map(instruments.map(({ id }, index) => [id, priceOfUnits(marks[index]!)]));
    return (id: InstrumentId): Price => byId.get(id)!;
  });
}
