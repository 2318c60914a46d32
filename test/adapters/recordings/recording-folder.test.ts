import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recording, RecordedModel } from "../../../src/adapters/recordings/recorded-model.ts";
import { RecordingFolder } from "../../../src/adapters/recordings/recording-folder.ts";
import { portfolioSchema } from "../../../src/flow/proposals/portfolio-schema.ts";
import type { ModelAnswer, ModelOutcome, Question } from "../../../src/flow/proposals/question.ts";
import type { Model } from "../../../src/ports/model.ts";
import { moneyOfUnits } from "../../../src/words/money.ts";
import { anAnswer, anAttempt, aQuestion, asking } from "./scripted.ts";

const fresh = (): string => mkdtempSync(join(tmpdir(), "countersign-recordings-"));
const schemas = [portfolioSchema];
const at = Temporal.Instant.from("2026-03-03T15:00:00Z");

const saying = (...answers: readonly ModelAnswer[]): Model => {
  let n = 0;
  return { ask: () => answers[n++ % answers.length]! };
};

function filled(answers: readonly ModelAnswer[], questions: readonly Question[]): string {
  const folder = fresh();
  const model = recording(
    saying(...answers),
    RecordingFolder.fill(folder, () => at),
  );
  for (const question of questions) void model.ask(question, asking);
  return folder;
}

function opened(folder: string): RecordingFolder {
  const read = RecordingFolder.open(folder, schemas);
  if (!read.ok) throw new Error(read.error.join("\n"));
  return read.value;
}

const faultsOf = (folder: string): readonly string[] => {
  const read = RecordingFolder.open(folder, schemas);
  return read.ok ? [] : read.error;
};

