import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readArbiter, readTrader } from "../../../src/flow/proposals/read-trader.ts";
import { formatExact } from "../../../src/words/exact.ts";

fc.configureGlobal({ seed: 20261121 });

const decision = {
  symbol: "BTCUSDT",
  side: "buy",
  confidence: 0.7,
  size_pct: 10,
  stop_price: 95,
  target_price: 110,
  rationale: "a rise",
};
const reply = (with_: object = {}, top: object = {}): string =>
  JSON.stringify({ decisions: [{ ...decision, ...with_ }], rationale: "r", ...top });

/** `buy 0.7 of 10% stop 95 target 110`, or the fault. */
function said(text: string): string {
  const read = readTrader(text);
  if (!read.ok) return `${read.error.code}: ${read.error.detail}`;
  return read.value.reply.decisions
    .map(({ side, confidence, sizePct, stopLoss, takeProfit }) =>
      [
        `${side} ${confidence}`,
        ...(sizePct === undefined ? [] : [`of ${sizePct}%`]),
        ...(stopLoss === undefined ? [] : [`stop ${formatExact(stopLoss)}`]),
        ...(takeProfit === undefined ? [] : [`target ${formatExact(takeProfit)}`]),
      ].join(" "),
    )
    .join(", ");
}

const { size_pct: _size, stop_price: _stop, target_price: _target, ...bare } = decision;

describe("an AI trader's reply is read strictly (DUAL-1)", () => {
  it.each([
    [reply(), "buy 0.7 of 10% stop 95 target 110", "it is whole"],
    [reply({}, { decisions: [] }), "", "nothing is an answer"],
    [reply({ size_pct: null, stop_price: null, target_price: null }), "buy 0.7", "what it leaves open the desk decides"],
    [JSON.stringify({ decisions: [bare], rationale: "r" }), "buy 0.7", "left out says the same as null"],
    [reply({ stop_price: "94.123456789" }), "buy 0.7 of 10% stop 94.123456789 target 110", "a quoted number is read as it is spelled"],
    [
      JSON.stringify({ trades: [{ ...bare, ticker: "X", symbol: undefined, action: "LONG", side: undefined }], thesis: "r" }),
      "buy 0.7",
      "other names are declared",
    ],
    [reply({ confidence: "55%" }), "buy 0.55 of 10% stop 95 target 110", "a percentage is a share"],
    [reply({ confidence: 1.01 }), "out_of_range: decisions[0].confidence is from 0 to 1", "nobody is surer than sure"],
    [reply({ side: "hold" }), "not_a_word: decisions[0].side is one of buy, sell", "to hold is to leave it out"],
    [reply({ size: 5 }), "unknown_key: decisions[0].size", "a bare size may be dollars, coins or a share"],
    [reply({ stop_price: -1 }), "out_of_range: decisions[0].stop_price is above zero", "no price is negative"],
    [reply({ stop_price: "near 95" }), "wrong_type: decisions[0].stop_price is a number or null", "words are no price"],
    [reply({ size_pct: -3 }), "out_of_range: decisions[0].size_pct is from 0 to 1000", "no size is negative"],
    [reply({}, { note: "x" }), "unknown_key: .note", "what is not asked for is not read past"],
    ["buy bitcoin", "not_json: Unexpected token 'b', \"buy bitcoin\" is not valid JSON", "prose is no answer"],
    ["", "empty: no text", "silence is none"],
    [`{"decisions":[],"rationale":"r","rationale":"s"}`, "duplicate_key: rationale", "the second would silently win"],
    [
      reply({}, { decisions: Array.from({ length: 51 }, () => decision) }),
      "too_many: decisions has 51 entries over 50",
      "nobody would read it",
    ],
  ])("%s is %s because %s", (text, says) => {
    expect(said(text)).toBe(says);
  });

  it("never throws and never invents a decision, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((inner) => `{"decisions":[${inner}],"rationale":"r"}`),
        ),
        (text) => {
          const read = readTrader(text);
          expect(
            read.ok ? read.value.reply.decisions.every(({ confidence }) => confidence >= 0 && confidence <= 1) : read.error.code,
          ).toBeTruthy();
        },
      ),
    );
  });
});

describe("an arbiter's reply has no place for a size (DUAL-3)", () => {
  const choice = { symbol: "BTCUSDT", choice: "ai", rationale: "r" };
  it.each([
    [{ choices: [choice] }, "ai"],
    [{ choices: [{ ...choice, choice: "Rules" }] }, "local"],
    [{ choices: [{ ...choice, choice: "none" }] }, "none"],
    [{ choices: [{ ...choice, choice: "both" }] }, "not_a_word"],
    [{ choices: [{ ...choice, size_pct: 50 }] }, "unknown_key"],
    [{ choices: [choice], sizePct: 50 }, "unknown_key"],
  ])("%j is %s", (json, says) => {
    const read = readArbiter(JSON.stringify(json));
    expect(read.ok ? read.value.reply[0]?.choice : read.error.code).toBe(says);
  });
});
