import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNumber, isRecord, readJson, type Json } from "../../../src/flow/proposals/read-json.ts";

fc.configureGlobal({ seed: 20261121 });

const faultOf = (text: string): string => {
  const read = readJson(text);
  return read.ok ? "ok" : read.error.code;
};
const deep = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("reading JSON", () => {
  it.each`
    text                                 | fault              | because
    ${""}                                | ${"empty"}         | ${"there is nothing"}
    ${" \n\t\uFEFF "}                    | ${"empty"}         | ${"blanks and a byte order mark are nothing"}
    ${'\uFEFF{"a":1}'}                   | ${"not_json"}      | ${"a byte order mark is not JSON"}
    ${"{'a':1}"}                         | ${"not_json"}      | ${"quotes are double"}
    ${'{"a":1,}'}                        | ${"not_json"}      | ${"no comma hangs"}
    ${'{"a":1} {"a":2}'}                 | ${"not_json"}      | ${"one value and nothing after it"}
    ${'{"a":"b'}                         | ${"not_json"}      | ${"the string does not end"}
    ${'{"a":1,"a":2}'}                   | ${"duplicate_key"} | ${"the second would win"}
    ${'{"a":1,"\\u0061":2}'}             | ${"duplicate_key"} | ${"an escape does not hide a repeat"}
    ${'{"a":1,"a"\n :2}'}                | ${"duplicate_key"} | ${"nor do blanks"}
    ${'[{"a":1},{"a":2}]'}               | ${"ok"}            | ${"each object has its own keys"}
    ${'{"a":"a","b":"a"}'}               | ${"ok"}            | ${"values may repeat"}
    ${'{"a":"\\"b\\":","b":1}'}          | ${"ok"}            | ${"what stands inside a string is no key"}
    ${'{"__proto__":1}'}                 | ${"forbidden_key"} | ${"it would reach the prototype"}
    ${'{"__pro\\u0074o__":{}}'}          | ${"forbidden_key"} | ${"an escape does not hide it"}
    ${'{"constructor":{"prototype":1}}'} | ${"forbidden_key"} | ${"nor does the other way there"}
    ${deep(16)}                          | ${"ok"}            | ${"sixteen deep is deep enough"}
    ${deep(17)}                          | ${"too_deep"}      | ${"seventeen is not"}
    ${"[".repeat(100_000)}               | ${"too_deep"}      | ${"a wall of brackets"}
  `("$text is $fault because $because", ({ text, fault }) => {
    expect(faultOf(text)).toBe(fault);
  });

  it("keeps every number as it was spelled, beyond what a double holds", () => {
    for (const literal of ["95505.123456789012", "0.1", "1e309", "1e-30", "12345678901234567890", "-0", "1E+2"]) {
      const read = readJson(`{"a":${literal}}`);
      expect(read).toMatchObject({ ok: true });
      const value = read.ok && isRecord(read.value) ? read.value["a"] : undefined;
      expect(isNumber(value) && value.literal).toBe(literal);
    }
  });

  it("takes an object that spells itself like a number for an object", () => {
    const read = readJson('{"literal":"1000"}');
    expect(read.ok && isNumber(read.value)).toBe(false);
    expect(read.ok && isRecord(read.value)).toBe(true);
  });

  // Each of these takes a scan that begins again behind every quote or bracket minutes, and one that recurses the stack.
  it.each([
    ["escaped quotes in a string that does not end", `"${'\\"'.repeat(99_998)}`, "a string does not end"],
    ["letters that do not end", `"${"a".repeat(199_998)}`, "a string does not end"],
    ["keys that do not end", `{"${'a\\":'.repeat(40_000)}`, "a string does not end"],
    ["100 000 opening brackets", "[".repeat(100_000), "deeper than 16"],
    ["100 000 opening objects", '{"a":'.repeat(30_000), "deeper than 16"],
    ["5 million letters", "x".repeat(5_000_000), "5000000 characters over 200000"],
    ["5 million blanks", " ".repeat(5_000_000), "5000000 characters over 200000"],
  ])("gives up at once on %s (M54, M55)", (_name, text, detail) => {
    expect(readJson(text)).toMatchObject({ ok: false, error: { detail } });
  });

  it("takes the longest text and the longest string that it takes", () => {
    expect(readJson(`"${"a".repeat(199_998)}"`)).toEqual({ ok: true, value: "a".repeat(199_998) });
    expect(faultOf(`"${"a".repeat(199_999)}"`)).toBe("too_long");
    expect(faultOf(`[${'"",'.repeat(66_000)}""]`)).toBe("ok");
    expect(faultOf(`{"a"${" ".repeat(199_000)}:1}`)).toBe("ok");
  });

  it("never throws, and quotes nothing in a fault that a log or a database would choke on", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('"', "{", "}", "[", "]", ":", ",", "\\", "\\u0000", "\u0000", "\ud800", "1e5", "null"),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
        (text) => {
          const read = readJson(text);
          if (read.ok) return;
          expect(read.error.detail).not.toMatch(/\p{C}/u);
          expect(read.error.detail.length).toBeLessThanOrEqual(120);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("reads what JSON.parse reads, wherever keys are plain and numbers survive", () => {
    const plain = (value: Json): unknown =>
      isNumber(value)
        ? Number(value.literal)
        : Array.isArray(value)
          ? (value as Json[]).map(plain)
          : isRecord(value)
            ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)]))
            : value;
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const read = readJson(text);
        if (read.ok) expect(plain(read.value)).toEqual(JSON.parse(text));
        else expect(["forbidden_key", "empty"]).toContain(read.error.code);
      }),
      { numRuns: 500 },
    );
  });
});
