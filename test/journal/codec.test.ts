import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArbitrationCount } from "../../src/flow/reports/arbitration-report.ts";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import { decode } from "../../src/journal/decode.ts";
import { encode } from "../../src/journal/encode.ts";
import { factLine } from "../../src/journal/fact-line.ts";
import { factKinds } from "../../src/journal/fact-kinds.ts";
import { instantText } from "../../src/journal/instant-text.ts";
import { exactOne } from "../../src/words/exact.ts";
import { arbitraryFactOf, arbitraryInstant, entryOf } from "./arbitrary-fact.ts";

const instant = Temporal.Instant.from("2026-01-02T03:04:05Z");

describe("a journal of before", () => {
  it("keeps its word for a symbol of which a source wanted both sides (DUAL-5)", () => {
    const rule =
      '{"aiConfidenceMin":0.6,"aiOverrideThreshold":0.7,"localWeakConviction":0.35,"aiConfidenceAdvantage":0.25,"blendMode":"average"}';
    const audit = `"proposals_local":[],"proposals_ai":[],"proposals_final":[],"arbitrations":[{"instrument":"A","resolution":"NONE","reason":"nobody_proposes"}]`;
    const envelope = '"sequence":9,"at":"2026-01-02T03:04:05Z","account":"a","desk":"crypto","correlation":"c-1","config":"0"';
    const old = `{${envelope},"fact":{"kind":"arbitrated","heard":"both","rule":${rule},${audit}}}`;
    const read = decodeEntry(old);
    expect(read.ok && encodeEntry(read.value)).toBe(old);
    expect(read.ok && factLine(read.value.fact)).toContain("NONE (nobody_proposes)");
    const count = new ArbitrationCount();
    if (read.ok && read.value.fact.kind === "arbitrated") count.arbitrated(read.value.fact);
    expect(count.report().byReason).toEqual({ nobody_proposes: 1 });
  });
});

