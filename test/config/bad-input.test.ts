import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultLine } from "../../src/config/fault.ts";
import { leavesOf } from "../../src/config/key-tree.ts";
import { loadConfig, type Sources } from "../../src/config/load-config.ts";

const file = (text: string): Sources => ({ file: { path: "countersign.yaml", text } });
const set = (...pairs: readonly string[]): Sources => ({ set: pairs });
const env = (name: string, text: string): Sources => ({ env: { [name]: text } });

function linesOf(sources: Sources): readonly string[] {
  const loaded = loadConfig(sources);
  return loaded.ok ? [] : loaded.error.map(faultLine);
}

const numbers = "write it in plain digits, such as 3: no exponent, hex, commas, spaces, units or leading zeros";

/** What is said, why it is refused, and the one line that comes back. */
const table: readonly (readonly [what: string, because: string, sources: Sources, line: string | RegExp])[] = [
  [
    "an exponent",
    "plain digits are the one way to write a number",
    set("account.leverage=1e3"),
    `--set account.leverage: account.leverage: "1e3" is not a whole number from 1 to 50; ${numbers}`,
  ],
  [
    "hexadecimal",
    "0x10 is 16 to some readers",
    set("account.leverage=0x10"),
    /"0x10" is not a whole number from 1 to 50; write it in plain/,
  ],
  [
    "separators",
    "1,000 is 1 to some readers",
    set("limits.positionsMax=1,000"),
    /"1,000" is not a whole number from 1 to 1000; write it in/,
  ],
  [
    "not a number",
    "NaN passes every comparison",
    set("venue.participation=NaN"),
    /"NaN" is not a number from 0 to 1; write it in plain digits/,
  ],
  [
    "nothing",
    "Number('') is zero",
    set("account.leverage="),
    /account.leverage: has no value; write a whole number from 1 to 50, or leave/,
  ],
  ["a space", "it is a slip of the hand", set("account.leverage= 3"), /" 3" is not a whole number/],
  ["an octal look", "007 is 7 or an error elsewhere", set("account.leverage=007"), /"007" is not a whole number/],
  [
    "a fraction",
    "leverage is whole",
    set("account.leverage=2.5"),
    /"2.5" is not a whole number from 1 to 50; write a whole number from 1 to 50; the def/,
  ],
  ["too much", "50 is the bound", set("account.leverage=51"), /"51" is not a whole number from 1 to 50; write .*; the default is 3$/],
  [
    "beyond a share",
    "there is no more than all of a bar",
    set("venue.participation=1.5"),
    /"1.5" is not a number from 0 to 1; write a number/,
  ],
  [
    "money with an exponent",
    "as other numbers",
    set("account.startCash=1e5"),
    /"1e5" is not an amount .*; write it in plain digits, such as 100000/,
  ],
  [
    "money too precise",
    "digits are refused, never dropped",
    file("account: { startCash: 1.0000000000001 }"),
    /"1.0000000000001" is not an amount/,
  ],
  ["money below zero", "no account opens in debt", set("account.startCash=-5"), /"-5" is not an amount from 1 to 1000000000000/],
  [
    "a YAML exponent",
    "1e3 is a number to YAML",
    file("limits:\n  dailyLossBpsMax: 1e3\n"),
    /^countersign.yaml:2:20: limits.dailyLossBpsMax: "1e3"/,
  ],
  ["YAML infinity", "it is a number to YAML", file("limits:\n  dailyLossBpsMax: .inf\n"), /".inf" is not a whole number from 1 to 10000/],
  [
    "a number in quotes",
    "a text is no number",
    file('account: {leverage: "3"}'),
    /"3" in quotes is a text; write a whole number from 1 to 50 without/,
  ],
  [
    "yes",
    "YAML 1.1 took it for true",
    file("limits:\n  stopRequired: yes\n"),
    /^countersign.yaml:2:17: limits.stopRequired: "yes" is not true or false; write true/,
  ],
  [
    "yes, of YAML 1.1",
    "a directive changes nothing",
    file("%YAML 1.1\n---\nlimits:\n  stopRequired: yes\n"),
    /^countersign.yaml:4:17: limits.stopRequired: "yes" is not true or false/,
  ],
  ["a slip in a choice", "it is named", set("account.marginMode=crss"), /"crss" is not one of cross, isolated; did you mean cross\?$/],
  [
    "a slip in a key",
    "a misspelt stop would be no stop",
    file("limits:\n  stopDistanceBpMax: 100\n"),
    "countersign.yaml:2:3: limits.stopDistanceBpMax: there is no such key; did you mean limits.stopDistanceBpsMax?",
  ],
  [
    "a key in the wrong place",
    "it would be ignored",
    file("priceCollarBps: 4"),
    /^countersign.yaml:1:1: priceCollarBps: there is no such key; did you mean limits.pri/,
  ],
  [
    "a key nobody knows",
    "its neighbours are listed",
    set("execution.colour=red"),
    /no such key; keys here are entryWorstBps, exitWorstBps, protectBy$/,
  ],
  [
    "a dotted key in a file",
    "--set writes it so, YAML does not",
    file("limits.spreadBpsMax: 3"),
    /limits.spreadBpsMax: has a dot; write each part on a line/,
  ],
  [
    "a section as a value",
    "nothing says which key",
    set("limits=3"),
    /^--set limits: limits: is a section; name one of its keys, as limits.KEY=value$/,
  ],
  [
    "a value as a section",
    "nothing says which key",
    file("venue: 3"),
    /^countersign.yaml:1:8: venue: is not a section; write its keys below it/,
  ],
  [
    "a list as the file",
    "nothing says which key",
    file("- 3"),
    /^countersign.yaml:1:1: is not a section; write its keys below it, indented: seed/,
  ],
  ["no value behind a key", "null is no number", file("perps:\n  horizonBars:\n"), /perps.horizonBars: has no value; write a whole number/],
  [
    "a list for one value",
    "which of them?",
    file("perps: {interval: [1h]}"),
    /perps.interval: is one value: one of 1m, .* behind the colon$/,
  ],
  [
    "one value for a list",
    "a list is written as one",
    file("perps:\n  assets: BTCUSDT\n"),
    "countersign.yaml:2:11: perps.assets: is a list; write it as [BTCUSDT, ETHUSDT]",
  ],
  [
    "an asset twice",
    "it would be traded twice",
    env("ASSETS", "BTCUSDT,BTCUSDT"),
    /^env ASSETS: perps.assets: "BTCUSDT,BTCUSDT" is not a list of at most 10 different/,
  ],
  ["eleven assets", "ten are the most", env("ASSETS", "A,B,C,D,E,F,G,H,I,J,K"), /is not a list of at most 10 different symbols/],
  [
    "no pair behind --set",
    "a key alone says nothing",
    set("limits.spreadBpsMax"),
    /^--set limits.spreadBpsMax: limits.spreadBpsMax: has no value; write --set key=value$/,
  ],
  [
    "a tab",
    "YAML indents with spaces",
    file("limits:\n\tspreadBpsMax: 3\n"),
    /^countersign.yaml:2:1: not YAML: Tabs are not allowed as indentation; indent with spaces$/,
  ],
  ["broken YAML", "the place is named", file("seed: a: b\n"), /^countersign.yaml:1:7: not YAML: .*; mend the YAML here/],
  [
    "a key twice",
    "YAML readers keep the last without a word",
    file("limits:\n  positionsMax: 3\n  positionsMax: 4\n"),
    "countersign.yaml:3:3: limits.positionsMax: is there twice; keep one of the two",
  ],
  [
    "two documents",
    "which of them?",
    file("seed: a\n---\nseed: b\n"),
    /^countersign.yaml:2:1: not YAML: .*; keep one document in the file$/,
  ],
  [
    "an alias",
    "a value is read where it stands",
    file("limits:\n  positionsMax: &a 3\n"),
    /limits.positionsMax: anchors, aliases and tags have no meaning/,
  ],
  [
    "a tag",
    "kinds come from the key",
    file('seed: !!int "3"'),
    /seed: anchors, aliases and tags have no meaning here; write the plain value/,
  ],
  [
    "a reference to the environment (LINE-9)",
    "only secrets are read so, and there are none",
    file("perps:\n  model: ${LLM_MODEL}\n"),
    'countersign.yaml:2:10: perps.model: "${LLM_MODEL}" refers to the environment; write the value itself: ${NAME} is for secrets only, and no key here holds one',
  ],
  [
    "a strategy of no style",
    "there would be no rules",
    file("strategies: {calm: {numbers: {riskBps: 4}}}"),
    /strategies.calm.style: is missing; write one of conservative, aggr/,
  ],
  [
    "a style and a file",
    "whose rules are they?",
    file("strategies: {calm: {style: swing, file: calm.ts}}"),
    /^countersign.yaml:1:41: strategies.calm.file: the rules are those of a file or of the style swing, not of both; leave one of the two out$/,
  ],
  [
    "a digest of no file",
    "nothing could have it",
    set("strategies.calm.style=swing", `strategies.calm.sha256=${"0".repeat(64)}`),
    /strategies.calm.sha256: there is no file that could have it/,
  ],
  [
    "half a digest",
    "it would match nothing",
    set("strategies.calm.file=calm.ts", "strategies.calm.sha256=00ff"),
    /is not 64 hexadecimal digits/,
  ],
  [
    "a slip in a style",
    "the rest of its strategy is not judged",
    file("perps: {strategy: calm}\nstrategies:\n  calm: {style: swig, numbers: {riskBps: 900}}\n"),
    'countersign.yaml:3:17: strategies.calm.style: "swig" is not one of conservative, aggressive, scalping, swing, dca; did you mean swing?',
  ],
  [
    "a strategy that says nothing",
    "it would vanish",
    file("strategies:\n  calm: {numbers: {}}\n"),
    /^countersign.yaml:2:3: strategies.calm: is empty; give it a style/,
  ],
  ["a strategy's odd name", "names are ids and keys", file("strategies: {My.One: {style: swing}}"), /strategies.My.One: has a dot/],
  ["a strategy in capitals", "names are ids and keys", set("strategies.Calm.style=swing"), /^--set strategies.Calm.style: /],
  [
    "a built-in name",
    "which of them?",
    set("strategies.swing.style=dca"),
    /swing is a built-in style; choose another name, such as my-swing$/,
  ],
  ["a model with a space", "no vendor names one so", env("LLM_MODEL", "a b"), /^env LLM_MODEL: perps.model: "a b" is not 1 to 128 letters/],
  [
    "a slip in a strategy",
    "it is named",
    set("perps.strategy=swng"),
    "--set perps.strategy: perps.strategy: no strategy is named swng; did you mean swing?",
  ],
];

