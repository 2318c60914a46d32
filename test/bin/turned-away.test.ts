import { describe, expect, it } from "vitest";
import { turnedAway } from "../../src/bin/turned-away.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { Fact } from "../../src/journal/fact.ts";

const of = (fact: unknown): Entry => ({ fact: fact as Fact }) as Entry;
const gated = (action: string, acts: boolean, ...codes: readonly string[]): unknown => ({
  kind: "option_gated",
  action,
  acts,
  reasons: codes.map((code) => ({ gate: 1, code })),
});

const cases: readonly (readonly [sentence: string, fact: unknown, counts: Readonly<Record<string, number>>, because: string])[] = [
  ["a refusal of a rail", { kind: "refused", refusal: { code: "net_exposure" } }, { net_exposure: 1 }, "a wish was turned away"],
  ["an order withheld at the wire", { kind: "order_withheld", refusal: { code: "kill" } }, { kill: 1 }, "the same rails, later"],
  [
    "a proposal below a threshold",
    { kind: "proposal_refused", code: "p_win_low" },
    { p_win_low: 1 },
    "the thresholds of equities are rules",
  ],
  ["a sale that a gate stopped", gated("SELL", false, "loss_too_small"), { loss_too_small: 1 }, "it would have traded"],
  ["an entry that both gates stopped", gated("APPROVE", false, "spread", "confidence"), { spread: 1 }, "one wish is counted once"],
  ["a sale that went through", gated("SELL", true), {}, "it was not turned away"],
  ["a doubtful HOLD", gated("HOLD", false, "confidence"), {}, "it would not have traded anyway"],
  ["a model's own no", gated("REJECT", false), {}, "no rule said it"],
  ["a rejection by the venue", { kind: "order_rejected", reason: "insufficient_margin" }, {}, "rejected is the venue's word"],
  ["a hard rail", { kind: "hard_rail_fired", rail: "stop_loss", reasons: [] }, {}, "it trades, and turns nothing away"],
  [
    "a proposal that arbitration would not hear",
    {
      kind: "arbitrated",
      proposals_local: [{ fate: "followed" }, { fate: "refused: stop_side" }],
      proposals_ai: [{ fate: "not_followed" }],
    },
    { stop_side: 1 },
    "to be outranked is no refusal",
  ],
];

describe("what is counted as turned away", () => {
  it.each(cases)("%s", (_, fact, counts) => {
    expect(Object.fromEntries(turnedAway([of(fact)]))).toEqual(counts);
  });

  it("adds up over a run", () => {
    const all = cases.flatMap(([, fact]) => [of(fact), of(fact)]);
    const sum = cases.flatMap(([, , counts]) => Object.values(counts)).reduce((one, other) => one + other, 0);
    expect([...turnedAway(all).values()].reduce((one, other) => one + other, 0)).toBe(2 * sum);
  });
});
