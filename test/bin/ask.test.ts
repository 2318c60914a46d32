import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { answerSchemas } from "../../src/adapters/prompt-files/answer-schemas.ts";
import { ownPrompts, promptNamed, promptsIn } from "../../src/adapters/prompt-files/prompt-folder.ts";
import { askedNames, askedRoles, type AskDesk } from "../../src/bin/asked-roles.ts";
import { fileNameOf, recordingKey } from "../../src/adapters/recordings/recording-key.ts";
import type { Question } from "../../src/flow/proposals/question.ts";
import { startModelServer, type ModelServer } from "../../src/sim/models/model-server.ts";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, tree } from "./run-cli.ts";

const read = promptsIn([ownPrompts]);
if (!read.ok) throw new Error(read.error.join("\n"));
const prompts = read.value;
const promptOf = (name: string) => promptNamed(prompts, name)!;

/** What each desk's backtest is asked for, so that it puts every question of the desk over the same made-up market. */
const backtests: Readonly<Record<AskDesk, readonly string[]>> = {
  perps: ["--synthetic", "5", "--proposer", "house"],
  options: ["--synthetic", "2", "--llm-decisions", "entry,exit"],
  crypto: ["--synthetic", "10", "--arbiter", "house/arbiter-1"],
  equities: ["--synthetic", "60"],
  council: ["--synthetic", "6"],
};
const marketOf = (desk: AskDesk): readonly string[] => [
  ...backtests[desk].slice(0, 2),
  // An arbiter changes what the trader is asked about later.
  ...(desk === "crypto" ? ["--set", "crypto.arbiterModel=house/arbiter-1"] : []),
];

type Said = {
  readonly asked: string;
  readonly at: string;
  readonly of: number;
  readonly question: Question;
  readonly answer: { readonly outcome: string; readonly tokensIn: number; readonly cost: string };
  readonly read: { readonly ok: boolean; readonly value?: unknown; readonly error?: { readonly code: string; readonly detail: string } };
};
const said = (out: string): Said => JSON.parse(out) as Said;

const folder = freshFolder();
const answersOf = (desk: string): string => join(folder, `${desk}-answers`);
let server: ModelServer;
const house = new HouseModel();
const key = { LOCAL_API_KEY: "k-not-a-real-key" };

/** The house behind HTTP, which knows a question's shape by the prompt that it begins with; one model of it mumbles. */
beforeAll(async () => {
  server = await startModelServer({
    policy: ({ system, user, model }) => {
      if (model === "mute") return "I would rather not say.";
      const prompt = prompts.find(({ text }) => system.startsWith(text));
      const schema = answerSchemas.find(({ name }) => name === prompt?.schema);
      if (schema === undefined) return undefined;
      const answer = house.ask({ role: "trader", model, prompt: "", system, user, schema, deadlineMs: 1_000, outputTokensMax: 2_000 });
      return answer.outcome === "ok" ? answer.text : undefined;
    },
  });
  const price = (model: string) => `{ model: local/${model}, from: 2026-01-01, inputUsdPerMTok: 1, outputUsdPerMTok: 4 }`;
  writeFileSync(
    join(folder, "local.yaml"),
    `models:
  providers:
    local: { kind: openai-compatible, baseUrl: "${server.url}/v1", keyEnv: LOCAL_API_KEY }
  prices:
    house: ${price("house")}
    mute: ${price("mute")}
  budgets:
    usdPerDayMax: 5
`,
  );
  mkdirSync(join(folder, ".countersign/prompts"), { recursive: true });
  const { text } = promptOf("options.entry");
  const head = ["id: options.entry-short", "version: 1", "role: trader", "schema: option_entry@1", "changelog:", '  - "1: mine"'];
  writeFileSync(join(folder, ".countersign/prompts/options.entry-short.md"), `---\n${head.join("\n")}\n---\n\n${text}\nBe short.\n`);
  for (const [desk, words] of Object.entries(backtests))
    expectDone(await cli(freshFolder(), ["backtest", desk, ...words, "--record", answersOf(desk)]));
}, hookTimeoutMs);
afterAll(() => server.close());

