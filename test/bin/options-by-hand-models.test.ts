import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { optionEntrySchema, optionExitSchema } from "../../src/flow/proposals/option-schemas.ts";
import { startModelServer, type ModelServer } from "../../src/sim/models/model-server.ts";
import { cli, freshFolder, hookTimeoutMs } from "./run-cli.ts";

const folder = freshFolder();
const env = { LOCAL_API_KEY: "k-not-a-real-key" };
const house = new HouseModel();
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({
    policy: ({ system, user, model }) => {
      const schema = user.includes("POSITION ") ? optionExitSchema : optionEntrySchema;
      const answer = house.ask({ role: "trader", prompt: "", schema, deadlineMs: 1000, outputTokensMax: 300, system, user, model });
      return answer.outcome === "ok" ? answer.text : undefined;
    },
  });
  const provider = `local: { kind: openai-compatible, baseUrl: "${server.url}/v1", keyEnv: LOCAL_API_KEY }`;
  const price = "mine: { model: local/house, from: 2026-01-01, inputUsdPerMTok: 1, outputUsdPerMTok: 4 }";
  writeFileSync(join(folder, "countersign.yaml"), `models:\n  providers:\n    ${provider}\n  prices:\n    ${price}\n`);
}, hookTimeoutMs);
afterAll(() => server.close());

it(
  "a run that goes on asks a model only what its journal has no answer to, and pays for nothing twice (MOD-6)",
  async () => {
    const journal = (): string => readFileSync(join(folder, "desk/options.journal"), "utf8");
    const answered = (): number => journal().split('"kind":"model_answered"').length - 1;
    const run = async (...words: string[]) => {
      const { code, out, err } = await cli(folder, ["options", "run", "--dir", "desk", ...words], env);
      expect({ code, err: err.replace(/^local\/house is not a known model.*\n/, "") }).toEqual({ code: 0, err: "" });
      return out;
    };
    await run("--synthetic", "1", "--model", "local/house", "--llm-decisions", "entry,exit");
    const begun = { journal: journal(), answered: answered() };
    expect(begun.answered).toBeGreaterThan(0);
    expect(server.requests).toHaveLength(begun.answered);

    const [item = ""] = [...begun.journal.matchAll(/"item":"([^"]+)"/g)].map(([, id = ""]) => id);
    const word = begun.journal.includes('"kind":"person_asked","decision":"exit"') ? "hold" : "deny";
    const heard = await cli(folder, ["queue", "answer", "desk", item, word, "--by", "ann"], env);
    expect(heard.code).toBe(0);
    expect(server.requests).toHaveLength(begun.answered);

    expect(await run("--skip")).toMatch(new RegExp(`${word === "hold" ? "held" : "denied"}_by_person`));
    expect(answered()).toBeGreaterThan(begun.answered);
    expect(server.requests).toHaveLength(answered());
    expect(journal().startsWith(begun.journal)).toBe(true);
  },
  2 * hookTimeoutMs,
);