describe("a value that is not right is refused with its place and what would be right", () => {
  it.each(table)("%s, because %s", (_what, _because, sources, line) => {
    const lines = linesOf(sources);
    expect(lines).toHaveLength(1);
    if (typeof line === "string") expect(lines[0]).toBe(line);
    else expect(lines[0]).toMatch(line);
  });
});

describe("what looks like a secret (LINE-9)", () => {
  it.each(["apiKey", "api_key", "secret", "authToken", "password", "privateKey"])("%s is no key, and its value is in no fault", (name) => {
    const lines = [...linesOf(file(`account:\n  ${name}: sk-very-private\n`)), ...linesOf(set(`account.${name}=sk-very-private`))];
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toContain("named like a secret; secrets come from environment variables");
      expect(line).not.toContain("sk-very-private");
    }
  });
});

describe("all faults come at once", () => {
  it("from every source, by place, and a key with a fault of its own is not compared with others", () => {
    const text = "account:\n  leverage: 99\nlimits:\n  riskPerTradeBpsMax: 301\n  spreadBpMax: 1\n  quoteAgeMsMax: soon\n";
    const lines = linesOf({ ...file(text), env: { INTERVAL: "7h" }, set: ["venue.participation=2"] });
    expect(lines.map((line) => line.split(": ").slice(0, 2).join(" "))).toEqual([
      "--set venue.participation venue.participation",
      "countersign.yaml:2:13 account.leverage",
      "countersign.yaml:4:23 limits.riskPerTradeBpsMax",
      "countersign.yaml:5:3 limits.spreadBpMax",
      "countersign.yaml:6:18 limits.quoteAgeMsMax",
      "env INTERVAL perps.interval",
    ]);
  });

  it("a fault stays one where a stronger source goes over the value", () => {
    expect(linesOf({ ...file("account: {leverage: 99}"), ...set("account.leverage=2") })).toHaveLength(1);
  });

  it("nesting without end is a fault and not a crash", () => {
    expect(linesOf(file("[".repeat(20_000)))[0]).toContain("not YAML");
  });
});

