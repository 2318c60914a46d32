import { describe, expect, it } from "vitest";
import { faultLine } from "../../src/config/fault.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { askedWithOf, budgetsOf, capabilityWith, priceSaid, providersOf, rolesOf } from "../../src/config/models-of.ts";
import type { SpendCaps } from "../../src/journal/spending.ts";
import type { Capability } from "../../src/ports/known-model.ts";
import type { ModelRole } from "../../src/flow/proposals/question.ts";
import type { RolePolicy } from "../../src/runtime/models/role-policy.ts";
import { money } from "../../src/words/money.ts";

const load = (text: string) => loadConfig({ file: { path: "f.yaml", text: `models: ${text}` } });

function configOf(text: string) {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(loaded.error.map(faultLine).join("\n"));
  return loaded.value.config;
}

/** What is said below `models`, why it is refused, and the one line that comes back. */
const table: readonly (readonly [what: string, because: string, text: string, line: RegExp])[] = [
  [
    "a kind nobody speaks",
    "a slip is named",
    "{providers: {x: {kind: opnai}}}",
    /x.kind: "opnai" is not one of openai, .*; did you mean openai\?$/,
  ],
  [
    "a provider without a kind",
    "its name says none",
    "{providers: {mine: {keyEnv: MY_KEY}}}",
    /providers.mine.kind: is missing; write its kind/,
  ],
  [
    "a kind that is broken",
    "what names it is not judged",
    "{providers: {x: {kind: opnai}}, roles: {pm: {model: x/y}}}",
    /x.kind: "opnai" is not one of/,
  ],
  [
    "a server without an address",
    "it could be anywhere",
    "{providers: {x: {kind: openai-compatible}}}",
    /x.baseUrl: an openai-compatible server has no usual address; write/,
  ],
  [
    "a provider named house",
    "that is the model without one",
    "{providers: {house: {kind: xai}}}",
    /house is the model that needs no provider; choose another/,
  ],
  [
    "a provider in capitals",
    "models begin with the name",
    "{providers: {Mine: {kind: xai}}}",
    /providers.Mine: a provider cannot have this name; name it with small/,
  ],
  [
    "a provider that says nothing",
    "it would vanish",
    "{providers: {mine: {}}}",
    /providers.mine: is empty; give it a kind, or take the name out$/,
  ],
  [
    "a role nobody has",
    "it would be ignored",
    "{roles: {treader: {model: openai/x}}}",
    /roles.treader: there is no such key; did you mean models.roles.trader\?$/,
  ],
  [
    "a model of no provider",
    "nobody could be asked",
    "{roles: {pm: {model: opnai/x}}}",
    /roles.pm.model: no provider is named opnai; did you mean openai\/\?$/,
  ],
  [
    "a fallback of no provider",
    "nor then",
    "{roles: {pm: {fallbacks: [openai/x, mine/y]}}}",
    /fallbacks: no provider is named mine; begin it with one of house, openai/,
  ],
  [
    "a house model that nobody has",
    "the journal would be labelled with it",
    "{roles: {pm: {fallbacks: [house/perps-2]}}}",
    /fallbacks: no house model is named house\/perps-2; did you mean house\/perps-1\? there are house\/perps-1, house\/crypto-1, /,
  ],
  [
    "a model without a provider",
    "whose is it?",
    "{roles: {pm: {model: gpt-5}}}",
    /roles.pm.model: "gpt-5" is not a provider's name, \/ and a model/,
  ],
  [
    "one fallback for a list",
    "a list is written as one",
    "{roles: {pm: {fallbacks: openai/x}}}",
    /fallbacks: is a list; write it as \[openai\/gpt-5.2, anthropic/,
  ],
  [
    "a fallback twice",
    "it would be asked once",
    "{roles: {pm: {fallbacks: [openai/x, openai/x]}}}",
    /is not a list of at most 8 different models/,
  ],
  [
    "prices without one of them",
    "nobody knows what it costs",
    "{prices: {a: {model: openai/x, from: 2026-01-01, inputUsdPerMTok: 1}}}",
    /prices.a.outputUsdPerMTok: is missing; write an amount/,
  ],
  [
    "prices of no model",
    "whose are they?",
    "{prices: {a: {from: 2026-01-01, inputUsdPerMTok: 1, outputUsdPerMTok: 1}}}",
    /prices.a.model: is missing; write a provider's name/,
  ],
  [
    "two prices for one day",
    "which holds?",
    `{prices: {${["a", "b"].map((name) => `${name}: {model: openai/x, from: 2026-01-01, inputUsdPerMTok: 1, outputUsdPerMTok: 1}`).join(", ")}}}`,
    /openai\/x from 2026-01-01 is already that of models.prices.a/,
  ],
  [
    "a month that is smaller than a day",
    "the day could never be reached",
    "{budgets: {usdPerDayMax: 5, usdPerMonthMax: 3}}",
    /budgets.usdPerDayMax: 5 is above models.budgets.usdPerMonthMax 3,/,
  ],
  [
    "an effort nobody knows",
    "it would not be sent",
    "{capabilities: {a: {model: openai/x, efforts: [high, huge]}}}",
    /efforts: "high,huge" is not a list of at most 4 different efforts/,
  ],
  [
    "no calls a scan",
    "then ask for no model",
    "{budgets: {callsPerScanMax: 0}}",
    /callsPerScanMax: "0" is not a whole number from 1 to 1000/,
  ],
];

describe("what is wrong with models is said in one line, before any money is spent", () => {
  it.each(table)("%s, because %s", (_what, _because, text, line) => {
    const loaded = load(text);
    const lines = loaded.ok ? [] : loaded.error.map(faultLine);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
  });
});

describe("a key in the configuration (LINE-9)", () => {
  const secret = "sk-proj-4f8Jq2";
  it.each([
    ["key", `{key: ${secret}}`, /named like a secret; name the environment variable that holds it as keyEnv: take it out/],
    ["apiKey", `{apiKey: ${secret}}`, /named like a secret; name the environment variable that holds it as keyEnv/],
    ["keyEnv", `{keyEnv: ${secret}}`, /keyEnv: what stands here is not the name of an environment variable, such as OPENAI_API_KEY; write/],
    ["keyEnv in capitals", "{keyEnv: AKIAIOSFODNN7EXAMPLE}", /keyEnv: what stands here is not the name/],
    [
      "keyEnv as a reference",
      `{keyEnv: "\${${secret}}"}`,
      /keyEnv: what stands here refers to the environment; write the name of an environment variable, such as OPENAI_API_KEY, by itself$/,
    ],
    [
      "the address",
      `{baseUrl: "https://user:${secret}@host/v1"}`,
      /baseUrl: what stands here is not an http or https address without user/,
    ],
    ["the query", `{baseUrl: "https://host/v1?key=${secret}"}`, /baseUrl: what stands here is not an http or https address without user/],
    ["a header for it", `{headers: {Authorization: ${secret}}}`, /headers.Authorization: a header cannot have this name; .*from keyEnv$/],
    ["x-api-key", `{headers: {x-api-key: ${secret}}}`, /headers.x-api-key: there is no such key, and it is named like a secret/],
    ["a bearer", `{headers: {X-Title: "Bearer ${secret}"}}`, /headers.X-Title: what stands here is not 1 to 200 printable characters that/],
    ["a key as a title", "{headers: {X-Title: sk-proj1234567890ab}}", /headers.X-Title: what stands here is not/],
  ])("as %s is refused, and shown nowhere", (_where, provider, line) => {
    const loaded = load(`{providers: {openai: ${provider}}}`);
    const lines = loaded.ok ? [] : loaded.error.map(faultLine);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
    expect(lines[0]).not.toMatch(/4f8Jq2|AKIAIO|proj1234/);
  });

  it("the record holds the variable's name, which is no secret", () => {
    const loaded = load("{providers: {openai: {keyEnv: MY_OPENAI_KEY}}}");
    expect(loaded.ok && loaded.value.record["models.providers.openai.keyEnv"]).toBe("MY_OPENAI_KEY");
  });
});

describe("providers", () => {
  it("every kind with a usual address is there without a word, with the usual variable", () => {
    const plans = providersOf(configOf("{}"));
    expect(plans.map(({ name, kind, keyEnv }) => [name, kind, keyEnv])).toEqual([
      ["openai", "openai", "OPENAI_API_KEY"],
      ["anthropic", "anthropic", "ANTHROPIC_API_KEY"],
      ["google", "google", "GOOGLE_GENERATIVE_AI_API_KEY"],
      ["xai", "xai", "XAI_API_KEY"],
      ["deepseek", "deepseek", "DEEPSEEK_API_KEY"],
      ["openrouter", "openrouter", "OPENROUTER_API_KEY"],
      ["requesty", "requesty", "REQUESTY_API_KEY"],
    ]);
    expect(plans[0]).toEqual({
      name: "openai",
      kind: "openai",
      keyEnv: "OPENAI_API_KEY",
      headers: {},
      nativeSchema: {},
      breaker: { failuresMax: 5, openMs: 30_000 },
    });
  });

  it("what is said goes over it, and a server of one's own needs no key", () => {
    const text = `
  providers:
    local: {kind: openai-compatible, baseUrl: "http://127.0.0.1:11434/v1", requestsPerMinuteMax: 60, breakerFailuresMax: 2}
    eu: {kind: requesty, baseUrl: "https://router.eu.requesty.ai/v1", headers: {HTTP-Referer: "https://desk.example/about", X-Title: "A desk, ours"}}
  capabilities:
    a: {model: local/qwen3.5:32b, nativeSchema: false}
`;
    const plans = new Map(providersOf(configOf(text)).map((plan) => [plan.name, plan]));
    expect(plans.get("local")).toEqual({
      name: "local",
      kind: "openai-compatible",
      baseUrl: "http://127.0.0.1:11434/v1",
      headers: {},
      nativeSchema: { "qwen3.5:32b": false },
      requestsPerMinuteMax: 60,
      breaker: { failuresMax: 2, openMs: 30_000 },
    });
    expect(plans.get("eu")).toMatchObject({
      keyEnv: "REQUESTY_API_KEY",
      headers: { "HTTP-Referer": "https://desk.example/about", "X-Title": "A desk, ours" },
    });
  });
});

describe("roles, capabilities, prices and budgets", () => {
  it("roles are the gateway's policies, and recordings hang on what shapes an answer", () => {
    const config = configOf("{roles: {arbiter: {model: openai/x, fallbacks: [house/perps-1, xai/y], temperature: 0.2, deadlineMs: 9000}}}");
    const roles: Readonly<Record<ModelRole, RolePolicy>> = rolesOf(config);
    expect(roles.trader).toEqual({ fallbacks: [], deadlineMs: 60_000, retriesMax: 2, outputTokensMax: 4_000, refusalFallsBack: false });
    expect(roles.arbiter).toMatchObject({ model: "openai/x", fallbacks: ["house/perps-1", "xai/y"], temperature: 0.2, deadlineMs: 9_000 });
    expect(askedWithOf(config, "arbiter")).toEqual({ fallbacks: ["house/perps-1", "xai/y"], temperature: 0.2 });
    expect(askedWithOf(config, "trader")).toEqual({});
  });

  it("a capability goes over what is known, key by key, and makes it known", () => {
    const known: Capability = { known: false, temperature: false, seed: false, nativeSchema: false, efforts: [], outputTokensMax: 4_096 };
    const config = configOf("{capabilities: {a: {model: openai/x, seed: true, efforts: [high, low], knowledgeCutoff: 2025-06-01}}}");
    expect(capabilityWith(config, "openai/x", known)).toEqual({
      ...known,
      known: true,
      seed: true,
      efforts: ["low", "high"],
      knowledgeCutoff: { date: "2025-06-01", source: "configuration" },
    });
    expect(capabilityWith(config, "openai/y", known)).toBe(known);
  });

  it("the newest price that holds on a day is taken, exact to the last digit", () => {
    const config = configOf(`
  prices:
    old: {model: openai/x, from: 2026-01-01, inputUsdPerMTok: 1.25, outputUsdPerMTok: 10}
    new: {model: openai/x, from: 2026-03-01, inputUsdPerMTok: 0.123456789012, cachedInputUsdPerMTok: 0.01, outputUsdPerMTok: 8, reasoningUsdPerMTok: 9}
`);
    expect(priceSaid(config, "openai/x", "2025-12-31")).toBeUndefined();
    expect(priceSaid(config, "openai/x", "2026-02-28")).toMatchObject({ cachedInputPerMTok: money("1.25"), reasoningPerMTok: money("10") });
    expect(priceSaid(config, "openai/x", "2026-03-01")).toEqual({
      inputPerMTok: money("0.123456789012"),
      cachedInputPerMTok: money("0.01"),
      outputPerMTok: money("8"),
      reasoningPerMTok: money("9"),
      from: "2026-03-01",
      source: "configuration",
    });
    expect(priceSaid(config, "openai/y", "2026-03-01")).toBeUndefined();
  });

  it("budgets are the spend ledger's caps: four calls a scan, and no cap on money unless it is said (OPT-4, MOD-6)", () => {
    const caps: SpendCaps = budgetsOf(configOf("{budgets: {usdPerDayMax: 5, usdPerScanMax: 0.25}}"));
    expect(caps).toEqual({ callsPerScanMax: 4, usdPerDayMax: money("5"), usdPerScanMax: money("0.25") });
    expect(budgetsOf(configOf("{}"))).toEqual({ callsPerScanMax: 4 });
  });
});
