import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import type { Question } from "../../src/flow/proposals/question.ts";
import { cli, freshFolder, hookTimeoutMs, tree, type Ran } from "../bin/run-cli.ts";
import { aPlan, entriesOf, linesOf } from "../lab/a-plan.ts";
import { canaries, leaksIn } from "./canaries.ts";

const folder = freshFolder();
const secret = canaries["ALPACA_API_SECRET"]!;
const planted = ["countersign.yaml", "inside.yaml", ".env", "key.pem", "news.jsonl"];

/** Where each may stand: variables, the file that names them, files beside it that nobody asked the program to read. */
beforeAll(() => {
  const variables = Object.keys(canaries).filter((name) => name.endsWith("_API_KEY"));
  writeFileSync(
    join(folder, ".env"),
    Object.entries(canaries)
      .map(([name, value]) => `${name}="${value}"`)
      .join("\n"),
  );
  writeFileSync(join(folder, "key.pem"), canaries["VENUE_PRIVATE_KEY"]!);
  writeFileSync(join(folder, "countersign.yaml"), `# ${variables.join(", ")} come from the environment\nlimits:\n  positionsMax: 3\n`);
  writeFileSync(join(folder, "inside.yaml"), `account:\n  apiSecret: "${secret}"\nperps:\n  model: "\${OPENAI_API_KEY}"\n`);
  mkdirSync(join(folder, "out"));
});

/** Every command that reads a configuration or writes anything, right and wrong; a value typed by a person is a secret as well. */
const lines: readonly (readonly string[])[] = [
  ["config", "show"],
  ["config", "check"],
  ["config", "check", "inside.yaml"],
  ["config", "show", "--config", "inside.yaml"],
  ["backtest", "perps", "--synthetic", "4", "--journal", "out/rules.journal", "--json", "out/rules.json"],
  ["backtest", "perps", "--synthetic", "4", "--proposer", "house", "--journal", "out/house.journal", "--json", "out/house.json"],
  ["backtest", "perps", "--synthetic", "4", "--config", "inside.yaml"],
  ["backtest", "perps", "--synthetic", "4", "--set", `limits.positionsMax=${secret}`],
  ["backtest", "perps", "--synthetic", "4", "--set", `account.apiSecret=${secret}`],
  ["backtest", "perps", "--synthetic", "4", "--data", secret],
  ["backtest", "perps", "--data", canaries["DATABASE_URL"]!],
  ["backtest", "perps", "--synthetic", "4", "--strategy", canaries["SLACK_BOT_TOKEN"]!],
  ["backtest", canaries["XAI_API_KEY"]!],
  [canaries["OPENAI_API_KEY"]!],
  [`--${canaries["ANTHROPIC_API_KEY"]!}`],
  ["config", "show", "--config", `${canaries["IB_ACCOUNT_PASSWORD"]!}.yaml`],
  ["config", "check", ".env"],
  ["journal", "verify", "key.pem"],
  ["prove", "--storms", "1", "--json", "out/proof.json", "--html", "out/proof.html"],
  ["ask", "--role", "trader", "--desk", "perps", "--model", canaries["OPENAI_API_KEY"]!],
  ["ask", "--synthetic", "4", "--model", "openai/gpt-5.2", "--set", "models.providers.openai.baseUrl=http://127.0.0.1:9/v1"],
  ["backtest", "perps", "--synthetic", "4", "--proposer", "house", "--record", "out/answers"],
  ["doctor", "--set", "perps.proposer=model", "--set", "perps.model=openai/gpt-5.2"],
  ["data", "import", `${secret}.csv`],
  ["spend"],
  ["prompts", "list"],
];
const after: readonly (readonly string[])[] = [
  ["journal", "verify", "out/house.journal"],
  ["journal", "export", "out/house.journal"],
  ["decisions", "out/house.journal"],
  ["decisions", "out/rules.journal", "--json"],
];

