import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { councilSymbols, type Research } from "../../../src/flow/proposals/council-words.ts";
import { readChair, readCheckpoint, readReviews } from "../../../src/flow/proposals/read-council.ts";
import { checkPitch, checkResearch, readPitch, readResearch } from "../../../src/flow/proposals/read-pitch.ts";
import { price } from "../../../src/words/price.ts";
import { aPitch, said } from "./council-pitches.ts";

describe("reading a pitch (COUN-3)", () => {
  it("reads what was said", () => {
    const pitch = aPitch({ direction: "SHORT", conviction: -2, entryBy: "limit", limit: price("480.5"), outBefore: ["NFP", "FOMC"] });
    const read = readPitch(said(pitch));
    expect(read).toEqual({ ok: true, value: pitch });
  });

  it.each`
    other                                         | code              | because
    ${{ symbol: "DIA" }}                          | ${"not_a_word"}   | ${"it is none of the eight"}
    ${{ direction: "BUY" }}                       | ${"not_a_word"}   | ${"a direction is LONG, SHORT or FLAT"}
    ${{ horizon: "2w" }}                          | ${"not_a_word"}   | ${"a horizon is 1d, 3d or 1w"}
    ${{ thesis: ["1", "2", "3", "4", "5", "6"] }} | ${"too_many"}     | ${"a thesis has at most five points"}
    ${{ conviction: 3 }}                          | ${"out_of_range"} | ${"conviction ends at two"}
    ${{ conviction: "1" }}                        | ${"wrong_type"}   | ${"a number is no text"}
    ${{ risk_profile: "HUGE" }}                   | ${"not_a_word"}   | ${"there are three profiles"}
    ${{ size_usd: 1_000_000 }}                    | ${"unknown_key"}  | ${"the desk chooses the size, never a member (COUN-11)"}
    ${{ out_before: ["GDP"] }}                    | ${"not_a_word"}   | ${"an event is NFP, CPI or FOMC"}
    ${{ invalidation: undefined }}                | ${"missing"}      | ${"every key is there"}
  `("refuses $other since $because", ({ other, code }) =>
    expect(readPitch(said(aPitch(), other))).toMatchObject({ ok: false, error: { code } }),
  );

  it.each`
    of                                                                    | code                  | because
    ${{ symbol: "QQQ" }}                                                  | ${"other_instrument"} | ${"the member may pitch SPY, TLT and GLD"}
    ${{ symbol: "GLD" }}                                                  | ${"no_data"}          | ${"GLD has no data this week"}
    ${{ conviction: 1.5 }}                                                | ${"half_conviction"}  | ${"conviction is whole"}
    ${{ conviction: -1 }}                                                 | ${"sign"}             | ${"a long has none below zero"}
    ${{ conviction: 0 }}                                                  | ${"sign"}             | ${"only flat has none"}
    ${{ direction: "FLAT", conviction: 1 }}                               | ${"sign"}             | ${"flat has none"}
    ${{ entryBy: "limit" }}                                               | ${"limit"}            | ${"a limit entry names its limit"}
    ${{ limit: price("480") }}                                            | ${"limit"}            | ${"a market entry has none"}
    ${{ invalidation: "  " }}                                             | ${"no_invalidation"}  | ${"something must show that it is wrong"}
    ${{ thesis: [] }}                                                     | ${"no_thesis"}        | ${"a trade has a reason"}
    ${{}}                                                                 | ${undefined}          | ${"it is sound"}
    ${{ direction: "FLAT", conviction: 0, thesis: [], invalidation: "" }} | ${undefined}          | ${"flat needs no reason"}
  `("says $code of $of because $because", ({ of, code }) =>
    expect(checkPitch(aPitch(of), ["SPY", "TLT", "GLD"], ["SPY", "TLT"])?.code).toBe(code),
  );

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const read of [readPitch, readResearch, readReviews, readChair, readCheckpoint]) expect(read(text).ok).toBe(false);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe("reading research (COUN-2)", () => {
  const claim = { text: "Credit tightens", source: "tables", time: "2026-01-07" };
  const research: Research = {
    macro: { risk: "on", rates: "flat", dollar: "falling", inflation: "flat" },
    narratives: [claim],
    candidates: [{ symbol: "HYG", bias: "bullish", claims: [{ ...claim, time: "2026-01-07T13:00:00Z" }] }],
  };
  it("reads what was said", () => {
    expect(readResearch(JSON.stringify(research))).toEqual({ ok: true, value: research });
    expect(checkResearch(research)).toBeUndefined();
  });
  it.each`
    of                                                                  | code                      | because
    ${{ narratives: [{ ...claim, source: " " }] }}                      | ${"claim_without_source"} | ${"every claim has a source"}
    ${{ narratives: [{ ...claim, time: "recently" }] }}                 | ${"claim_without_source"} | ${"every claim has a time"}
    ${{ candidates: [...research.candidates, ...research.candidates] }} | ${"repeated_candidate"}   | ${"a fund is named once"}
  `("refuses it since $because", ({ of, code }) => expect(checkResearch({ ...research, ...of })?.code).toBe(code));
});

describe("reading reviews, chairmen and checkpoints", () => {
  const scores = {
    clarity: 7,
    edge_plausibility: 5,
    timing_catalyst: 4,
    risk_definition: 8,
    indicator_integrity: 6,
    originality: 3,
    tradeability: 9,
  };
  const review = { label: "P-A", scores, kill_shot: "crowded", flip_condition: "a close below 470" };
  it.each`
    text                                                                | ok       | because
    ${{ reviews: [review] }}                                            | ${true}  | ${"it has seven scores"}
    ${{ reviews: [{ ...review, scores: { ...scores, clarity: 0 } }] }}  | ${false} | ${"scores begin at one"}
    ${{ reviews: [{ ...review, scores: { ...scores, clarity: 11 } }] }} | ${false} | ${"and end at ten"}
    ${{ reviews: [{ ...review, scores: { clarity: 7 } }] }}             | ${false} | ${"all seven are there"}
    ${{ reviews: [{ ...review, scores: { ...scores, charm: 9 } }] }}    | ${false} | ${"and no eighth"}
  `("reads a review or not ($ok) because $because", ({ text, ok }) => expect(readReviews(JSON.stringify(text)).ok).toBe(ok));

  it.each`
    action    | ok       | because
    ${"STAY"} | ${true}  | ${"it is a word of a checkpoint"}
    ${"FLIP"} | ${true}  | ${"it is a word of a checkpoint"}
    ${"ADD"}  | ${false} | ${"nothing is added in the middle of a week"}
  `("reads $action or not ($ok) because $because (COUN-8)", ({ action, ok }) =>
    expect(readCheckpoint(JSON.stringify({ action, conviction: 1, reason: "as expected" })).ok).toBe(ok),
  );
  it("reads a chairman", () => {
    const chair = {
      symbol: councilSymbols[0],
      direction: "LONG",
      horizon: "1w",
      conviction: 1,
      risk_profile: "BASE",
      rationale: "a",
      dissent: "b",
      monitoring: ["c"],
    };
    expect(readChair(JSON.stringify(chair))).toMatchObject({ ok: true, value: { profile: "BASE", monitoring: ["c"] } });
  });
});
