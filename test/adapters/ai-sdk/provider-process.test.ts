import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { childOptions } from "../../../src/adapters/ai-sdk/child-permissions.ts";
import { readFromChild } from "../../../src/adapters/ai-sdk/child-messages.ts";
import { providerProcess, type ProviderProcess } from "../../../src/adapters/ai-sdk/provider-process.ts";
import { providerContract, someAsk } from "../../contracts/provider-contract.ts";
import { json, wireServer, type WireServer } from "./wire-server.ts";
import { wires } from "./wires.ts";

const wire = wires.find(({ kind }) => kind === "openrouter")!;
const never = new AbortController().signal;
/** The parent's own environment, as that of a desk that trades. */
const environment = {
  PATH: "/usr/bin",
  OPENROUTER_API_KEY: wire.key!,
  OPENAI_API_KEY: "sk-not-configured-000000",
  ALPACA_API_KEY_ID: "canary-alpaca-id",
  ALPACA_API_SECRET_KEY: "canary-alpaca-secret",
  ASTER_API_SECRET: "canary-aster",
  IB_PASSWORD: "canary-ib",
  NODE_OPTIONS: "--inspect",
  ANTHROPIC_BASE_URL: "http://127.0.0.1:1/evil",
};

/** Children of this very process that ask models, by the kernel's own list. */
const childIds = (): number[] =>
  readdirSync("/proc/self/task")
    .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" "))
    .filter((id) => id !== "" && readFileSync(`/proc/${id}/cmdline`, "utf8").includes("provider-child.ts"))
    .map(Number);

providerContract("the provider process", wire, (baseUrl) => {
  const started = providerProcess([{ name: "router", kind: "openrouter", baseUrl, keyEnv: "OPENROUTER_API_KEY" }], environment);
  return { provider: started.providers[0]!, close: () => started.close() };
});

describe("the process that asks models", () => {
  let server: WireServer;
  let started: ProviderProcess;
  const start = (): ProviderProcess =>
    providerProcess(
      [
        { name: "router", kind: "openrouter", baseUrl: `${server.url}/api/v1`, keyEnv: "OPENROUTER_API_KEY" },
        { name: "local", kind: "openai-compatible", baseUrl: `${server.url}/v1` },
        { name: "keyless", kind: "openai", baseUrl: `${server.url}/v1`, keyEnv: "MY_OPENAI_KEY" },
      ],
      environment,
    );
  beforeAll(async () => {
    server = await wireServer();
    started = start();
  });
  beforeEach(() => server.forget());
  afterAll(async () => {
    started.close();
    await server.close();
  });
  const ask = (name: string, model = wire.model) =>
    started.providers.find((provider) => provider.name === name)!.ask(someAsk(model), never);

  it("serves all providers from one process, each with its own key only", async () => {
    server.answer = json(wire.answer("{}", "stop"));
    expect(await ask("router")).toMatchObject({ kind: "text" });
    expect(await ask("local", "qwen3:32b")).toMatchObject({ kind: "text" });
    expect(await ask("keyless", "gpt-5.2")).toMatchObject({ kind: "failed", why: "no_key" });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${wire.key}`, undefined]);
  });

  it("brings exact costs over", async () => {
    server.answer = json(JSON.stringify(wire.answer("{}", "stop")).replace('"usage":{', '"usage":{"cost":0.1234567890123,'));
    expect(await ask("router")).toMatchObject({ cost: 123_456_789_013n });
  });

  it("answers many questions at once, each its own", async () => {
    const questions = Array.from({ length: 40 }, (_, at) => `question ${at}`);
    const held: (() => void)[] = [];
    // All at once and the last first, so that an answer can only reach its question by its number.
    server.answer = (response, seen) => {
      held.push(() => json(wire.answer(wire.at.user(seen.body), "stop"))(response, seen));
      if (held.length === questions.length) held.reverse().forEach((release) => release());
    };
    const provider = started.providers[0]!;
    const replies = await Promise.all(questions.map((user) => provider.ask(someAsk(wire.model, { user }), never)));
    expect(replies.map((reply) => (reply as { text: string }).text)).toEqual(questions);
  });

  it.skipIf(process.platform !== "linux")(
    "a child that dies fails what waited, and the next question has a new one (skipped where the kernel lists no children)",
    async () => {
      server.answer = () => childIds().forEach((id) => process.kill(id, "SIGKILL"));
      expect(await ask("router")).toEqual({
        kind: "failed",
        why: "network",
        retryable: true,
        detail: "the process that asks models ended: SIGKILL",
      });
      server.answer = json(wire.answer('{"again":1}', "stop"));
      expect(await ask("router")).toMatchObject({ kind: "text", text: '{"again":1}' });
    },
  );

  it.skipIf(process.platform !== "linux")(
    "a child that is deaf to an abort is ended (skipped where the kernel lists no children)",
    async () => {
      const controller = new AbortController();
      server.answer = () => {
        childIds().forEach((id) => process.kill(id, "SIGSTOP"));
        controller.abort();
      };
      expect(await started.providers[0]!.ask(someAsk(wire.model), controller.signal)).toMatchObject({ kind: "failed", why: "timed_out" });
      await server.abandoned;
    },
  );

  it("a closed one asks nothing", async () => {
    const other = start();
    other.close();
    expect(await other.providers[0]!.ask(someAsk(wire.model), never)).toMatchObject({ kind: "failed", why: "network", retryable: false });
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    [null],
    ["text"],
    [{ call: 1 }],
    [{ call: -1, reply: { kind: "refused", detail: "", usage: { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 } } }],
    [
      {
        call: 1,
        reply: { kind: "text", text: "{}", cut: false, usage: { tokensIn: 1.5, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 } },
      },
    ],
    [
      {
        call: 1,
        reply: {
          kind: "text",
          text: "{}",
          cut: false,
          usage: { tokensIn: 1, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 },
          cost: -1n,
        },
      },
    ],
    [{ call: 1, reply: { kind: "failed", why: "sabotage", retryable: false, detail: "" } }],
    [{ call: 1, reply: { kind: "failed", why: "network", retryable: false, detail: "", more: 1 } }],
  ] as readonly [unknown][])("the parent does not believe message %#", (message) => {
    expect(readFromChild(message)).toBeUndefined();
  });
});

describe("the process that asks models has no credential but those of models", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "countersign-"));
    writeFileSync(join(folder, ".env"), "ALPACA_API_SECRET_KEY=canary");
    writeFileSync(join(folder, "countersign.yaml"), "venue: {}");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("MOD-7 sees no variable, file, process or parent that holds a broker's secret", async () => {
    const root = fileURLToPath(new URL("../../../", import.meta.url));
    const child = fork(
      fileURLToPath(new URL("probe.ts", import.meta.url)),
      [],
      childOptions(["OPENROUTER_API_KEY", "UNSET_KEY"], environment),
    );
    const told = new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", () => reject(new Error("the probe ended without a word")));
    });
    child.send({
      secretFiles: [
        join(folder, ".env"),
        join(folder, "countersign.yaml"),
        `${root}.git/HEAD`,
        `${root}README.md`,
        "/etc/passwd",
        "/proc/self/environ",
      ],
      scratch: join(folder, "scratch"),
      code: `${root}src/words/money.ts`,
    });
    expect(await told).toEqual({
      variables: ["OPENROUTER_API_KEY"],
      secrets: [],
      parentEnvironment: false,
      listing: false,
      wrote: false,
      spawned: false,
      worker: false,
      addon: false,
      evaluated: false,
      // The probe is no sham: what the process needs, it can read.
      code: true,
    });
    child.kill("SIGKILL");
  });
});
