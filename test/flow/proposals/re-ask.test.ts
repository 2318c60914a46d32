import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reAskText } from "../../../src/flow/proposals/re-ask.ts";

describe("the text that asks once more (LINE-9)", () => {
  it("begins with the whole question, so that a provider's cache hits, and ends with what was wrong", () => {
    const text = reAskText("ASSETS\nBTC,1", "missing: rationale");
    expect(text.startsWith("ASSETS\nBTC,1\n")).toBe(true);
    expect(text).toContain("could not be used: missing: rationale\n");
  });

  it("is the same for the same fault, grows by little whatever the fault, and lets it start no line of its own", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ unit: "binary", maxLength: 5_000 }), (user, issue) => {
        const text = reAskText(user, issue);
        expect(text).toBe(reAskText(user, issue));
        const added = text.slice(user.length);
        expect(added.length).toBeLessThan(1_200);
        expect(added.split("\n")).toHaveLength(4);
      }),
      { seed: 4 },
    );
  });
});
