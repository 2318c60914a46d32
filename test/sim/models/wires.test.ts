import { isStepCount, generateText, tool } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startModelServer, type ModelServer } from "../../../src/sim/models/model-server.ts";
import { ask, askStreaming, clients, decision } from "./an-ask.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer({ cacheTokensMin: 10 });
});
afterAll(() => server.close());

const names = Object.keys(clients);
const last = () => server.requests.at(-1)!;

describe("the stand-in speaks the wire of every client (MOD-1)", () => {
  it.each(names)("%s gets an object of the shape it asked for, with tokens", async (name) => {
    const { output, usage, finishReason } = await ask(clients[name]!(server.url));
    expect(decision.parse(output)).toEqual({ action: "buy", confidence: 0, why: "as asked", stop: null });
    expect(usage.inputTokens).toBeGreaterThan(10);
    expect(usage.outputTokens).toBeGreaterThan(5);
    expect(finishReason).toBe("stop");
    expect(last().system).toContain("You are the trader.");
    expect(last().user).toBe("What now?");
  });

  it.each(names)("%s gets the same object in a stream", async (name) => {
    const result = askStreaming(clients[name]!(server.url));
    let parts = 0;
    for await (const _ of result.partialOutputStream) parts++;
    expect(decision.parse(await result.output)).toEqual({ action: "buy", confidence: 0, why: "as asked", stop: null });
    expect((await result.usage).outputTokens).toBeGreaterThan(5);
    expect(await result.finishReason).toBe("stop");
    expect(parts, "it came in pieces").toBeGreaterThan(1);
    expect(last().stream).toBe(true);
  });

  it.each(names)("%s calls a tool and then answers", async (name) => {
    const called: unknown[] = [];
    const { text } = await generateText({
      model: clients[name]!(server.url),
      prompt: "Look it up.",
      maxRetries: 0,
      stopWhen: isStepCount(3),
      tools: {
        look_up: tool({ inputSchema: z.object({ symbol: z.string() }), execute: (input) => (called.push(input), { price: 100 }) }),
      },
    });
    expect(called).toEqual([{ symbol: "as asked" }]);
    expect(text).toBe("as asked");
  });

  it.each(["openai responses", "compatible", "openrouter"])("%s is told what schema is meant, by name", async (name) => {
    await ask(clients[name]!(server.url));
    expect(last().schemaName).toBe("decision");
  });

  it.each(["openai chat", "anthropic", "anthropic by tool", "compatible", "openrouter", "google", "xai", "deepseek"])(
    "%s sees its repeated prefix cached",
    async (name) => {
      const model = clients[name]!(server.url, `${name.replaceAll(" ", "-")}-cached`);
      const system = `You are the trader. ${"Mind the rails. ".repeat(200)}`;
      const options = { system, headers: name.startsWith("anthropic") ? { "anthropic-beta": "none" } : {} };
      const first = await ask(model, options);
      const second = await ask(model, options);
      expect(first.usage.inputTokenDetails.cacheReadTokens ?? 0).toBe(0);
      // Anthropic caches only what a request marks.
      if (name.startsWith("anthropic")) expect(second.usage.inputTokenDetails.cacheReadTokens).toBe(0);
      else expect(second.usage.inputTokenDetails.cacheReadTokens).toBeGreaterThan(500);
      expect(second.usage.inputTokens).toBe(first.usage.inputTokens);
    },
  );

  it("bills a marked prefix as read from the cache on Anthropic's wire, beside the tokens that were not", async () => {
    const asking = () =>
      fetch(`${server.url}/v1/messages`, {
        method: "POST",
        headers: { "x-api-key": "k" },
        body: JSON.stringify({
          model: "marked",
          max_tokens: 50,
          system: [{ type: "text", text: "Mind the rails. ".repeat(200), cache_control: { type: "ephemeral" } }],
          messages: [{ role: "user", content: "What now?" }],
        }),
      }).then((response) => response.json() as Promise<{ usage: { input_tokens: number; cache_read_input_tokens: number } }>);
    const [first, second] = [(await asking()).usage, (await asking()).usage];
    expect(first.cache_read_input_tokens).toBe(0);
    expect(second.cache_read_input_tokens).toBeGreaterThan(700);
    expect(second.input_tokens + second.cache_read_input_tokens).toBe(first.input_tokens);
  });

  it("sends a cost as OpenRouter does, from tokens and price", async () => {
    const { usage, finalStep } = await ask(clients["openrouter"]!(server.url, "never/seen"));
    const cost = (usage.inputTokens! * 1 + usage.outputTokens! * 5) / 1e6;
    expect(usage.raw).toMatchObject({ cost: expect.closeTo(cost, 12) as number });
    expect(finalStep.providerMetadata).toMatchObject({ openrouter: { usage: { cost: expect.closeTo(cost, 12) as number } } });
  });

  it("sends a cost as Requesty does, also at the end of a stream", async () => {
    const { raw } = await askStreaming(clients["compatible"]!(server.url)).usage;
    expect(raw).toMatchObject({ cost: expect.any(Number) as number });
  });

  it("sends ticks of 10^-10 dollars as xAI does", async () => {
    const { raw } = (await ask(clients["xai"]!(server.url, "grok-never-seen"))).usage;
    const { cost, cost_in_usd_ticks: ticks } = raw as { cost: number; cost_in_usd_ticks: number };
    expect(ticks).toBe(Math.round(cost * 1e10));
  });

  it("ends an answer at the token limit that the request sets", async () => {
    const failed = await ask(clients["openai chat"]!(server.url), { maxOutputTokens: 5 }).catch((fault: unknown) => fault);
    expect(failed).toMatchObject({ name: "AI_NoObjectGeneratedError", finishReason: "length", usage: { outputTokens: 5 } });
  });

  it.each([
    ["/v1/models", {}, { object: "list" }],
    ["/v1/models", { "anthropic-version": "2023-06-01" }, { has_more: false }],
    ["/v1beta/models", {}, { models: [{ name: "models/stand-in" }, {}] }],
  ])("lists models at %s with %o", async (path, headers, expected) => {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: "Bearer k", ...headers } });
    expect(await response.json()).toMatchObject(expected);
  });

  it.each`
    method    | path                      | body                          | status | because
    ${"POST"} | ${"/v1/chat/completions"} | ${"{"}                        | ${400} | ${"it is not JSON"}
    ${"POST"} | ${"/v1/chat/completions"} | ${"[]"}                       | ${400} | ${"it is no object"}
    ${"POST"} | ${"/v1/chat/completions"} | ${'{"messages":[]}'}          | ${400} | ${"no model"}
    ${"POST"} | ${"/v1/chat/completions"} | ${'{"model":"m"}'}            | ${400} | ${"no messages"}
    ${"POST"} | ${"/v1/responses"}        | ${'{"model":"m","input":[]}'} | ${400} | ${"no input"}
    ${"POST"} | ${"/v1/messages"}         | ${'{"model":"m"}'}            | ${400} | ${"no max_tokens"}
    ${"POST"} | ${"/v1/embeddings"}       | ${"{}"}                       | ${404} | ${"it speaks no embeddings"}
    ${"GET"}  | ${"/v1/responses"}        | ${undefined}                  | ${405} | ${"it is asked by POST"}
  `("answers $method $path with $status because $because", async ({ method, path, body, status }) => {
    const response = await fetch(`${server.url}${path as string}`, {
      method: method as string,
      headers: { authorization: "Bearer k" },
      ...(body === undefined ? {} : { body: body as string }),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) as string } });
  });

  it.each(names)("refuses %s without a key, and keeps no key of anybody", async (name) => {
    const failed = await ask(clients[name]!(server.url, undefined, " ")).catch((fault: unknown) => fault);
    expect(failed).toMatchObject({ statusCode: 401, isRetryable: false });
    await ask(clients[name]!(server.url, undefined, "sk-secret-canary"));
    expect(JSON.stringify(server.requests)).not.toContain("canary");
  });

  it("answers without a key where none is asked for", async () => {
    const open = await startModelServer({ keyless: true });
    const response = await fetch(`${open.url}/v1/models`);
    await open.close();
    expect(response.status).toBe(200);
  });
});
