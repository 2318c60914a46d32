import { describe, expect, it } from "vitest";
import { CouncilLog } from "../../src/journal/council-log.ts";
import type { Fact } from "../../src/journal/fact.ts";
import { instrumentId, intentId } from "../../src/words/ids.ts";
import { formatExact } from "../../src/words/exact.ts";
import { price } from "../../src/words/price.ts";
import { aPitch } from "../flow/proposals/council-pitches.ts";

const at = Temporal.Instant.from("2024-01-03T14:35:00Z");
const trade = intentId("t.c");
const word = (yes: boolean, binding = "new"): Fact => ({ kind: "trade_answered", trade, binding, yes, by: "anna", why: "" });
const drift: Fact = { kind: "trade_drifted", trade, of: "price", driftBps: 60, driftBpsMax: 50 };
const ends = (end: "executed" | "expired" | "superseded"): Fact => ({ kind: "trade_ended", trade, end, why: "" });
const shown = (binding: string): Fact =>
  ({
    kind: "trade_pending",
    trade,
    binding,
    asked: 1,
    action: "enter",
    instrument: instrumentId("USO"),
    price: price("80"),
    limit: price("79.5"),
  }) as unknown as Fact;

function after(...facts: readonly Fact[]): CouncilLog {
  const log = new CouncilLog();
  for (const fact of [shown("new"), ...facts]) log.see(fact, at);
  return log;
}

describe("what a word of a person is worth (COUN-6)", () => {
  it.each`
    facts                                              | status          | because
    ${[word(true)]}                                    | ${"approved"}   | ${"it is said of what is shown"}
    ${[word(false)]}                                   | ${"rejected"}   | ${"it is said of what is shown"}
    ${[word(true, "old")]}                             | ${"pending"}    | ${"it is said of something else"}
    ${[word(true), word(false)]}                       | ${"rejected"}   | ${"a yes may be taken back before it is carried out"}
    ${[word(false), word(true)]}                       | ${"rejected"}   | ${"what is rejected is over"}
    ${[word(true), ends("executed"), word(true)]}      | ${"executed"}   | ${"nobody buys twice by pressing twice"}
    ${[ends("expired"), word(true)]}                   | ${"expired"}    | ${"its time was up"}
    ${[ends("superseded"), word(true)]}                | ${"superseded"} | ${"the week is over"}
    ${[word(true), drift, shown("newer"), word(true)]} | ${"pending"}    | ${"it is shown otherwise by now"}
    ${[word(true), drift, word(true)]}                 | ${"approved"}   | ${"it is said of what stands"}
  `("$status, since $because", ({ facts, status }: { facts: readonly Fact[]; status: string }) =>
    expect(after(...facts).trade(trade)?.status).toBe(status),
  );
});

it("what waits to be held against the market is in new shares after a split, and so is what was pitched", () => {
  const opened = { kind: "opened", instruments: [{ id: instrumentId("USO"), symbol: "USO" }] } as unknown as Fact;
  const pitched: Fact = { kind: "pitched", week: "", member: "pm-one", model: "", price: price("80"), pitch: aPitch({ symbol: "USO" }) };
  const other: Fact = { kind: "pitched", week: "", member: "pm-two", model: "", price: price("80"), pitch: aPitch({ symbol: "SPY" }) };
  const log = after(opened, pitched, other, { kind: "shares_split", instrument: instrumentId("USO"), from: 8, into: 1 });
  const { price: now, limit, binding } = log.trade(trade)!;
  expect([formatExact(now), formatExact(limit!), binding]).toEqual(["640", "636", "new"]);
  expect(log.pitched.map((each) => formatExact(each.price))).toEqual(["640", "80"]);
});
