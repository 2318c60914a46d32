import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hanging } from "../../../src/bin/text/hanging.ts";

describe("a text that hangs behind its label", () => {
  it.each([
    ["goes on below itself", ["    wants  ", "to buy 20 of BTC", 20], ["    wants  to buy 20", "           of BTC"]],
    ["stays on one line where it fits", ["  ", "short", 80], ["  short"]],
    ["keeps a word whole that is wider than the room", ["> ", "a longerthanten b", 10], ["> a", "  longerthanten", "  b"]],
    ["has a line for nothing", ["label ", "", 20], ["label "]],
  ] as const)("%s", (_, [lead, text, width], lines) => {
    expect(hanging(lead, text, width)).toEqual(lines);
  });

  it("loses no word, and is wider than asked only by one word that cannot be broken", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 10, max: 60 }), (of, lead, width) => {
        const lines = hanging("#".repeat(lead), of.join(" "), width);
        expect(lines.flatMap((line) => line.slice(lead).split(" "))).toEqual(of);
        for (const line of lines) expect(line.length <= width || !line.slice(lead).includes(" ")).toBe(true);
      }),
      { seed: 61 },
    );
  });
});
