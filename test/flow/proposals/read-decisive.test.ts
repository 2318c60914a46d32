import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisiveMapping } from "../../../src/flow/proposals/decisive-mapping.ts";
import { readDecisive } from "../../../src/flow/proposals/read-decisive.ts";
import { malformedReplies } from "../../../src/sim/models/malformed.ts";
import { formatExact } from "../../../src/words/exact.ts";

fc.configureGlobal({ seed: 20261121 });

const plain = {
  symbol: "AAPL",
  direction: "long",
  p_win: 0.55,
  entry: 101.25,
  stop: 99.5,
  target: 105.1,
  invalidation: "a close below 99",
  ev: 0.012,
  thesis: "trend",
  conviction: 0.7,
};
const said = (change: object, without: readonly string[] = []): string => {
  const of = Object.fromEntries(Object.entries({ ...plain, ...change }).filter(([key]) => !without.includes(key)));
  return JSON.stringify({ decisions: [of] });
};

describe("a decisive answer (EQ-1, EQ-2)", () => {
  it("is read with every price as it was written", () => {
    const read = readDecisive(said({}));
    expect(read.ok && read.value.normalised.count).toBe(0);
    const [decision] = read.ok ? read.value.decisions : [];
    expect(decision && [decision.entry, decision.stop, decision.target].map((level) => formatExact(level!))).toEqual([
      "101.25",
      "99.5",
      "105.1",
    ]);
  });

  it.each`
    change                                           | without          | rules                 | because
    ${{ ticker: "AAPL" }}                            | ${["symbol"]}    | ${["key"]}            | ${"another name of the symbol"}
    ${{ direction: "BUY" }}                          | ${[]}            | ${["word"]}           | ${"another word for long"}
    ${{ action: "Bullish" }}                         | ${["direction"]} | ${["key", "word"]}    | ${"another name and another word"}
    ${{ p_win: "55%" }}                              | ${[]}            | ${["percent"]}        | ${"a percentage says its unit"}
    ${{ stop: "99.5" }}                              | ${[]}            | ${["quoted_number"]}  | ${"a number in quotes"}
    ${{ thesis: { trend: "up", volume: "rising" } }} | ${[]}            | ${["nested_text"]}    | ${"a nested thesis is its text"}
    ${{ take_profit: 105.1 }}                        | ${["target"]}    | ${["key"]}            | ${"another name of the target"}
    ${{ winProbability: "55.0%" }}                   | ${["p_win"]}     | ${["key", "percent"]} | ${"both at once"}
  `("is taken with $change: $because", ({ change, without, rules }) => {
    const read = readDecisive(said(change, without));
    expect(read.ok && read.value.normalised.list.map(({ rule }) => rule)).toEqual(rules);
    const [decision] = read.ok ? read.value.decisions : [];
    expect(decision).toMatchObject({ symbol: "AAPL", direction: "long", pWin: 0.55, conviction: 0.7 });
  });

  it.each`
    change                      | without             | code              | because
    ${{ p_win: 55 }}            | ${[]}               | ${"out_of_range"} | ${"a bare 55 may be anything: no number is made of it"}
    ${{ conviction: 70 }}       | ${[]}               | ${"out_of_range"} | ${"nor of a bare 70"}
    ${{ ticker: "MSFT" }}       | ${[]}               | ${"ambiguous"}    | ${"two names of one field"}
    ${{ direction: "neutral" }} | ${[]}               | ${"not_a_word"}   | ${"it may mean to wait or to close"}
    ${{}}                       | ${["stop"]}         | ${"missing"}      | ${"a field is missing, and none is made up"}
    ${{}}                       | ${["ev"]}           | ${"missing"}      | ${"expected value is required (EQ-1)"}
    ${{}}                       | ${["invalidation"]} | ${"missing"}      | ${"invalidation is required (EQ-1)"}
    ${{ leverage: 3 }}          | ${[]}               | ${"unknown_key"}  | ${"nobody asked for it"}
    ${{ stop: -1 }}             | ${[]}               | ${"out_of_range"} | ${"no price is below zero"}
    ${{ stop: "about 99" }}     | ${[]}               | ${"wrong_type"}   | ${"words are no price"}
    ${{ entry: 1e-14 }}         | ${[]}               | ${"out_of_range"} | ${"finer than money is counted"}
  `("is refused with $change, without $without: $because", ({ change, without, code }) => {
    const read = readDecisive(said(change, without));
    expect(read.ok ? "read" : read.error.code).toBe(code);
  });

  it("loses no decision to any name that is declared: every one of them reads the same", () => {
    const below = decisiveMapping.below["decisions"]!;
    for (const [ours, others] of Object.entries(below.keys))
      for (const other of others) {
        const read = readDecisive(said({ [other]: plain[ours as keyof typeof plain] }, [ours]));
        expect(read.ok && read.value.decisions[0]?.thesis, other).toBe("trend");
      }
  });
  it("takes the list alone for the object around it", () => {
    expect(readDecisive(JSON.stringify([plain])).ok).toBe(true);
  });
  it("never throws, whatever is said", () => {
    for (const { text } of malformedReplies) expect(() => readDecisive(text())).not.toThrow();
    fc.assert(fc.property(fc.json(), (text) => typeof readDecisive(text).ok === "boolean"));
  });
});
