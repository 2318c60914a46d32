import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fault, noFaultText, parseFault, parseFaults } from "../../../src/sim/models/fault.ts";
import { faultKinds } from "../../../src/sim/models/fault-kinds.ts";

describe("a fault as text", () => {
  it.each`
    text                         | read                            | because
    ${"429"}                     | ${{ kind: "429", rate: 1 }}     | ${"it always falls unless told"}
    ${"429:0.2"}                 | ${{ kind: "429", rate: 0.2 }}   | ${"a number to one is a rate"}
    ${"429:0"}                   | ${{ kind: "429", rate: 0 }}     | ${"never is a rate"}
    ${"429:2s"}                  | ${{ ms: 2_000, asDate: false }} | ${"a duration is its Retry-After"}
    ${"429:1.5s:date"}           | ${{ ms: 1_500, asDate: true }}  | ${"or a date"}
    ${"latency:300ms"}           | ${{ kind: "latency", ms: 300 }} | ${"a fixed latency"}
    ${"latency:300ms:sigma=0.6"} | ${{ ms: 300, sigma: 0.6 }}      | ${"a lognormal one"}
    ${"500:x3:0.5"}              | ${{ timesMax: 3, rate: 0.5 }}   | ${"parts stand in any order"}
    ${" M19 "}                   | ${{ kind: "M19", text: "M19" }} | ${"blanks around it mean nothing"}
  `("$text is read, since $because", ({ text, read }) => {
    expect(parseFault(text as string)).toMatchObject({ ok: true, value: read as object });
  });

  it.each`
    text                     | says                          | because
    ${""}                    | ${'unknown fault ""'}         | ${"nothing is no kind"}
    ${"430"}                 | ${'unknown fault "430"'}      | ${"no provider sends it"}
    ${"M61"}                 | ${'unknown fault "M61"'}      | ${"there are sixty"}
    ${"429:1.5"}             | ${'"1.5" is no part'}         | ${"a rate is at most one"}
    ${"429:-1s"}             | ${'"-1s" is no part'}         | ${"no time is negative"}
    ${"429:soon"}            | ${'"soon" is no part'}        | ${"it is no word of the law"}
    ${"402:2s"}              | ${"no duration for 402"}      | ${"nobody waits for credit"}
    ${"latency"}             | ${"right is latency:300ms"}   | ${"how long is not said"}
    ${"429:sigma=1"}         | ${"sigma for latency alone"}  | ${"a Retry-After has no spread"}
    ${"latency:5ms:sigma=9"} | ${'"sigma=9" is no part'}     | ${"such a spread waits for years"}
    ${"429:date"}            | ${"right is 429:2s:date"}     | ${"the date of when"}
    ${"latency:5ms:date"}    | ${"right is latency:2s:date"} | ${"a latency has no date"}
  `("$text is none, since $because", ({ text, says }) => {
    const read = parseFault(text as string);
    expect(read.ok ? "read" : noFaultText(read.error)).toContain(says);
  });

  it("is one of several, parted by commas, and the first bad one spoils all", () => {
    expect(parseFaults("latency:5ms, 429,,")).toMatchObject({ ok: true, value: [{ kind: "latency" }, { kind: "429" }] });
    expect(parseFaults("429,tsunami")).toEqual({ ok: false, error: { code: "unknown_fault", kind: "tsunami" } });
  });

  it("throws where a literal of ours is none", () => {
    expect(() => fault("tsunami")).toThrow("tsunami is a fault");
  });

  it("of any text is a fault or a reason, and never throws", () => {
    const part = fc.oneof(fc.constantFrom(...faultKinds.keys(), "0.5", "x2", "2s", "date", "sigma=1"), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const read = parseFault(parts.join(":"));
        if (read.ok) expect(read.value.rate >= 0 && read.value.rate <= 1 && Number.isFinite(read.value.ms ?? 0)).toBe(true);
        else expect(noFaultText(read.error)).not.toBe("");
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
  });
});
