import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseReply } from "../../../src/flow/proposals/normalise-reply.ts";
import { portfolioMapping } from "../../../src/flow/proposals/portfolio-mapping.ts";
import { portfolioSchema } from "../../../src/flow/proposals/portfolio-schema.ts";
import { isNumber, readJson, type Json } from "../../../src/flow/proposals/read-json.ts";
import { readPortfolio } from "../../../src/flow/proposals/read-portfolio.ts";
import type { Normalisation, ReplyMapping } from "../../../src/flow/proposals/reply-mapping.ts";
import { aDecision, aReply } from "./a-reply.ts";

fc.configureGlobal({ seed: 20261121 });

const none: ReplyMapping = { keys: {}, words: {}, fractions: [], decimals: [], texts: [], below: {} };
/** Such as a desk for shares would declare: another schema than the portfolio's. */
const equities: ReplyMapping = {
  ...none,
  keys: { symbol: ["ticker"], direction: ["side"], p_win: ["win_probability"], thesis: [] },
  words: { direction: { long: ["BUY", "bullish"], short: ["SELL"] } },
  fractions: ["p_win"],
  decimals: ["stop", "p_win"],
  texts: ["thesis"],
};

const jsonOf = (text: string): Json => {
  const read = readJson(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.code}`);
  return read.value;
};
/** Back to text, with every number as it was spelled. */
const spelt = (json: Json): string =>
  isNumber(json)
    ? json.literal
    : Array.isArray(json)
      ? `[${(json as Json[]).map(spelt).join(",")}]`
      : typeof json === "object" && json !== null
        ? `{${Object.entries(json as Record<string, Json>)
            .map(([key, value]) => `${JSON.stringify(key)}:${spelt(value)}`)
            .join(",")}}`
        : JSON.stringify(json);

describe("a reply in other spellings (EQ-2)", () => {
  it.each`
    said                               | read                             | rule               | because
    ${'{"ticker":"BTC"}'}              | ${'{"symbol":"BTC"}'}            | ${"key"}           | ${"a ticker is a symbol"}
    ${'{"direction":"bullish"}'}       | ${'{"direction":"long"}'}        | ${"word"}          | ${"a bull buys"}
    ${'{"p_win":"55%"}'}               | ${'{"p_win":0.55}'}              | ${"percent"}       | ${"the field is a fraction"}
    ${'{"p_win":"5%"}'}                | ${'{"p_win":0.05}'}              | ${"percent"}       | ${"the point moves in the digits"}
    ${'{"p_win":"0.25%"}'}             | ${'{"p_win":0.0025}'}            | ${"percent"}       | ${"also below one"}
    ${'{"p_win":"150%"}'}              | ${'{"p_win":1.50}'}              | ${"percent"}       | ${"whether that is too much is the reader's"}
    ${'{"stop":"95.10"}'}              | ${'{"stop":95.10}'}              | ${"quoted_number"} | ${"the digits stay as they are"}
    ${'{"p_win":"55"}'}                | ${'{"p_win":55}'}                | ${"quoted_number"} | ${"without its sign it is 55, which no fraction is"}
    ${'{"stop":"-95"}'}                | ${'{"stop":-95}'}                | ${"quoted_number"} | ${"what may not be negative is the reader's too"}
    ${'{"thesis":{"why":"up","n":3}}'} | ${'{"thesis":"why: up\\nn: 3"}'} | ${"nested_text"}   | ${"parts become lines"}
    ${'{"thesis":["a",["b",1.50]]}'}   | ${'{"thesis":"a; b; 1.50"}'}     | ${"nested_text"}   | ${"and lists sentences"}
  `("$said is $read, because $because", ({ said, read, rule }: { said: string; read: string; rule: string }) => {
    const normal = normaliseReply(jsonOf(said), equities);
    expect(normal.ok && spelt(normal.value.json)).toBe(read);
    expect(normal.ok && normal.value.normalised.list.map((each) => each.rule)).toEqual([rule]);
  });

  it.each`
    said                          | because
    ${'{"p_win":55}'}             | ${"55 of what is not said"}
    ${'{"stop":"50%"}'}           | ${"a price is no fraction"}
    ${'{"stop":"1,000"}'}         | ${"a comma may mean two things"}
    ${'{"stop":"1.000,5"}'}       | ${"so may this"}
    ${'{"stop":"1e3"}'}           | ${"an exponent is not plain"}
    ${'{"stop":"0x10"}'}          | ${"nor is another base"}
    ${'{"stop":"+5"}'}            | ${"nor a plus"}
    ${'{"stop":"05"}'}            | ${"nor a zero before it"}
    ${'{"stop":"5."}'}            | ${"nor a point after it"}
    ${'{"stop":" 5"}'}            | ${"nor a blank"}
    ${'{"stop":"ten"}'}           | ${"nor a word"}
    ${'{"stop":"٩٥"}'}            | ${"nor another script"}
    ${'{"p_win":"-5%"}'}          | ${"no part is less than none"}
    ${'{"p_win":"５５%"}'}        | ${"nor another script's percent"}
    ${'{"direction":"Bullish"}'}  | ${"this spelling is not declared"}
    ${'{"direction":"toString"}'} | ${"an object's own words are not declared"}
    ${'{"toString":1}'}           | ${"nor its own keys"}
    ${'{"Ticker":"BTC"}'}         | ${"case is part of a key"}
    ${'{"symbol":"BULLISH"}'}     | ${"a word is one of its own field only"}
    ${'{"symbol":"5"}'}           | ${"a name of digits is a name"}
    ${'{"stop":{"price":5}}'}     | ${"a number is not looked for inside"}
    ${'{"note":{"side":"BUY"}}'}  | ${"what the mapping does not name it does not enter"}
    ${'[{"ticker":"BTC"}]'}       | ${"a list is not the object it should be"}
    ${'"BUY"'}                    | ${"nor is a text"}
    ${"null"}                     | ${"nor is nothing"}
  `("leaves $said as it is: $because", ({ said }: { said: string }) => {
    const json = jsonOf(said);
    const normal = normaliseReply(json, equities);
    expect(normal.ok && spelt(normal.value.json)).toBe(said);
    // Not a copy of it: what is spelled as asked costs nothing.
    expect(normal.ok && normal.value.json).toBe(json);
  });

  it("copies what it changes and nothing beside it", () => {
    const json = jsonOf('{"decisions":[{"symbol":"A"},{"ticker":"B"}],"rationale":"r","other":[1]}') as Record<string, Json[]>;
    const before = spelt(json);
    const normal = normaliseReply(json, portfolioMapping);
    const after = normal.ok ? (normal.value.json as Record<string, Json[]>) : {};
    expect(spelt(after)).toBe('{"decisions":[{"symbol":"A"},{"symbol":"B"}],"rationale":"r","other":[1]}');
    expect(after["decisions"]?.[0]).toBe(json["decisions"]?.[0]);
    expect(after["other"]).toBe(json["other"]);
    expect(spelt(json)).toBe(before);
  });

  it.each`
    said                                       | because
    ${'{"symbol":"BTC","ticker":"ETH"}'}       | ${"they differ"}
    ${'{"ticker":"BTC","symbol":"BTC"}'}       | ${"that they agree is not looked at"}
    ${'{"p_win":0.5,"win_probability":"55%"}'} | ${"one of two numbers would be picked"}
  `("$said is ambiguous, though $because", ({ said }: { said: string }) => {
    expect(normaliseReply(jsonOf(said), equities)).toMatchObject({ ok: false, error: { code: "ambiguous" } });
  });

  it("lists what it did with its place, and counts what it does not list", () => {
    const said = {
      trades: [
        {
          ...aDecision({ symbol: undefined, action: "LONG", confidence: "55%", rationale: undefined }),
          ticker: "BTCUSDT",
          thesis: { why: "up" },
        },
      ],
      rationale: "one",
      total_allocation_usd: "1000",
      risk_level: "Medium",
    };
    const read = readPortfolio(JSON.stringify(said));
    expect(read.ok && read.value.normalised).toEqual({
      count: 8,
      list: [
        { path: "decisions", rule: "key", from: "trades", to: "decisions" },
        { path: "decisions[0].action", rule: "word", from: "LONG", to: "buy" },
        { path: "decisions[0].confidence", rule: "percent", from: "55%", to: "0.55" },
        { path: "decisions[0].symbol", rule: "key", from: "ticker", to: "symbol" },
        { path: "decisions[0].rationale", rule: "key", from: "thesis", to: "rationale" },
        { path: "decisions[0].rationale", rule: "nested_text", from: "an object", to: "why: up" },
        { path: "total_allocation_usd", rule: "quoted_number", from: '"1000"', to: "1000" },
        { path: "risk_level", rule: "word", from: "Medium", to: "medium" },
      ] satisfies Normalisation[],
    });
    const ten = Array.from({ length: 10 }, () =>
      aDecision({ action: "LONG", confidence: "55%", allocation_usd: "5", tp_price: "1", sl_price: "2" }),
    );
    const many = readPortfolio(JSON.stringify(aReply(ten)));
    expect(many.ok && [many.value.normalised.count, many.value.normalised.list.length]).toEqual([50, 40]);
  });

  it("quotes nothing at length and nothing that a terminal would obey", () => {
    const read = readPortfolio(JSON.stringify(aReply([aDecision({ rationale: { ["a\u202eb"]: "c".repeat(1_000) } })])));
    const [done] = read.ok ? read.value.normalised.list : [];
    expect(done?.to).toBe(`a·b: ${"c".repeat(55)}`);
  });

  it("maps onto the keys of the schema, and takes none of them for another", () => {
    const keysOf = (json: unknown): Record<string, unknown> => (json as { properties: Record<string, unknown> }).properties;
    const top = keysOf(portfolioSchema.json);
    const item = keysOf((top["decisions"] as { items: unknown }).items);
    for (const [mapping, keys] of [
      [portfolioMapping, top],
      [portfolioMapping.below["decisions"]!, item],
    ] as const) {
      const { words, fractions, decimals, texts, below } = mapping;
      const named = [...Object.keys(mapping.keys), ...Object.keys(words), ...fractions, ...decimals, ...texts, ...Object.keys(below)];
      expect(Object.keys(keys)).toEqual(expect.arrayContaining(named));
      expect(
        Object.values(mapping.keys)
          .flat()
          .filter((other) => other in keys),
      ).toEqual([]);
    }
  });

  it("does not compile a mapping that takes one spelling for two words", () => {
    const torn = { ...none, keys: { symbol: ["name"], direction: ["name"] } };
    expect(() => normaliseReply({}, torn)).toThrow("name is another spelling of one word");
    expect(() => normaliseReply({}, { ...none, keys: { symbol: ["side"], side: [] } })).toThrow("side is another spelling of one word");
  });

  it("done twice does nothing more, whatever the reply (law)", () => {
    const key = fc.constantFrom("ticker", "symbol", "side", "direction", "p_win", "win_probability", "stop", "thesis", "other");
    const value = fc.oneof(fc.constantFrom('"BUY"', '"bullish"', '"55%"', '"5"', "5", "null", "true", '"x"'), fc.json({ maxDepth: 2 }));
    const reply = fc.dictionary(key, value, { maxKeys: 6 }).map(
      (of) =>
        `{${Object.entries(of)
          .map(([name, said]) => `"${name}":${said}`)
          .join(",")}}`,
    );
    let changed = 0;
    fc.assert(
      fc.property(reply, (text) => {
        const read = readJson(text);
        if (!read.ok) return;
        const once = normaliseReply(read.value, equities);
        if (!once.ok) return;
        if (once.value.normalised.count > 0) changed++;
        const again = normaliseReply(jsonOf(spelt(once.value.json)), equities);
        expect(again).toMatchObject({ ok: true, value: { normalised: { count: 0, list: [] } } });
        expect(again.ok && spelt(again.value.json)).toBe(spelt(once.value.json));
      }),
      { numRuns: 2_000 },
    );
    expect(changed).toBeGreaterThan(500);
  });
});