describe("recordings are files that can be shared (MOD-4)", () => {
  it("holds one readable file a question, with its key, schema, text, use, cost and time", () => {
    const folder = filled([anAnswer()], [aQuestion()]);
    const [name, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/^[0-9a-f]{64}\.json$/);
    const text = readFileSync(join(folder, name!), "utf8");
    expect(text.split("\n").length, "a person reads it line by line").toBeGreaterThan(20);
    expect(JSON.parse(text)).toMatchObject({
      format: "countersign.recording@1",
      recordedAt: "2026-03-03T15:00:00Z",
      about: { prompt: "perps.trader@3", schema: "portfolio@1" },
      key: { role: "trader", provider: "acme", model: "big/model-7:free", parameters: { outputTokensMax: 2000 }, attempt: 0 },
      answer: { outcome: "ok", text: '{"decisions":[]}', cost: "0.004321", tokensCached: 400, attempts: [{ status: 200 }] },
    });
  });

  it("has the same names on every machine, whatever order and extras the parameters come with", () => {
    const nameOf = (asked: object): string => {
      const folder = fresh();
      void recording(saying(anAnswer()), RecordingFolder.fill(folder), () => asked).ask(aQuestion(), asking);
      return readdirSync(folder)[0]!;
    };
    expect(nameOf({ seed: 7, temperature: 0 })).toBe(nameOf({ temperature: 0, seed: 7, fallbacks: [] }));
    expect(nameOf({ seed: 7 })).toBe(nameOf({ seed: 7, apiKey: "sk-planted-in-parameters" }));
    expect(nameOf({ seed: 7 })).not.toBe(nameOf({ seed: 8 }));
  });

  it.each<[string, Partial<Question>]>([
    ["another model", { model: "acme/other" }],
    ["another provider", { model: "other/big/model-7:free" }],
    ["another role", { role: "pm" }],
    ["another prompt", { system: "Decide well." }],
    ["another context", { user: "TIME later" }],
    ["text moved from the prompt to the context", { system: "Deci", user: "de.TIME now" }],
    ["another length", { outputTokensMax: 1_000 }],
    ["another schema", { schema: { ...portfolioSchema, json: { type: "object" } } }],
  ])("are not the answer to a question with %s", (_what, of) => {
    const model = new RecordedModel(opened(filled([anAnswer()], [aQuestion()])));
    expect(model.ask(aQuestion(of))).toMatchObject({
      outcome: "provider_error",
      detail: expect.stringContaining("no recording") as string,
    });
  });

  it("gives the answers to one question asked often in the order in which they came", () => {
    const texts = ["first", "second", "third"];
    const folder = filled(
      texts.map((text) => anAnswer({ text })),
      texts.map(() => aQuestion()),
    );
    const model = new RecordedModel(opened(folder));
    expect(texts.map(() => model.ask(aQuestion()))).toEqual(texts.map((text) => anAnswer({ text })));
    expect(model.missing).toBeUndefined();
    expect(model.ask(aQuestion()).outcome).toBe("provider_error");
    expect(model.missing).toMatch(/asked 3 times before.*it was asked 3 times when recording/);
  });

  it.each<[string, Partial<Question>, RegExp]>([
    ["another model", { model: "acme/other" }, /to acme\/other .*: it was recorded for acme\/big\/model-7:free$/],
    ["other words", { user: "x" }, /trader's question .*perps\.trader@3.*: nothing was recorded for this question$/],
    ["another length", { outputTokensMax: 9 }, /: it was recorded with other parameters$/],
    ["another schema", { schema: { name: "x@1", json: {} } }, /: it was recorded for the schema portfolio@1$/],
  ])("says what is missing and what there is instead: %s", (_what, of, says) => {
    const model = new RecordedModel(opened(filled([anAnswer()], [aQuestion()])));
    model.ask(aQuestion(of));
    expect(model.missing).toMatch(says);
  });
});

describe("a folder of recordings is read strictly, all of it, before anything is asked", () => {
  const spoiled = (spoil: (text: string) => string): readonly string[] => {
    const folder = filled([anAnswer()], [aQuestion()]);
    const file = join(folder, readdirSync(folder)[0]!);
    writeFileSync(file, spoil(readFileSync(file, "utf8")));
    return faultsOf(folder);
  };

  it.each<[string, (text: string) => string, RegExp]>([
    ["half of it", (text) => text.slice(0, 300), /\.json is no JSON: /],
    ["nothing", () => "", /\.json is no JSON: /],
    ["a list", () => "[]", /is no recording: it has no format/],
    [
      "a later version",
      (text) => text.replace("recording@1", "recording@2"),
      /of the format "countersign\.recording@2"; this version reads/,
    ],
    ["a key more", (text) => text.replace('"about"', '"apiKey": "x", "about"'), /is broken: .*apiKey/],
    ["a key less", (text) => text.replace(/"latencyMs": [\d.]+,/, ""), /is broken: answer.*latencyMs/],
    ["money as a word", (text) => text.replace('"0.004321"', '"cheap"'), /is broken: answer\.cost: a decimal, not "cheap"/],
    ["a wrong instant", (text) => text.replace("2026-03-03T15:00:00Z", "yesterday"), /is broken: recordedAt: an instant/],
    ["another question's name", (text) => text.replace('"attempt": 0', '"attempt": 1'), /not the recording that its name says/],
  ])("one line for a file with %s", (_what, spoil, says) => {
    const faults = spoiled(spoil);
    expect(faults).toEqual([expect.stringMatching(says)]);
    expect(faults[0]).not.toContain("\n");
  });

  it("says which files were recorded for another shape of the answer, or another schema", () => {
    const folder = filled([anAnswer()], [aQuestion(), aQuestion({ user: "another" })]);
    const reshaped = RecordingFolder.open(folder, [{ ...portfolioSchema, json: { type: "object" } }]);
    expect(reshaped.ok ? [] : reshaped.error).toEqual([
      expect.stringMatching(/was recorded when portfolio@1 had another shape; record it again$/),
      expect.stringMatching(/was recorded when portfolio@1 had another shape; record it again$/),
    ]);
    const renamed = RecordingFolder.open(folder, [{ ...portfolioSchema, name: "portfolio@2" }]);
    expect(renamed.ok ? [] : renamed.error[0]).toMatch(/is an answer to the schema portfolio@1; this version asks for portfolio@2$/);
  });

  it("says that a folder is not there, or empty", () => {
    const folder = fresh();
    expect(faultsOf(folder)).toEqual([expect.stringMatching(/there are no recordings in it$/)]);
    rmSync(folder, { recursive: true });
    expect(faultsOf(folder)).toEqual([expect.stringMatching(/there is no such folder of recordings$/)]);
  });

  it("takes no notice of a draft that a crash left behind", () => {
    const folder = filled([anAnswer()], [aQuestion()]);
    writeFileSync(join(folder, "0123.json.99.tmp"), "{ half");
    expect(faultsOf(folder)).toEqual([]);
  });

  it("leaves the old recording whole when the new one cannot be put in its place", () => {
    const folder = filled([anAnswer({ text: "old" })], [aQuestion()]);
    const name = readdirSync(folder)[0]!;
    renameSync(folder, `${folder}-moved`);
    const gone = RecordingFolder.fill(folder);
    rmSync(folder, { recursive: true });
    const model = recording(saying(anAnswer({ text: "new" })), gone);
    expect(() => model.ask(aQuestion(), asking)).toThrow("ENOENT");
    expect(JSON.parse(readFileSync(join(`${folder}-moved`, name), "utf8"))).toMatchObject({ answer: { text: "old" } });
    expect(readdirSync(`${folder}-moved`)).toEqual([name]);
  });
});

describe("no secret can be in a recording", () => {
  const planted = [
    "sk-proj-Zz9Zz9Zz9Zz9Zz9Zz9Zz9",
    "sk-ant-api03-Aa1Bb2Cc3Dd4Ee5Ff6",
    "sk-or-v1-0123456789abcdef0123456789abcdef",
    "AIzaSyA1234567890abcdefghijklmnopqrstuv",
    "xai-QwErTy1234567890QwErTy",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
  ];
  /** What an adapter might carelessly hand on: a wider object than its type says, and a vendor's complaint that quotes the key. */
  const careless = (key: string): ModelAnswer =>
    ({
      ...anAnswer(),
      headers: { authorization: `Bearer ${key}` },
      baseUrl: `https://me:${key}@api.example.com/v1`,
      request: { apiKey: key },
      attempts: [{ ...anAttempt({ outcome: "provider_error", status: 401, detail: `Incorrect API key provided: ${key}.` }), key }],
    }) as unknown as ModelAnswer;

  it.each(planted)("keeps no byte of %s", (key) => {
    const question = { ...aQuestion(), apiKey: key, headers: { "x-api-key": key } } as Question;
    const folder = fresh();
    const model = recording(saying(careless(key)), RecordingFolder.fill(folder), () => ({ seed: 1, apiKey: key }) as { seed: number });
    const given = model.ask(question, { ...asking, key } as typeof asking);
    for (const text of [...readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")), JSON.stringify(given, plain)])
      expect(text).not.toContain(key);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each([
    ["Authorization: Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA"],
    ["could not reach https://me:hunter2hunter2@proxy:8080/v1", "hunter2"],
    ['{"error":"bad","api_key":"plainlookingkey99"}', "plainlookingkey99"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----", "MIIEow"],
  ])("hides the login in: %s", (detail, secret) => {
    const spent = { latencyMs: 1, tokensIn: 0, tokensOut: 0, cost: moneyOfUnits(0n) };
    const folder = filled([{ outcome: "provider_error", detail, ...spent }], [aQuestion()]);
    const text = readFileSync(join(folder, readdirSync(folder)[0]!), "utf8");
    expect(text).not.toContain(secret);
    expect(text).toContain("(hidden)");
  });

  it.each(["status 529: overloaded", "missing: decisions[0].rationale", "60000 ms are over", "the token limit of 2000 was reached"])(
    "leaves alone: %s",
    (detail) => {
      const spent = { latencyMs: 1, tokensIn: 0, tokensOut: 0, cost: moneyOfUnits(0n) };
      const model = new RecordedModel(opened(filled([{ outcome: "malformed", detail, ...spent }], [aQuestion()])));
      expect(model.ask(aQuestion())).toMatchObject({ outcome: "malformed", detail });
    },
  );
});

const plain = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

describe("law: what was given while recording is given again, field for field and in the same order", () => {
  const tokens = fc.nat(1_000_000);
  const cost = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(moneyOfUnits);
  const latencyMs = fc.double({ min: 0, max: 1e6, noNaN: true }).map((ms) => ms + 0);
  const attempt = fc.record(
    {
      provider: fc.string(),
      model: fc.string(),
      why: fc.constantFrom("first", "retry", "re_ask", "fallback"),
      outcome: fc.constantFrom<ModelOutcome>("ok", "refused", "malformed", "timed_out", "over_budget", "provider_error"),
      detail: fc.string({ unit: "grapheme" }),
      status: fc.integer({ min: 100, max: 599 }),
      latencyMs,
      tokensIn: tokens,
      tokensCached: tokens,
      tokensOut: tokens,
      tokensReasoning: tokens,
      cost,
    },
    {
      requiredKeys: [
        "provider",
        "model",
        "why",
        "outcome",
        "detail",
        "latencyMs",
        "tokensIn",
        "tokensCached",
        "tokensOut",
        "tokensReasoning",
        "cost",
      ],
    },
  );
  const spent = {
    latencyMs,
    tokensIn: tokens,
    tokensCached: tokens,
    tokensOut: tokens,
    tokensReasoning: tokens,
    cost,
    costBy: fc.constantFrom("provider", "prices", "free"),
    attempts: fc.array(attempt, { maxLength: 4 }),
  };
  const always = ["latencyMs", "tokensIn", "tokensOut", "cost"] as const;
  const answer = fc.oneof(
    fc.record(
      { outcome: fc.constant("ok"), text: fc.string({ unit: "binary" }), ...spent },
      { requiredKeys: ["outcome", "text", ...always] },
    ),
    fc.record(
      { outcome: fc.constantFrom("refused", "malformed", "timed_out", "over_budget", "provider_error"), detail: fc.string(), ...spent },
      { requiredKeys: ["outcome", "detail", ...always] },
    ),
  ) as fc.Arbitrary<ModelAnswer>;

  it("for any answers", () => {
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 4 }), (answers) => {
        const folder = fresh();
        const recorded = recording(saying(...answers), RecordingFolder.fill(folder));
        const given = answers.map(() => recorded.ask(aQuestion(), asking));
        const replayed = new RecordedModel(opened(folder));
        const again = answers.map(() => replayed.ask(aQuestion()));
        expect(again).toEqual(given);
        expect(JSON.stringify(again, plain), "the journal is hashed over the order of fields").toBe(JSON.stringify(given, plain));
        given.forEach((each, n) => each instanceof Promise || expect(each.cost).toBe(answers[n]!.cost));
        rmSync(folder, { recursive: true });
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
