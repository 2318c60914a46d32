import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detailLine } from "../../../src/adapters/ai-sdk/detail-line.ts";

const key = "sk-proj-abcdefghijklmnop";

describe("details hold no key", () => {
  it.each([
    [`Incorrect API key provided: ${key}.`, "Incorrect API key provided: [secret]", "it is the key"],
    ["Incorrect API key provided: sk-proj-ab************mnop.", "Incorrect API key provided: [secret]", "providers star out the middle"],
    [`Authorization: Bearer ${key}`, "Authorization: [secret]", "a header is echoed"],
    ["someone else's AIzaSyA1234567890abcdef", "someone else's [secret]", "it looks like a key"],
    ["model not found", "model not found", "nothing is secret"],
    ["two\nlines\u001b[31m and \u202eback", "two lines [31m and back", "it goes to a terminal"],
    ["", "", "there is nothing"],
  ])("%j becomes %j, because %s", (text, expected) => {
    expect(detailLine([key])(text)).toBe(expected);
  });

  it("law: wherever a key stands, no nine characters of it stay, and the line stays short", () => {
    const secret = fc.string({ unit: fc.constantFrom("a", "b", "X", "Y", "0", "9", "-", "_"), minLength: 12, maxLength: 60 });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), fc.nat(4000), (hidden, before, after, padding) => {
        const line = detailLine([hidden])(`${before}${"x ".repeat(padding)}${hidden}${after}`);
        expect(line.length).toBeLessThanOrEqual(300);
        for (let at = 0; at + 9 <= hidden.length; at++) expect(line).not.toContain(hidden.slice(at, at + 9));
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