describe("ask", () => {
  it("has a role for every prompt of the house, and reads its answers as the prompt has them written (MOD-5)", () => {
    expect([...askedNames].sort()).toEqual([...new Set(prompts.map(({ id }) => id))].sort());
    for (const [desk, { roles }] of Object.entries(askedRoles))
      for (const [role, asked] of Object.entries(roles)) {
        const { schema, role: is } = promptOf(`${desk}.${role}`);
        expect(asked).toEqual({ answers: schema, is });
      }
  });

  it.concurrent.each(askedNames)("puts a %s question that its desk's own backtest put too (MOD-4)", async (name) => {
    const [desk = "", role = ""] = name.split(".");
    const empty = freshFolder();
    const ran = await cli(empty, ["ask", "--desk", desk, "--role", role, ...marketOf(desk as AskDesk), "--json"]);
    expectDone(ran);
    const { asked, at, of, question, answer, read: understood } = said(ran.out);
    const { text, id, version } = promptOf(name);
    expect({ asked, prompt: question.prompt, system: question.system }).toEqual({ asked: name, prompt: `${id}@${version}`, system: text });
    expect(at).toMatch(/^202\d-\d\d-\d\dT/);
    expect(of).toBeGreaterThan(0);
    expect(answer).toMatchObject({ outcome: "ok", cost: "0" });
    expect(understood).toMatchObject({ ok: true, value: expect.anything() as unknown });
    // Nothing was traded, journalled or spent.
    expect(tree(empty)).toEqual([]);
    expect(readdirSync(answersOf(desk))).toContain(fileNameOf(recordingKey(question, {}, 0)));
  });

  it("prints the question, what the desk understood of the answer, tokens, cost and latency", async () => {
    const ran = await cli(folder, ["ask", "--desk", "equities", ...marketOf("equities")]);
    expectDone(ran);
    expect(ran.out).toMatch(/^Question to house\/equities-1, equities\.trader, prompt equities\.trader@\d+, answer as decisive@1$/m);
    expect(ran.out).toMatch(/^asked at 202\d-.*, the newest of \d+$/m);
    expect(ran.out).toMatch(/^\.\.\. \d+ more lines; --json has them all$/m);
    for (const part of ["STRATEGY ", '"pWin": ', "read     as a decision", "tokens   ", "cost     0.00 USD", "latency  "])
      expect(ran.out).toContain(part);
  });

  it("asks the newest question before a time, and again the same", async () => {
    const words = ["ask", "--desk", "options", "--role", "entry", ...marketOf("options"), "--to", "2026-06-02T18:00:00Z", "--json"];
    const [one, other] = await Promise.all([cli(folder, words), cli(folder, words)]);
    expectDone(one);
    expect(said(one.out).at).toMatch(/^2026-06-02T1[67]:/);
    expect(other.out).toBe(one.out);
  });

  it("asks another prompt's words about the same market", async () => {
    const words = ["ask", "--desk", "options", "--role", "entry", ...marketOf("options"), "--json"];
    const [plain, mine] = await Promise.all([cli(folder, words), cli(folder, [...words, "--prompt", "options.entry-short"])]);
    expectDone(mine);
    expect(said(mine.out).question).toMatchObject({ prompt: "options.entry-short@1", user: said(plain.out).question.user });
    expect(said(mine.out).question.system).toMatch(/Be short\.\s*$/);
  });

  it("keeps an answer, and takes it from there", async () => {
    const words = ["ask", "--desk", "council", "--role", "chairman", ...marketOf("council"), "--json"];
    const kept = await cli(folder, [...words, "--record", "kept"]);
    expectDone(kept);
    expect(readdirSync(join(folder, "kept"))).toHaveLength(1);
    const taken = await cli(folder, [...words, "--recorded", "kept"]);
    expectDone(taken);
    expect(said(taken.out)).toEqual(said(kept.out));
    const other = await cli(folder, [...words, "--recorded", "kept", "--model", "house/macro-1"]);
    expectRefused(other, 1, /--recorded kept: no recording for the chairman's question to house\/macro-1/);
  });

  it.each(["options.exit", "crypto.arbiter", "council.checkpoint"])("puts a %s question to a model behind HTTP (MOD-1)", async (name) => {
    const [desk = "", role = ""] = name.split(".");
    const before = server.requests.length;
    const words = ["ask", "--desk", desk, "--role", role, ...marketOf(desk as AskDesk), "--config", "local.yaml", "--json"];
    const ran = await cli(folder, [...words, "--model", "local/house"], key);
    expect([ran.code, ran.err]).toEqual([0, "local/house is not a known model: it is sent only what every model takes\n"]);
    const { question, answer, read: understood } = said(ran.out);
    expect(question.model).toBe("local/house");
    expect(understood.ok).toBe(true);
    expect(Number.parseFloat(answer.cost)).toBeGreaterThan(0);
    // The run up to the question was answered by the house.
    expect(server.requests.length - before).toBe(1);
  });

  it("says why an answer cannot be read, after the one time that it is asked again (MOD-2)", async () => {
    const words = ["ask", "--desk", "council", "--role", "reviewer", ...marketOf("council"), "--config", "local.yaml"];
    const asking = [...words, "--model", "local/mute"];
    const [page, json] = [await cli(folder, asking, key), await cli(folder, [...asking, "--json"], key)];
    expect(page.code).toBe(1);
    expect(page.out).toMatch(/^No answer: malformed\n.*not_json/m);
    expect(page.out).toMatch(/^ +re_ask local\/mute: malformed/m);
    expect(said(json.out).read).toEqual({ ok: false, error: { code: "malformed", detail: expect.stringContaining("not_json") as string } });
  });

  const council = "ask --desk council";
  const refused: readonly (readonly [string, string, 1 | 2, RegExp])[] = [
    [
      "ask --desk option --synthetic 3",
      "a slip in the desk",
      2,
      /It is one of perps, options, crypto, equities, council; did you mean options\?/,
    ],
    [
      `${council} --role chairmen --synthetic 6`,
      "a slip in the role",
      2,
      /--role chairmen: the council desk asks research, pm, .*did you mean chairman\?/,
    ],
    [
      "ask --role exit --synthetic 5",
      "another desk's role",
      2,
      /--role exit: the perps desk asks trader; there is one at --desk options$/m,
    ],
    ["ask --role constructor --synthetic 5", "no role of anybody", 2, /--role constructor: the perps desk asks trader$/m],
    ["ask --synthetic 1", "a desk of coins counts days", 2, /--synthetic 1: a whole number of days from 2 to 365/],
    ["ask --desk equities --synthetic 30", "each desk has a market of its own", 2, /--synthetic 30: a whole number of sessions from 60/],
    ["ask --desk equities", "nothing was imported yet", 2, /there is no such store; .*--synthetic 60/],
    [
      `${council} --synthetic 6 --data here`,
      "one market or the other",
      2,
      /'--synthetic <days>' cannot be used with option '--data <dir>'/,
    ],
    [`${council} --synthetic 6 --to soon`, "no such time", 2, /--to soon: not a time/],
    [
      `${council} --synthetic 6 --to 2024-01-01`,
      "before the market begins",
      1,
      /no council\.research question came up before --to 2024-01-01 in .*later/,
    ],
    [
      "ask --desk crypto --role arbiter --synthetic 2",
      "a short market opposes nobody",
      1,
      /no crypto\.arbiter question came up in .*; try --synthetic 10/,
    ],
    [
      "ask --desk crypto --synthetic 5 --set crypto.proposers=rules",
      "rules ask nobody",
      2,
      /nobody asks crypto\.trader .*crypto\.proposers=both/,
    ],
    ["ask --synthetic 5 --set perps.proposer=rules", "nor do those of perps", 2, /nobody asks perps\.trader .*perps\.proposer=model/],
    [`${council} --synthetic 6 --model nope/x`, "no such provider", 2, /--model: no provider is named nope/],
    [`${council} --synthetic 6 --model house/pm-9`, "no such model", 2, /--model: no house model is named house\/pm-9/],
    [
      `${council} --synthetic 6 --model openai/gpt-5.2`,
      "no key for it",
      1,
      /openai\/gpt-5\.2 needs a key: set the environment variable OPENAI_API_KEY/,
    ],
    [
      `${council} --synthetic 6 --prompt council.chairmn`,
      "a slip in a prompt",
      2,
      /--prompt: there is no prompt council\.chairmn; did you mean council\.chairman\?/,
    ],
    [
      `${council} --synthetic 6 --prompt options.exit`,
      "its answers have another shape",
      2,
      /--prompt options\.exit: .*option_exit@1.*council_research@1/,
    ],
    [`${council} --synthetic 6 --recorded nowhere`, "no such folder", 1, /nowhere/],
    [
      `${council} --synthetic 6 --record a --recorded b`,
      "keep or take",
      2,
      /'--recorded <dir>' cannot be used with option '--record <dir>'/,
    ],
  ];

  it.concurrent.each(refused)("refuses %s, because %s", async (words, _because, exit, says) => {
    const ran = await cli(folder, words.split(" "));
    expectRefused(ran, exit, says);
  });
});
