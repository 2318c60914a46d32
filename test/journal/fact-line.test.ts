import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factLine } from "../../src/journal/fact-line.ts";
import type { Fact } from "../../src/journal/fact.ts";
import { accountId, clientOrderIdOf, correlationId, executionId, instrumentId, intentId, transactionId } from "../../src/words/ids.ts";
import { money } from "../../src/words/money.ts";
import { price } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { rate } from "../../src/words/rate.ts";
import { arbitraryFact } from "./arbitrary-fact.ts";

const at = Temporal.Instant.from("2026-01-02T03:04:05Z");
const instrument = instrumentId("BTCUSDT.PERP");
const intent = intentId("p-0001.1");
const order = clientOrderIdOf("p-0001.1.e0");

const lines: readonly (readonly [string, Fact])[] = [
  [
    "order planned       BUY 0.013 BTCUSDT.PERP limit 95,600 ioc (entry) p-0001.1.e0 with stop 93,000 target 99,500.5",
    {
      kind: "order_planned",
      order: {
        id: order,
        account: accountId("paper"),
        intent,
        correlation: correlationId("p-0001"),
        instrument,
        side: "buy",
        purpose: "entry",
        type: "limit",
        quantity: quantity("0.013"),
        limit: price("95600"),
        triggerBy: "mark",
        timeInForce: "ioc",
        reduceOnly: false,
        bracket: { stopLoss: price("93000"), takeProfit: price("99500.5") },
      },
    },
  ],
  [
    "refused             p-0001.1 on BTCUSDT.PERP refused by concentration: 31.2% over 30%",
    {
      kind: "refused",
      intent,
      instrument,
      refusal: { rail: "concentration", outcome: "refused", code: "concentration", unit: "bps", measured: 3120, limit: 3000 },
      verdicts: [],
    },
  ],
  [
    "filled              bought 0.013 BTCUSDT.PERP at 95,505.4, fee 0.62 taker (p-0001.1.e0), all of it",
    {
      kind: "filled",
      fill: {
        execution: executionId("x-1"),
        order,
        instrument,
        side: "buy",
        quantity: quantity("0.013"),
        price: price("95505.4"),
        fee: money("0.6207851"),
        liquidity: "taker",
        reason: "order",
        at,
      },
      remaining: quantity("0"),
    },
  ],
  [
    "order sent          p-0001.1.e0 got no answer: timeout",
    { kind: "order_sent", order, outcome: { kind: "unknown", detail: "timeout", at } },
  ],
  [
    "funding paid        BTCUSDT.PERP -0.12 at rate 0.01%, mark 95,505.4",
    {
      kind: "funding_paid",
      transaction: transactionId("t-7"),
      instrument,
      rate: rate("0.0001"),
      price: price("95505.4"),
      amount: money("-0.124"),
    },
  ],
  ["cash moved          +1,250,000.00: deposit", { kind: "cash_moved", amount: money("1250000"), why: "deposit" }],
  ["approval asked      p-0001.1 until 2026-01-02 03:04:05 UTC", { kind: "approval_asked", intent, binding: "b", expiresAt: at }],
  [
    "clock measured      the venue's clock is 2.5 s ahead, give or take 40 ms: entries are refused",
    { kind: "clock_measured", venueAt: at, skewMs: 2_500, uncertaintyMs: 40 },
  ],
  [
    "clock measured      the venue's clock is 120.5 ms behind, give or take 3.5 ms",
    { kind: "clock_measured", venueAt: at, skewMs: -120.5, uncertaintyMs: 3.5 },
  ],
  ["clock measured      the venue's clock is as ours", { kind: "clock_measured", venueAt: at, skewMs: 0, uncertaintyMs: 0 }],
  ["clock unanswered    the venue did not tell its time: its clock is unknown, entries are refused", { kind: "clock_unanswered" }],
  ["payment repeated    t-7 was booked before and is not booked again", { kind: "payment_repeated", transaction: transactionId("t-7") }],
];

describe("a fact in one line for people", () => {
  it.each(lines)("reads %s", (line, fact) => {
    expect(factLine(fact)).toBe(line);
  });

  it("stays one line that no terminal is moved by, whatever a model or venue wrote", () => {
    fc.assert(
      fc.property(arbitraryFact, (fact) => {
        const line = factLine(fact);
        expect(line.startsWith(fact.kind.replaceAll("_", " "))).toBe(true);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|undefined|\[object|NaN/u);
      }),
      { seed: 31, numRuns: 2000 },
    );
  });
});
