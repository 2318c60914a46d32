import type { Candidate } from "../../../src/flow/rails/candidate.ts";
import type { Passed } from "../../../src/flow/rails/verdict.ts";
import type { Intent, Wanted } from "../../../src/flow/resolution/intent.ts";
import { correlationId, intentId, proposalId } from "../../../src/words/ids.ts";
import { notional, type Money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aPerpetual } from "../context/some-context.ts";

/** A buy of 2 at 100 unless told otherwise; its notional follows from quantity and price. */
export function aCandidate(with_: Partial<Omit<Candidate, "notional">> = {}): Candidate {
  const of = {
    intent: intentId("ab12-0001.0"),
    instrument: aPerpetual(),
    side: "buy",
    purpose: "entry",
    type: "limit",
    reduceOnly: false,
    quantity: quantity("2"),
    price: price("100"),
    stopLoss: price("95"),
    takeProfit: price("110"),
    ...with_,
  } as const;
  return { ...of, notional: notional(of.price, of.quantity, of.instrument.multiplier, "up") };
}

/** What the rails would hand on. The one place in these tests that casts: only the rails can mint it, and they are tested elsewhere. */
export const aPassed = (candidate: Candidate, notionalMax: Money = candidate.notional): Passed =>
  ({ candidate, notionalMax, verdicts: [] }) as unknown as Passed;

export const anIntent = (wanted: Wanted, with_: Partial<Intent> = {}): Intent => ({
  id: intentId("ab12-0001.0"),
  correlation: correlationId("ab12-0001"),
  proposals: [proposalId("ab12-0001.0")],
  instrument: aPerpetual().id,
  aim: "enter",
  side: "buy",
  wanted,
  confidence: 0.6,
  ...with_,
});
