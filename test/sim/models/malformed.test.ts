import { describe, expect, it } from "vitest";
import { readPortfolio } from "../../../src/flow/proposals/read-portfolio.ts";
import { malformedReplies } from "../../../src/sim/models/malformed.ts";

describe("the sixty malformed replies (E1)", () => {
  it("are sixty, by number, each said in words of its own", () => {
    expect(malformedReplies.map(({ name }) => name)).toEqual(Array.from({ length: 60 }, (_, at) => `M${String(at + 1).padStart(2, "0")}`));
    expect(new Set(malformedReplies.map(({ what }) => what)).size).toBe(60);
  });

  it("differ from one another, and M59 from nothing but its time", () => {
    expect(new Set(malformedReplies.map(({ text }) => text())).size).toBe(60);
  });

  it("are as large and as deep as they say", () => {
    const text = (name: string): string => malformedReplies.find((each) => each.name === name)!.text();
    expect((JSON.parse(text("M53")) as { decisions: unknown[] }).decisions).toHaveLength(10_000);
    expect(text("M54").length).toBeGreaterThan(5_000_000);
    expect(text("M55")).toContain("[".repeat(100_000));
    expect(text("M56").isWellFormed()).toBe(false);
  });

  it("depart from an answer that is read", () => {
    expect(readPortfolio(malformedReplies[58]!.text())).toMatchObject({ ok: true });
  });
});
