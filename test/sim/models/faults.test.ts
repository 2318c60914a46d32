import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { portfolioSchema } from "../../../src/flow/proposals/portfolio-schema.ts";
import { readPortfolio } from "../../../src/flow/proposals/read-portfolio.ts";
import { fault } from "../../../src/sim/models/fault.ts";
import { malformedReplies } from "../../../src/sim/models/malformed.ts";
import { startModelServer, type ModelServer, type ModelServerOptions } from "../../../src/sim/models/model-server.ts";
import { ask, askFor, askPlainly, askStreaming, clients } from "./an-ask.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ now: () => Temporal.Instant.from("2026-11-21T10:00:00Z") });
});
afterAll(() => server.close());

const chat = clients["compatible"]!;
const under = (name: string) => ({ headers: { "x-countersign-fault": name } });
const failure = (name: string, faults: string): Promise<Record<string, unknown>> =>
  ask(clients[name]!(server.url), under(faults)).then(
    (result) => ({ finishReason: result.finishReason, ...(result.finishReason === "stop" ? { output: result.output } : {}) }),
    (thrown: unknown) => thrown as Record<string, unknown>,
  );
/** One wire each. */
const wires = ["compatible", "openai responses", "anthropic", "google"];
const everywhere = <Row extends readonly unknown[]>(rows: readonly Row[]) =>
  rows.flatMap((row) => wires.map((wire) => [wire, ...row] as const));

