import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { startModelServer, type ModelServer } from "../../src/sim/models/model-server.ts";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs } from "./run-cli.ts";

const folder = freshFolder();
const key = "k-not-a-real-key";
const env = { LOCAL_API_KEY: key };
let server: ModelServer;

const house = new HouseModel();

/** The house's policy over the wire, so that a model behind HTTP decides as the house model does. */
beforeAll(async () => {
  server = await startModelServer({
    policy: ({ system, user, model }) => {
      const answer = house.ask({ ...asked, system, user, model });
      return answer.outcome === "ok" ? answer.text : undefined;
    },
  });
  writeFileSync(
    join(folder, "countersign.yaml"),
    `models:
  providers:
    local: { kind: openai-compatible, baseUrl: "${server.url}/v1", keyEnv: LOCAL_API_KEY }
  prices:
    mine: { model: local/house, from: 2026-01-01, inputUsdPerMTok: 1, outputUsdPerMTok: 4 }
  budgets:
    usdPerDayMax: 5
`,
  );
}, hookTimeoutMs);
afterAll(() => server.close());

const asked = {
  role: "trader",
  prompt: "",
  schema: { name: "portfolio@1", json: {} },
  deadlineMs: 1_000,
  outputTokensMax: 2_000,
} as const;
const backtest = ["backtest", "perps", "--synthetic", "4", "--model", "local/house"];
const hashIn = (file: string): string =>
  (JSON.parse(readFileSync(join(folder, file), "utf8")) as { journal: { hash: string } }).journal.hash;

