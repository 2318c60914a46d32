import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEntryAnswer, readExitAnswer, type ExitAnswer } from "../../../src/flow/proposals/read-option-answer.ts";

describe("an answer about an open option (OPT-1)", () => {
  it.each<[string, Partial<ExitAnswer>, string]>([
    ['{"action":"SELL","wait_minutes":null,"confidence":0.8,"rationale":"x"}', { action: "SELL", confidence: 0.8 }, "as asked"],
    ['{"action":"HOLD","confidence":0.8,"rationale":"x"}', { action: "HOLD" }, "nothing to wait for may be left out"],
    ['{"action":"wait","wait_minutes":1,"confidence":0.8,"rationale":"x"}', { action: "WAIT", waitMinutes: 1 }, "in small letters"],
    ['{"action":"WAIT","minutes":"30","confidence":"80%","rationale":"x"}', { waitMinutes: 30, confidence: 0.8 }, "other spellings"],
    ['{"action":"WAIT","wait_minutes":2.5,"confidence":0.8,"rationale":"x"}', { waitMinutes: 3 }, "a part of a minute is waited for whole"],
    ['{"decision":"ABSTAIN","confidence":1,"reason":"x"}', { action: "ABSTAIN" }, "keys that mean the same"],
  ])("%s is read: %s", (text, said) => {
    const read = readExitAnswer(text);
    expect(read.ok && read.value).toMatchObject(said);
  });

  it.each([
    ['{"action":"WAIT","wait_minutes":null,"confidence":0.8,"rationale":"x"}', "wrong_type", "a wait says how long"],
    ['{"action":"WAIT","wait_minutes":31,"confidence":0.8,"rationale":"x"}', "out_of_range", "half an hour at most"],
    ['{"action":"WAIT","wait_minutes":0,"confidence":0.8,"rationale":"x"}', "out_of_range", "a minute at least"],
    ['{"action":"SELL","confidence":1.2,"rationale":"x"}', "out_of_range", "nobody is surer than sure"],
    ['{"action":"SELL","confidence":0.8}', "missing", "a reason belongs to it"],
    ['{"action":"SELL","quantity":5,"confidence":0.8,"rationale":"x"}', "unknown_key", "sizes are not a model's business"],
    ['{"action":"CLOSE","confidence":0.8,"rationale":"x"}', "not_a_word", "close may mean the market's close"],
    ['{"action":"APPROVE","confidence":0.8,"rationale":"x"}', "not_a_word", "an entry's word answers no exit"],
    ['{"action":"SELL","decision":"HOLD","confidence":0.8,"rationale":"x"}', "ambiguous", "two answers are none"],
    ["SELL", "not_json", "prose is none either"],
  ])("%s is refused as %s: %s", (text, code) => {
    const read = readExitAnswer(text);
    expect(!read.ok && read.error.code).toBe(code);
  });
});

describe("an answer about a contract to buy", () => {
  it.each([
    ["APPROVE", "APPROVE"],
    ["deny", "REJECT"],
    ["Rejected", "REJECT"],
    ["needs_user", "NEED_USER"],
    ["HOLD", "HOLD"],
  ])("%s is %s", (spelled, action) => {
    const read = readEntryAnswer(JSON.stringify({ action: spelled, confidence: 0.7, rationale: "x" }));
    expect(read.ok && read.value.action).toBe(action);
  });

  it("takes no word beyond its own for an approval, whatever is written", () => {
    fc.assert(
      fc.property(fc.string(), (action) => {
        const read = readEntryAnswer(JSON.stringify({ action, confidence: 0.7, rationale: "x" }));
        if (read.ok && read.value.action === "APPROVE") expect(action.toLowerCase()).toMatch(/^approved?$/);
      }),
      { seed: 72, examples: [["approve "], ["APPROVE"], ["approved"], ["buy"], ["аpprove"]] },
    );
  });
});
