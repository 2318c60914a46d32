import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNumber, isRecord, readJson, type Json } from "../../../src/flow/proposals/read-json.ts";

fc.configureGlobal({ seed: 20261121 });

const faultOf = (text: string): string => {
  const read = readJson(text);
  return read.ok ? "ok" : read.error.code;
};
const deep = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

const blank = fc.constantFrom("", "", "", " ", "\n", "\t ", "\r\n", "  ");
const scalar = fc.constantFrom(
  ...['""', '"a"', '"\\u0061"', '"\\n\\"\\\\\\/"', '"é😀"', '"\\ud83d\\ude00"', '"\\ud800"', '":{["', "null", "true", "false"],
  ...["0", "-0", "7", "-12.50", "1e9", "1E-3", "2e+2", "1e400", "0.1", "123456789012345678901234567890", "{}", "[]", "[ ]", "{\n}"],
);
const key = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('"a"', '"b"', '"ab"', '"abc"', '"b:"', '"é"', '"1"', '""', '"toString"', '"\\u0061"', '"\\n"') },
  { weight: 20, arbitrary: fc.string({ maxLength: 4 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom('"__proto__"', '"constructor"', '"prototype"', '"__pro\\u0074o__"') },
);
/** Lawful JSON as no writer spells it: blanks and escapes anywhere, keys that repeat, and seldom deeper than is read. */
const { jsonText } = fc.letrec<{ jsonText: string; value: string }>((tie) => ({
  jsonText: fc
    .tuple(blank, tie("value"), blank, fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(24) }))
    .map(([before, of, behind, depth]) => `${before}${"[".repeat(depth)}${of}${"]".repeat(depth)}${behind}`),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc
      .array(
        fc.tuple(blank, tie("value"), blank).map((parts) => parts.join("")),
        { minLength: 1, maxLength: 4 },
      )
      .map((items) => `[${items.join(",")}]`),
    fc
      .array(
        fc.tuple(blank, key, blank, fc.constant(":"), blank, tie("value"), blank).map((parts) => parts.join("")),
        { minLength: 1, maxLength: 4 },
      )
      .map((fields) => `{${fields.join(",")}}`),
  ),
}));
/** The same with something cut out or put in, somewhere. */
const mutated = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      of,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(2),
      fc.constantFrom(..."\"{}[]:,\\-+.eE0901 tnu/\u0000\u001f\u007f\ufeff\u00a0x'".split("")),
    )
    .map(([text, at, cut, put]) => {
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + put + text.slice(from + cut);
    });

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

  it("refuses every control character in a string, and no other character", () => {
    for (let code = 0; code < 0x300; code++) {
      const text = `"a${String.fromCharCode(code)}b"`;
      expect(faultOf(text), code.toString(16)).toBe(isJson(text) ? "ok" : "not_json");
      expect(faultOf(`{${text}:1}`), code.toString(16)).toBe(isJson(text) ? "ok" : "not_json");
    }
  });

  it.each([
    "01",
    "-",
    "--1",
    "+1",
    ".5",
    "1.",
    "1.e1",
    "1e",
    "1e+",
    "1e1.5",
    "0x1",
    "1_0",
    "Infinity",
    "nul",
    "True",
    "nulls",
    "[,]",
    "{,}",
    "{1:1}",
  ])("refuses %s as JSON.parse does", (text) => {
    expect(isJson(text)).toBe(false);
    expect(faultOf(text)).toBe("not_json");
    expect(faultOf(`[${text}]`)).toBe("not_json");
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

  it.each([
    ["short strings with an escape each", `[${'"\\n",'.repeat(39_000)}0]`],
    ["strings of escapes alone", `["${"\\u0041".repeat(33_000)}"]`],
    ["keys that all differ", `{${Array.from({ length: 19_000 }, (_, n) => `"${n.toString(36).padStart(5, "_")}":1`).join(",")}}`],
    ["keys with an escape each", `{${Array.from({ length: 14_000 }, (_, n) => `"\\t${n.toString(36)}":1`).join(",")}}`],
    ["objects of one key", `[${'{"key":1},'.repeat(18_000)}0]`],
    ["one number", `[${"1".repeat(199_000)}]`],
    ["numbers with exponents", `[${"1e+1,".repeat(39_000)}0]`],
    ["blanks between everything", `[${"1 \n\r\t , ".repeat(24_000)}0]`],
    ["letters that no byte holds", `["${"ж".repeat(199_000)}"]`],
  ])("reads 200 KB of %s", (_name, text) => {
    expect(text.length).toBeLessThanOrEqual(200_000);
    const read = readJson(text);
    expect(read.ok && plain(read.value)).toEqual(JSON.parse(text));
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

  it("takes exactly what JSON.parse takes, less what it refuses by itself, and reads the same values (law)", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(jsonText, mutated(jsonText), fc.json({ maxDepth: 5 })), (text) => {
        const read = readJson(text);
        const fault = read.ok ? "ok" : read.error.code;
        seen.set(fault, (seen.get(fault) ?? 0) + 1);
        if (!isJson(text)) {
          expect(fault).not.toBe("ok");
          return;
        }
        expect(fault).toBe(refusedBesides(text) ?? "ok");
        if (read.ok) expect(plain(read.value)).toEqual(JSON.parse(text));
      }),
      { numRuns: 6_000 },
    );
    for (const fault of ["ok", "not_json", "duplicate_key", "forbidden_key", "too_deep"])
      expect(seen.get(fault) ?? 0, fault).toBeGreaterThan(50);
  });

  it("compares a key with the one that it expects, and believes nothing", () => {
    const keysOf = (text: string): readonly string[] => {
      const read = readJson(text);
      return read.ok && isRecord(read.value) ? Object.keys(read.value) : [];
    };
    for (const keys of [
      ["a", "b"],
      ["a", "bc"],
      ["a", "b"],
      ["a", "b:"],
      ["a", ""],
      ["a", "é"],
      ["ab", "b"],
      ["a", "b", "c"],
    ]) {
      const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, 1])));
      expect(keysOf(text)).toEqual(keys);
      expect(keysOf(text)).toEqual(keys);
    }
  });
});

function plain(value: Json): unknown {
  if (isNumber(value)) return Number(value.literal);
  if (Array.isArray(value)) return (value as Json[]).map(plain);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)])) : value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What lawful JSON is refused for, found in another way than the reader's: by its tokens, with the engine's own reading of each key. */
function refusedBesides(text: string): string | undefined {
  const keys: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs)) {
    if (token === "{" || token === "[") {
      if (keys.length === 16) return "too_deep";
      keys.push(new Set());
    } else if (token === "}" || token === "]") keys.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      if (["__proto__", "constructor", "prototype"].includes(key)) return "forbidden_key";
      if (keys.at(-1)?.has(key) === true) return "duplicate_key";
      keys.at(-1)?.add(key);
    }
  }
  return undefined;
}