describe("the perps desk with a model behind HTTP (MOD-1, MOD-4, MOD-6)", () => {
  it("runs, keeps every answer, and replays them without a call to the same journal hash", { timeout: hookTimeoutMs }, async () => {
    const live = await cli(folder, [...backtest, "--record", "answers", "--json", "live.json"], env);
    expect([live.code, live.err]).toEqual([0, "local/house is not a known model: it is sent only what every model takes\n"]);
    const result = JSON.parse(readFileSync(join(folder, "live.json"), "utf8")) as {
      models: { questions: number; calls: number; cost: string };
      result: { netPnl: string; netBeforeModelCosts: string };
    };
    expect(result.models.questions).toBeGreaterThan(5);
    expect(Number.parseFloat(result.models.cost)).toBeGreaterThan(0);
    const cost = Number.parseFloat(result.result.netBeforeModelCosts) - Number.parseFloat(result.result.netPnl);
    expect(cost).toBeCloseTo(Number.parseFloat(result.models.cost), 9);
    expect(readdirSync(join(folder, "answers"))).toHaveLength(result.models.questions);

    const calls = server.requests.length;
    expectDone(await cli(folder, [...backtest, "--recorded", "answers", "--json", "replayed.json"]));
    expect(server.requests).toHaveLength(calls);
    expect(hashIn("replayed.json")).toBe(hashIn("live.json"));
  });

  it("asks once more by hand, and says what it cost", { timeout: hookTimeoutMs }, async () => {
    const ran = await cli(folder, ["ask", "--synthetic", "4", "--model", "local/house"], env);
    expect(ran.code).toBe(0);
    for (const part of ["Question to local/house", "FRAME ", "Answer", "as a decision", "tokens", "USD", "latency"])
      expect(ran.out).toContain(part);
    expect(ran.out + ran.err).not.toContain(key);
  });

  it("shows the money in the ledger, under its cap", { timeout: hookTimeoutMs }, async () => {
    const ran = await cli(folder, ["spend", "--json", "-"]);
    expectDone(ran);
    const spent = JSON.parse(ran.out) as { total: { calls: number; spent: string }; open: unknown[] };
    expect(spent.total.calls).toBe(server.requests.filter(({ path }) => path.endsWith("/chat/completions")).length);
    expect(spent.open).toEqual([]);
  });

  it("checks a prompt against another model through the gateway", { timeout: hookTimeoutMs }, async () => {
    const accepted = await cli(folder, ["prompts", "check", "--folder", "mine", "--accept", "--by", "anna"]);
    expect(accepted.code).toBe(2);
    const house = await cli(folder, ["prompts", "check", "--accept", "--by", "anna"]);
    expect(house.code, house.err).toBe(0);
    const other = await cli(folder, ["prompts", "check", "--model", "local/house"], env);
    expect(other.code, other.err + other.out).toBe(0);
    expect(other.out).toContain("asked of local/house");
  });

  it("says what a run would lack, before a cent is spent", { timeout: hookTimeoutMs }, async () => {
    const well = await cli(folder, ["doctor", "--set", "perps.proposer=model", "--set", "perps.model=local/house"], env);
    expect(well.code, well.out).toBe(0);
    expect(well.out).toMatch(/ok +provider local +LOCAL_API_KEY is set; .* answers/);
    const ill = await cli(folder, ["doctor", "--set", "perps.proposer=model", "--set", "perps.model=local/house"]);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/bad +provider local +LOCAL_API_KEY is not set/);
  });

  it.each(["crypto.model", "crypto.arbiterModel", "equities.model", "options.llm.model", "council.chairman", "council.members.two.model"])(
    "looks at every desk's models: %s",
    async (key) => {
      const ill = await cli(folder, ["doctor", "--set", `${key}=local/house`, "--set", "models.budgets.callsPerScanMax=13"]);
      expect(ill.code).toBe(1);
      expect(ill.out).toMatch(/bad +provider local +LOCAL_API_KEY is not set[^]*local\/house/);
      // A seat that nobody takes asks nobody.
      const seat = /^council\.members\.\w+/.exec(key)?.[0];
      if (seat === undefined) return;
      const empty = await cli(folder, ["doctor", "--set", `${key}=local/house`, "--set", `${seat}.seated=false`]);
      expect(empty.code, empty.out).toBe(0);
    },
  );

  it.each([
    [backtest, 1, /local\/house needs a key: set the environment variable LOCAL_API_KEY/],
    [[...backtest.slice(0, -1), "nope/x"], 2, /--model: no provider is named nope/],
    [["backtest", "perps", "--synthetic", "4", "--model", "local/house", "--recorded", "nowhere"], 1, /nowhere/],
    [
      ["backtest", "perps", "--synthetic", "4", "--set", "perps.prompt=perps.tradr"],
      2,
      /perps\.prompt: there is no prompt perps\.tradr; did you mean perps\.trader\?/,
    ],
    [["backtest", "perps", "--synthetic", "4", "--news", "none.jsonl"], 1, /--news none\.jsonl could not be read/],
    [["ask", "--synthetic", "1", "--model", "house/perps-1"], 2, /--synthetic 1: a whole number of days/],
  ] as const)("refuses %j in one line", { timeout: hookTimeoutMs }, async (words, exit, says) => {
    const calls = server.requests.length;
    expectRefused(await cli(folder, words), exit, says);
    expect(server.requests).toHaveLength(calls);
  });

  it("says in the provider's words why nothing was answered", { timeout: hookTimeoutMs }, async () => {
    const nowhere = ["--set", "models.providers.local.baseUrl=http://127.0.0.1:1/v1"];
    const ran = await cli(folder, [...backtest, ...nowhere], env);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.err).toMatch(/\nlocal\/house gave no answer to (\d+) of \1 questions, at first: provider_error, network: \S.*\n/);
  });

  it("fails clearly where a recording is missing, and leaves no journal", { timeout: hookTimeoutMs }, async () => {
    const other = [...backtest, "--recorded", "answers", "--seed", "another", "--journal", "other.journal"];
    expectRefused(await cli(folder, other), 1, /--recorded answers: no recording for /);
    expect(readdirSync(folder)).not.toContain("other.journal");
  });
});
