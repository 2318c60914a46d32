import { describe, expect, it } from "vitest";
import { parseScript, Playing } from "../../../src/sim/models/script.ts";

const playing = (...lines: readonly unknown[]): Playing => {
  const read = parseScript(lines);
  if (!read.ok) throw new Error(read.error.detail);
  return new Playing(read.value);
};
const asked = { model: "m", system: "You are the trader.", user: "TIME 10:00" };

describe("a script", () => {
  it.each`
    lines                                                             | replies                              | because
    ${[{ reply: "a" }]}                                               | ${["a", "a", "a"]}                   | ${"a line without conditions is for all"}
    ${[{ reply: { b: 1 } }]}                                          | ${['{"b":1}', '{"b":1}', '{"b":1}']} | ${"an object is sent as its JSON"}
    ${[{ says: "arbiter", reply: "a" }, { reply: "b" }]}              | ${["b", "b", "b"]}                   | ${"the text must be there"}
    ${[{ says: "the trader", reply: "a" }, { reply: "b" }]}           | ${["a", "a", "a"]}                   | ${"the first line that fits answers"}
    ${[{ model: "other", reply: "a" }, { reply: "b" }]}               | ${["b", "b", "b"]}                   | ${"a model is its whole id"}
    ${[{ nth: 2, reply: "a" }, { reply: "b" }]}                       | ${["b", "a", "b"]}                   | ${"an occurrence is counted from one"}
    ${[{ says: "TIME", nth: 1, reply: "a" }, { nth: 3, reply: "b" }]} | ${["a", undefined, "b"]}             | ${"what no line is for is not its affair"}
  `("answers $replies since $because", ({ lines, replies }) => {
    const script = playing(...(lines as unknown[]));
    expect([1, 2, 3].map(() => script.next(asked)?.reply)).toEqual(replies);
  });

  it("brings faults, alone or with a reply", () => {
    const script = playing({ nth: 1, fault: "429:2s,latency:5ms" }, { reply: "late", fault: "latency:1s" });
    expect(script.next(asked)).toMatchObject({ faults: [{ kind: "429" }, { kind: "latency" }] });
    expect(script.next(asked)).toMatchObject({ reply: "late", faults: [{ kind: "latency", ms: 1_000 }] });
  });

  it.each`
    line                                | says
    ${"hold"}                           | ${"it is an object"}
    ${{}}                               | ${"a reply, a fault or both"}
    ${{ replies: "x" }}                 | ${'unknown key "replies"; there are model, says, nth, reply, fault'}
    ${{ reply: "x", model: 7 }}         | ${"model is the id of a model"}
    ${{ reply: "x", says: [] }}         | ${"says is a text"}
    ${{ reply: "x", nth: 0 }}           | ${"nth is a whole number from 1"}
    ${{ reply: "x", fault: 429 }}       | ${"fault is a text"}
    ${{ reply: "x", fault: "tsunami" }} | ${'unknown fault "tsunami"'}
  `("refuses $line: $says", ({ line, says }) => {
    expect(parseScript([{ reply: "good" }, line])).toEqual({
      ok: false,
      error: { line: 2, detail: expect.stringContaining(says as string) as string },
    });
  });
});
