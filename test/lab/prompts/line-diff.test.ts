import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineDiff } from "../../../src/lab/prompts/line-diff.ts";

const signs = { same: " ", removed: "-", added: "+" } as const;
const shown = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ kind, text }) => signs[kind] + text)
    .join("|");

describe("a diff of lines", () => {
  it.each([
    ["a\nb", "a\nb", " a| b", "nothing changed"],
    ["a\nb\nc", "a\nc", " a|-b| c", "a line went"],
    ["a\nc", "a\nb\nc", " a|+b| c", "a line came"],
    ["a\nb\nc", "a\nx\nc", " a|-b|+x| c", "what goes stands before what comes"],
    ["a\nb", "b\na", "-a| b|+a", "of two that changed places one stays"],
  ])("of %j and %j is %j because %s", (before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });

  it("law: it gives both texts back, and keeps no line that it could not", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const without = (kind: string): string =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join("\n");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
        const back = lineDiff(after, before);
        const kept = (of: typeof lines): number => of.filter(({ kind }) => kind === "same").length;
        expect(kept(back), "the longest common part has one length").toBe(kept(lines));
      }),
      { seed: 4 },
    );
  });
});
