import { describe, expect, it } from "vitest";
import { readPrompt } from "../../src/bin/read-prompt.ts";
import { perpActions, riskLevels } from "../../src/flow/proposals/proposal.ts";
import { readPortfolio } from "../../src/flow/proposals/read-portfolio.ts";
import { reply, still } from "../lab/handmade.ts";
import { played } from "../lab/play.ts";

const { id, text } = readPrompt("perps.trader");

/** The keys of an answer that the reader takes, at any depth. */
function keysOf(json: unknown): string[] {
  if (Array.isArray(json)) return json.flatMap(keysOf);
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [key, ...keysOf(value)]);
}

describe("the perps trader's prompt", () => {
  it("names its version, so that a journal says which words a model was given", () => {
    expect(id).toMatch(/^perps\.trader@\d+$/);
  });

  it("asks for exactly the keys that the reader takes", () => {
    const answer = reply(["BTC"], {});
    expect(readPortfolio(answer).ok).toBe(true);
    const shape = text.split("\n").find((line) => line.startsWith('{"decisions"'))!;
    const asked = [...shape.matchAll(/"(\w+)":/g)].map(([, key]) => key);
    expect(new Set(asked)).toEqual(new Set(keysOf(JSON.parse(answer))));
  });

  it.each([...perpActions])("says what %s does", (action) => {
    expect(text).toMatch(new RegExp(`^- (\\w+, )*${action}(, \\w+)*: `, "m"));
  });

  it.each([...riskLevels])("offers the risk level %s", (level) => {
    expect(text).toContain(`"${level}"`);
  });

  it("speaks only of tables that the question has", () => {
    const bars = Array.from({ length: 3 }, () => still(10_000));
    const question = played({ bars, script: { 1: { BTC: { action: "buy", usd: 1_000, sl: 9_500, tp: 11_000 } } } }).model.questions.at(-1);
    const named = [...text.matchAll(/\b[A-Z]{4,}\b/g)].map(([word]) => word).filter((word) => word !== "JSON");
    const tables = question!.user.split("\n").flatMap((line) => /^([A-Z_]+) /.exec(line)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(1);
    expect(tables).toEqual(expect.arrayContaining(named));
  });
});