describe("a journal's text", () => {
  it.each([
    ["an exact number is a decimal in quotes", { price: 95_505_400_000_000_000n }, '{"price":"95505.4"}'],
    ["the smallest exact number keeps all its digits", { fee: -1n }, '{"fee":"-0.000000000001"}'],
    ["a list of exact numbers is named by its field", { limit: [exactOne, 0n] }, '{"limit":["1","0"]}'],
    ["evidence in basis points stays a number", { measured: 312.5, limit: 3000 }, '{"measured":312.5,"limit":3000}'],
    [
      "an instant is ISO in UTC, as short as it can be",
      { at: instant, takenAt: instant },
      '{"at":"2026-01-02T03:04:05Z","takenAt":"2026-01-02T03:04:05Z"}',
    ],
    ["fields stand in the order of construction", { b: 1, a: 2 }, '{"b":1,"a":2}'],
    ["an undefined field is left out", { a: undefined, b: true }, '{"b":true}'],
    [
      "a text below free keys is a text",
      { arithmetic: { price: "95505.40", at: "noon" } },
      '{"arithmetic":{"price":"95505.40","at":"noon"}}',
    ],
    ["minus zero is not zero", { confidence: -0 }, '{"confidence":-0}'],
    ["line ends and quotes never leave a text", { detail: 'a\n"b"\\' }, '{"detail":"a\\n\\"b\\"\\\\"}'],
    ["a record and a list may be empty", { outcomes: {}, frames: [] }, '{"outcomes":{},"frames":[]}'],
  ])("because %s", (_because, value, text) => {
    expect(encode(value)).toBe(text);
    expect(decode(text)).toEqual({ ok: true, value });
  });

  it.each([
    ["an exact number sits in a field that no decoder would read as one", { unheardOf: 1n }, /unheardOf .*exact-fields/],
    ["a float sits in a field of money", { equity: 1.5 }, /equity holds exact numbers .* plain number/],
    ["a text sits in an exact field and would come back as a number", { price: "95505.4" }, /price holds exact numbers .* text/],
    ["an instant sits in a field that is not named as one", { when: instant }, /when holds neither .* an instant/],
    ["a text stands for an instant", { at: "2026-01-02T03:04:05Z" }, /at holds instants, not a text/],
    ["an exact number sits below free keys", { settings: { price: 1n } }, /price holds texts, numbers and booleans/],
    ["a number is not a number", { confidence: Number.NaN }, /confidence is a finite number/],
    ["a number is infinite", { measured: Number.POSITIVE_INFINITY }, /measured is a finite number/],
    ["an exact number is beyond what reads back", { amount: 10n ** 36n }, /below 10\^24/],
    ["a map is no plain record", { state: new Map() }, /state is a plain record/],
    ["a function says nothing", { why: () => "" }, /not a function/],
    ["a list with a hole would come back with something in it", { closes: [1, undefined] }, /closes has no holes/],
    ["a field named __proto__ would be a prototype elsewhere", JSON.parse('{"detail":{"__proto__":{"a":1}}}') as object, /__proto__/],
  ])("is refused because %s", (_because, value, rule) => {
    expect(() => encode(value)).toThrow(rule);
    // A refusal leaves nothing behind in the encoder.
    expect(encode({ a: 1 })).toBe('{"a":1}');
  });

  it.each([
    ["it is not JSON", "{", "not_json"],
    ["it is not a record", "[]", "not_json"],
    ["an exact field holds a word", '{"price":"cheap"}', "bad_field"],
    ["an exact field holds an exponent", '{"price":"1e5"}', "bad_field"],
    ["an exact field holds digits that are too fine", '{"price":"0.0000000000001"}', "bad_field"],
    ["an exact field ends in a point", '{"price":"5."}', "bad_field"],
    ["an exact field is empty", '{"price":"-"}', "bad_field"],
    ["an exact field holds a float", '{"price":95505.4}', "bad_field"],
    ["an instant has an offset", '{"at":"2026-01-02T03:04:05+01:00"}', "bad_field"],
    ["an instant is no time", '{"at":"2026-13-02T03:04:05Z"}', "bad_field"],
    ["an instant is a number", '{"at":1767322800}', "bad_field"],
    ["a list holds a bad exact number", '{"limit":["1","x"]}', "bad_field"],
    ["a field is named __proto__", '{"detail":{"__proto__":{"a":1}}}', "bad_field"],
  ])("is unreadable because %s", (_because, text, code) => {
    expect(decode(text)).toMatchObject({ ok: false, error: { code } });
  });

  it.each([
    ["the sequence is not a whole number from 1", { sequence: 0 }, "bad_envelope"],
    ["the instant is absent", { at: undefined }, "bad_envelope"],
    ["the account is not an id", { account: "" }, "bad_envelope"],
    ["the desk is not an id", { desk: 7 }, "bad_envelope"],
    ["the correlation is not an id", { correlation: "a b" }, "bad_envelope"],
    ["the config digest is not a text", { config: null }, "bad_envelope"],
    ["the fact has no kind", { fact: {} }, "bad_envelope"],
    ["the kind comes from another version", { fact: { kind: "dreamt" } }, "unknown_kind"],
    ["the kind is a word of every object", { fact: { kind: "constructor" } }, "unknown_kind"],
  ])("is no entry because %s", (_because, change, code) => {
    const good = {
      sequence: 1,
      at: "2026-01-02T03:04:05Z",
      account: "a",
      desk: "d",
      config: "c",
      fact: { kind: "order_triggered", order: "o" },
    };
    expect(decodeEntry(JSON.stringify(good)).ok).toBe(true);
    expect(decodeEntry(JSON.stringify({ ...good, ...change }))).toMatchObject({ ok: false, error: { code } });
  });
});

describe("what is encoded comes back", () => {
  it.each(factKinds)("as it was: %s", (kind) => {
    fc.assert(
      fc.property(entryOf(arbitraryFactOf(kind)), (entry) => {
        const text = encodeEntry(entry);
        expect(text.startsWith(`{"sequence":${entry.sequence},`)).toBe(true);
        expect(text).not.toContain("\n");
        const read = decodeEntry(text);
        expect(read).toStrictEqual({ ok: true, value: entry });
        expect(read.ok && encodeEntry(read.value)).toBe(text);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it("as the text that Temporal itself gives an instant, to the nanosecond", () => {
    fc.assert(
      fc.property(fc.array(arbitraryInstant, { minLength: 1, maxLength: 6 }), (instants) => {
        for (const of of [...instants, ...instants.toReversed()]) expect(instantText(of)).toBe(`"${of.toString()}"`);
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});