describe("keys agree with one another", () => {
  const relations: readonly (readonly [because: string, pairs: readonly string[], line: RegExp])[] = [
    [
      "an account does not borrow more than the rails allow",
      ["account.leverage=4"],
      /account.leverage: 4 is above limits.leverageMax 3 .*lower it to 3, or raise/,
    ],
    [
      "the tightened key is where to look",
      ["limits.leverageMax=2"],
      /^--set limits.leverageMax: account.leverage: 3 is above limits.leverageMax 2/,
    ],
    [
      "no proposal asks for more than a position",
      ["perps.allocationUsdMax=60000.01"],
      /60000.01 is above limits.positionNotionalMax 60000 .*lower it to 60000/,
    ],
    ["an order is not larger than its position", ["limits.orderNotionalMax=60001"], /60001 is above limits.positionNotionalMax 60000/],
    ["an order is not larger than its share", ["limits.orderEquityBpsMax=6001"], /6001 is above limits.concentrationBpsMax 6000/],
    ["one is not more than all", ["limits.concentrationBpsMax=20001"], /20001 is above limits.grossExposureBpsMax 20000/],
    ["net is not above gross", ["limits.netExposureBpsMax=20001"], /20001 is above limits.grossExposureBpsMax 20000/],
    [
      "one trade may not risk more than the day",
      ["limits.riskPerTradeBpsMax=301"],
      /301 is above limits.dailyLossBpsMax 300 \(one trade may not risk/,
    ],
    ["a day may not lose more than all", ["limits.dailyLossBpsMax=1501"], /1501 is above limits.drawdownBpsMax 1500/],
    ["there is room for a stop", ["limits.stopDistanceBpsMin=2501"], /2501 is above limits.stopDistanceBpsMax 2500/],
    ["entries keep inside the collar", ["execution.entryWorstBps=101"], /101 is above limits.priceCollarBps 100/],
    ["exits keep inside three collars", ["execution.exitWorstBps=301"], /301 is above 3 times limits.priceCollarBps 100 .*lower it to 300/],
    ["getting out is never harder", ["execution.exitWorstBps=29"], /execution.entryWorstBps: 30 is above execution.exitWorstBps 29/],
    [
      "isolated margin leaves room",
      ["account.leverage=10", "limits.leverageMax=10", "account.marginMode=isolated"],
      /at 10 times, isolated margin is gone within 1000 bps/,
    ],
    [
      "no strategy plans beyond the limit",
      ["strategies.calm.style=swing", "strategies.calm.numbers.riskBps=200.5"],
      /riskBps: 200.5 is above limits.riskPerTradeBpsMax 200/,
    ],
  ];
  it.each(relations)("%s", (_because, pairs, line) => {
    const lines = linesOf(set(...pairs));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
  });
});

describe("whatever is said", () => {
  const key = fc.oneof(
    fc.constantFrom(...leavesOf().map(([name]) => name.replace("NAME", "calm"))),
    fc.constantFrom("strategies.calm", "limits", "__proto__.x", "strategies.__proto__.style", "strategies.constructor.style", ""),
  );
  const value = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.integer({ min: 0, max: 20_000 }).map(String),
    fc.constantFrom("true", "swing", "calm", "isolated", "1h", "-0", "${X}", "1e400"),
  );

  it("is a configuration or faults with a place and a fix, and never an exception", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 6 }), fc.string(), (pairs, text) => {
        const said = set(...pairs.map(([name, given]) => `${name}=${given}`));
        for (const result of [loadConfig(said), loadConfig({ ...said, ...file(text) })]) {
          for (const { where, fix } of result.ok ? [] : result.error) expect([where, fix].every((part) => part !== "")).toBe(true);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it("in a file, nested as it may be, likewise", () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const sections = fc.record({
      limits: json,
      strategies: fc.dictionary(fc.constantFrom("calm", "swing", "X"), json),
      perps: json,
      seed: json,
    });
    fc.assert(
      fc.property(sections, (said) => {
        const result = loadConfig(file(JSON.stringify(said)));
        for (const { where } of result.ok ? [] : result.error) expect(where).toMatch(/^countersign.yaml:1:\d+$/);
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});