describe("faults of the stand-in are what clients see of real ones", () => {
  it.each(
    everywhere([
      ["400", 400, false],
      ["401", 401, false],
      ["402", 402, false],
      ["403", 403, false],
      ["404", 404, false],
      ["408", 408, true],
      ["409", 409, true],
      ["413", 413, false],
      ["429", 429, true],
      ["500", 500, true],
      ["502", 502, true],
      ["503", 503, true],
      ["529", 529, true],
    ] as const),
  )("%s under %s has status %d, retryable %s", async (wire, name, statusCode, isRetryable) => {
    const failed = await failure(wire, name);
    expect(failed).toMatchObject({ name: "AI_APICallError", statusCode, isRetryable });
    expect(failed["data"], "the client read the error body of its own wire").toBeDefined();
  });

  it.each`
    spelled           | headers                                                | because
    ${"429"}          | ${{ "retry-after": undefined }}                        | ${"none was asked for"}
    ${"429:2s"}       | ${{ "retry-after": "2", "retry-after-ms": undefined }} | ${"whole seconds"}
    ${"503:1500ms"}   | ${{ "retry-after": "2", "retry-after-ms": "1500" }}    | ${"seconds are too coarse for it"}
    ${"529:90s:date"} | ${{ "retry-after": "Sat, 21 Nov 2026 10:01:30 GMT" }}  | ${"the standard also has dates"}
  `("$spelled says when to come again: $because", async ({ spelled, headers }) => {
    const { responseHeaders } = (await failure("compatible", spelled as string)) as { responseHeaders: Record<string, string> };
    for (const [name, value] of Object.entries(headers as Record<string, string | undefined>)) expect(responseHeaders[name]).toBe(value);
  });

  it.each(
    everywhere([
      ["html", { name: "AI_APICallError", statusCode: 200, isRetryable: false }],
      ["empty-body", { name: "AI_APICallError", statusCode: 200, isRetryable: false }],
      ["half-body", { name: "AI_APICallError", statusCode: 200, isRetryable: false }],
      ["hang-up", { name: "AI_APICallError", isRetryable: true }],
      ["truncated", { name: "AI_NoObjectGeneratedError", finishReason: "length" }],
      ["refusal", { finishReason: "content-filter" }],
      ["wrong-fields", { name: "AI_NoObjectGeneratedError", text: expect.stringContaining('"Confidence"') as string }],
    ] as const),
  )("%s under %s is an error of its kind", async (wire, name, expected) => {
    expect(await failure(wire, name)).toMatchObject(expected);
  });

  it.each(["openrouter", "compatible", "openai chat", "anthropic"])("error-200 is an error to %s", async (wire) => {
    expect(await failure(wire, "error-200")).toMatchObject({ name: "AI_APICallError", statusCode: 200 });
  });

  it.each(wires)("wrong-envelope gives %s no object", async (wire) => {
    expect((await failure(wire, "wrong-envelope"))["output"]).toBeUndefined();
  });

  it.each(wires)("reset breaks %s in the middle of the body", async (wire) => {
    const failed = await failure(wire, "reset");
    expect(failed["output"]).toBeUndefined();
    expect(failed).toBeInstanceOf(Error);
  });

  it.each(wires)("reset breaks a stream of %s after its first pieces", async (wire) => {
    const parts: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const part of askStreaming(clients[wire]!(server.url), under("reset")).stream) parts.push(part.type);
    };
    await expect(reading()).rejects.toMatchObject({ name: "AI_APICallError" });
    expect(parts).toContain("text-delta");
  });

  it.each(["stall", "stall-body", "latency:60s"])("%s lasts until the caller gives up, and its socket ends", async (name) => {
    const signal = AbortSignal.timeout(60);
    await expect(ask(chat(server.url), { ...under(name), abortSignal: signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("latency only delays", async () => {
    expect(await failure("compatible", "latency:20ms")).toMatchObject({ output: { action: "buy" } });
  });

  it("slow streams arrive whole", async () => {
    expect(await askStreaming(chat(server.url), under("slow:2ms")).output).toMatchObject({ action: "buy" });
  });

  it("a fault behind a model's id falls on that model alone", async () => {
    const { text } = await askPlainly(chat(server.url, "plain"));
    await expect(askPlainly(chat(server.url, "plain#402"))).rejects.toMatchObject({ statusCode: 402 });
    await expect(askPlainly(clients["google"]!(server.url, "gemini-3-pro~429:2s"))).rejects.toMatchObject({ statusCode: 429 });
    expect(text).toBe("as asked");
    expect(server.requests.at(-2)).toMatchObject({ model: "plain", faults: ["402"], status: 402 });
  });

  it("an unknown fault in a request is refused by name", async () => {
    expect(await failure("compatible", "tsunami")).toMatchObject({ statusCode: 400, message: 'unknown fault "tsunami"' });
  });

  it("faults that fall together wait first, and the first that is an answer of its own is the answer", async () => {
    expect(await failure("compatible", "latency:5ms,429:2s,refusal")).toMatchObject({ statusCode: 429 });
    expect(server.requests.at(-1)?.faults).toEqual(["latency:5ms", "429:2s", "refusal"]);
  });

  const passed = malformedReplies.filter(({ name }) => !["M54", "M55"].includes(name));
  it.each(passed)("$name, $what, comes through the wire letter by letter", async ({ name, text }) => {
    const { text: got } = await askPlainly(chat(server.url), under(name));
    expect(got === text()).toBe(true);
  });

  it.each(["M54", "M55"])("%s comes through whole, large as it is", async (name) => {
    const { text: got } = await askPlainly(chat(server.url), under(name));
    expect(got === malformedReplies.find((each) => each.name === name)!.text()).toBe(true);
  });

  it("the hostile model answers in the right shape about what it was shown, and harms by what it says", async () => {
    const user = "ASSETS symbol,last,tick\nETHUSDT,2000,0.01\nSOLUSDT,150.5,0.001\n";
    const texts: string[] = [];
    for (let time = 0; time < 8; time++) {
      const response = await fetch(`${server.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: "Bearer k", "x-countersign-fault": "hostile" },
        body: JSON.stringify({ model: "m", messages: [{ role: "user", content: user }] }),
        signal: AbortSignal.timeout(200),
      }).catch(() => undefined);
      const body = (await response?.json()) as { choices: { message: { content: string | null } }[] } | undefined;
      texts.push(body?.choices[0]?.message.content ?? "");
    }
    expect(new Set(texts).size, "not the same each time").toBeGreaterThan(3);
    const read = texts.map(readPortfolio).flatMap((each) => (each.ok ? each.value.decisions : []));
    expect(read.map(({ symbol }) => symbol)).toContain("ETHUSDT");
    expect(read.map(({ symbol }) => symbol)).toContain("SOLUSDT");
  });
});

describe("faults by dice", () => {
  const fates = async (options: ModelServerOptions, times = 40): Promise<readonly number[]> => {
    const one = await startModelServer(options);
    const found: number[] = [];
    for (let at = 0; at < times; at++)
      await askPlainly(chat(one.url, `m${at % 8}`)).then(
        () => found.push(200),
        ({ statusCode }: { statusCode: number }) => found.push(statusCode),
      );
    await one.close();
    return found;
  };

  it("fall as often as they are told, and the same way for the same seed", async () => {
    const faults = [fault("429:0.3"), fault("500:0.2")];
    const [first, again, other] = [
      await fates({ faults, seed: "7" }),
      await fates({ faults, seed: "7" }),
      await fates({ faults, seed: "8" }),
    ];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const status of [200, 429, 500]) expect(first.filter((each) => each === status).length, `${status}`).toBeGreaterThan(2);
  });

  it("do not hang on the order in which callers come", async () => {
    const together = async (order: readonly number[]): Promise<readonly string[]> => {
      const one = await startModelServer({ faults: [fault("503:0.5")], seed: "3" });
      const found = await Promise.all(
        order.map((at) =>
          askPlainly(chat(one.url, `m${at}`)).then(
            () => `m${at} 200`,
            () => `m${at} 503`,
          ),
        ),
      );
      await one.close();
      return found.toSorted();
    };
    const order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(await together(order.toReversed())).toEqual(await together(order));
  });

  it("fall at most as many times as they are told", async () => {
    expect(await fates({ faults: [fault("429:x2")] }, 5)).toEqual([429, 429, 200, 200, 200]);
  });
});

describe("answers", () => {
  it("come from the policy, or from the schema where it has nothing to say", async () => {
    const one = await startModelServer({
      policy: ({ user }) => (user === "What now?" ? '{"action":"hold","confidence":1,"why":"rules","stop":null}' : undefined),
    });
    expect((await ask(chat(one.url))).output).toMatchObject({ action: "hold", why: "rules" });
    await one.close();
  });

  it("come from recordings before the policy", async () => {
    const one = await startModelServer({
      policy: () => "policy",
      recorded: ({ model }) => (model === "recorded" ? "recording" : undefined),
    });
    expect((await askPlainly(chat(one.url, "recorded"))).text).toBe("recording");
    expect((await askPlainly(chat(one.url, "other"))).text).toBe("policy");
    await one.close();
  });

  it("fit the portfolio schema so that its reader takes them", async () => {
    const { text } = await askFor(clients["openai responses"]!(server.url), portfolioSchema.json);
    expect(readPortfolio(text)).toMatchObject({ ok: true });
  });

  it("tell each request to whoever asks for it", async () => {
    const seen: string[] = [];
    const one = await startModelServer({
      onRequest: ({ method, path, model, schemaName }) => seen.push(`${method} ${path} ${model} ${schemaName}`),
    });
    await ask(chat(one.url, "a/b"));
    await one.close();
    expect(seen).toEqual(["POST /v1/chat/completions a/b decision"]);
  });

  it("end with the server: a stalled caller is let go", async () => {
    const one = await startModelServer({ faults: [fault("stall")] });
    const stalled = askPlainly(chat(one.url)).catch((thrown: unknown) => thrown);
    await expect.poll(() => one.requests.length).toBe(1);
    await one.close();
    expect(await stalled).toBeInstanceOf(Error);
  });

  it("cannot be had from a port that is taken", async () => {
    await expect(startModelServer({ port: server.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