describe("secrets are nowhere but where they were put (LINE-9, MOD-7)", () => {
  const ran: (Ran & { readonly words: readonly string[] })[] = [];
  beforeAll(async () => {
    for (const batch of [lines, after])
      for (let at = 0; at < batch.length; at += 4)
        ran.push(
          ...(await Promise.all(batch.slice(at, at + 4).map(async (words) => ({ ...(await cli(folder, words, canaries)), words })))),
        );
  }, 3 * hookTimeoutMs);

  it("has as many kinds as there are to lose, and finds each in every spelling", () => {
    expect(Object.keys(canaries).length).toBeGreaterThanOrEqual(12);
    for (const [name, value] of Object.entries(canaries)) {
      const part = value.startsWith("-----") ? value.split("\n")[1]! : value;
      const spelled = [part, JSON.stringify({ part }), encodeURIComponent(part), Buffer.from(part).toString("hex").toUpperCase()];
      const wrapped = ["", "x", "xy"].map((before) => Buffer.from(`${before}${part}`).toString("base64"));
      for (const text of [...spelled, ...wrapped, Buffer.from(part).toString("base64url")])
        expect(leaksIn(`a ${text} b`), text).toContain(name);
    }
    expect(leaksIn("the example configuration holds no key")).toEqual([]);
  });

  it("ran what it says: good commands were done and wrong ones refused", () => {
    const codeOf = (...words: readonly string[]): number | null =>
      ran.find((each) => words.every((word, at) => each.words[at] === word))!.code;
    for (const words of [lines[0]!, lines[4]!, lines[5]!, lines[18]!, after[0]!, after[1]!, after[2]!])
      expect([words, codeOf(...words)]).toEqual([words, 0]);
    for (const words of [lines[2]!, lines[7]!, lines[8]!, lines[12]!, lines[13]!, lines[14]!, lines[15]!])
      expect(codeOf(...words), words.join(" ")).not.toBe(0);
  });

  it("says none on either output, whatever was asked", () => {
    expect(
      ran.flatMap(({ words, out, err }) => leaksIn(`${out}\n${err}`).map((name) => `${words.slice(0, 4).join(" ")}: ${name}`)),
    ).toEqual([]);
  });

  it("masks what a person typed wrongly, and still says what is wrong", () => {
    const saidOf = (value: string): string => ran.find(({ words }) => words.some((word) => word.includes(value)))!.err;
    expect(ran.find(({ words }) => words.includes(`limits.positionsMax=${secret}`))!.err).toMatch(/"\[secret\]" is not a whole number/);
    expect(saidOf(canaries["XAI_API_KEY"]!)).toMatch(/\[secret\]/);
    expect(saidOf(canaries["IB_ACCOUNT_PASSWORD"]!)).toMatch(/\[secret\]\.yaml: there is no such file/);
    expect(saidOf(canaries["ANTHROPIC_API_KEY"]!)).toMatch(/unknown option '--\[secret\]'/);
    expect(ran.filter(({ err }) => /fault of Countersign/.test(err)).map(({ words }) => words)).toEqual([]);
  });

  it("writes none into journals, reports or any other file", () => {
    const files = tree(folder).filter((path) => !planted.includes(path) && statSync(join(folder, path)).isFile());
    expect(files).toEqual(
      expect.arrayContaining(["out/house.journal", "out/house.json", "out/proof.json", "out/proof.html", "out/rules.journal"]),
    );
    expect(files.flatMap((path) => leaksIn(readFileSync(join(folder, path), "utf8")).map((name) => `${path}: ${name}`))).toEqual([]);
  });
});

describe("prompts (MOD-7)", () => {
  beforeAll(() => {
    for (const [name, value] of Object.entries(canaries)) vi.stubEnv(name, value);
  });
  afterAll(() => vi.unstubAllEnvs());

  it("hold no secret of the environment, nor does the journal of what was asked", () => {
    const questions: Question[] = [];
    const house = new HouseModel();
    const model = { ask: (question: Question) => (questions.push(question), house.ask(question)) };
    const plan = aPlan({ days: 8, model, set: ["perps.proposer=house", "perps.cacheMs=0"] });
    runBacktest(plan);
    expect(questions.length).toBeGreaterThan(50);
    expect(leaksIn(JSON.stringify(questions))).toEqual([]);
    expect(leaksIn(linesOf(entriesOf(plan)).join("\n"))).toEqual([]);
  });
});
