import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeProvider } from "../../../src/adapters/ai-sdk/make-provider.ts";
import type { ProviderSettings } from "../../../src/adapters/ai-sdk/provider-settings.ts";
import type { ProviderKind } from "../../../src/ports/known-model.ts";
import type { Provider } from "../../../src/ports/provider.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { someAsk } from "../../contracts/provider-contract.ts";
import { json, wireServer, type WireServer } from "./wire-server.ts";
import { wires } from "./wires.ts";

const never = new AbortController().signal;
const wireOf = (kind: ProviderKind) => wires.find((wire) => wire.kind === kind)!;

let server: WireServer;
beforeEach(async () => (server = await wireServer()));
afterEach(() => server.close());

const provider = (kind: ProviderKind, more: Partial<ProviderSettings> = {}): Provider => {
  const { basePath, key } = wireOf(kind);
  return makeProvider({ name: kind, kind, baseUrl: `${server.url}${basePath}`, ...(key === undefined ? {} : { key }), ...more });
};
const askOf = (kind: ProviderKind, more: Partial<ProviderSettings> = {}) => provider(kind, more).ask(someAsk(wireOf(kind).model), never);

describe("cost is the provider's own figure, digit by digit", () => {
  const withUsage = (kind: ProviderKind, usage: string) =>
    JSON.stringify(wireOf(kind).answer("{}", "stop")).replace(/"usage":\{/, `"usage":{${usage},`);
  const cost = async (kind: ProviderKind, usage: string): Promise<string | undefined> => {
    server.answer = json(withUsage(kind, usage));
    const reply = (await askOf(kind)) as { kind: string; cost?: bigint };
    expect(reply.kind).toBe("text");
    return reply.cost === undefined ? undefined : formatExact(reply.cost);
  };

  it.each([
    ["openrouter", '"cost":0.00123', "0.00123"],
    ["openrouter", '"cost":0', "0"],
    ["openrouter", '"cost":1.5e-7', "0.00000015"],
    // 17 digits do not fit a double beside a leading 1.
    ["openrouter", '"cost":1.000000000001', "1.000000000001"],
    ["openrouter", '"cost":0.1234567890123', "0.123456789013"],
    ["openrouter", '"cost":1e-30', "0.000000000001"],
    ["openrouter", '"cost":0.01,"is_byok":true,"cost_details":{"upstream_inference_cost":0.2}', "0.21"],
    ["openrouter", '"cost":0.01,"is_byok":false,"cost_details":{"upstream_inference_cost":0.2}', "0.01"],
    ["requesty", '"cost":"0.01"', undefined],
    ["openrouter", '"cost":-1', undefined],
    ["requesty", '"cost":null', undefined],
    ["requesty", '"cost":0.5,"total_cost":0.7', "0.5"],
    ["requesty", '"total_cost":0.7', "0.7"],
    ["requesty", '"other":1', undefined],
    ["openai-compatible", '"cost":0.25', "0.25"],
    ["xai", '"cost_in_usd_ticks":37756000', "0.0037756"],
    ["openai", '"cost":9', undefined],
  ] as const)("MOD-6 %s with %s costs %s", async (kind, usage, expected) => {
    expect(await cost(kind, usage)).toBe(expected);
  });

  it("is there also with a refusal and with a failure that was billed", async () => {
    server.answer = json({
      ...(wireOf("openrouter").answer("no", "refused") as object),
      usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10, cost: 0.5 },
    });
    expect(await askOf("openrouter")).toMatchObject({ kind: "refused", cost: 500_000_000_000n, usage: { tokensIn: 9 } });
    server.answer = json({ error: { message: "cut short", code: 502 }, usage: { prompt_tokens: 9, completion_tokens: 1, cost: 0.25 } });
    expect(await askOf("openrouter")).toMatchObject({
      kind: "failed",
      status: 502,
      cost: 250_000_000_000n,
      usage: { tokensIn: 9, tokensOut: 1 },
    });
  });
});

describe("usage", () => {
  it("law: no count that a server sends makes a part greater than its whole, negative or no integer", async () => {
    const silly = fc.oneof(fc.integer({ min: -5, max: 500 }), fc.double(), fc.constant(null), fc.constant(1e300));
    await fc.assert(
      fc.asyncProperty(fc.tuple(silly, silly, silly, silly), async ([input, cached, output, reasoning]) => {
        server.answer = json({
          ...(wireOf("requesty").answer("{}", "stop") as object),
          usage: {
            prompt_tokens: input,
            completion_tokens: output,
            prompt_tokens_details: { cached_tokens: cached },
            completion_tokens_details: { reasoning_tokens: reasoning },
          },
        });
        const reply = await askOf("requesty");
        if (reply.kind !== "text") return expect(reply).toMatchObject({ kind: "failed", why: "bad_body" });
        const counts = Object.values(reply.usage);
        expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true);
        expect(reply.usage.tokensCached).toBeLessThanOrEqual(reply.usage.tokensIn);
        expect(reply.usage.tokensReasoning).toBeLessThanOrEqual(reply.usage.tokensOut);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe("each wire's own ways", () => {
  it("anthropic: the system text is the breakpoint of the prompt cache, the question is not", async () => {
    server.answer = json(wireOf("anthropic").answer("{}", "stop"));
    await askOf("anthropic");
    const { system, messages } = server.seen[0]!.body;
    expect(system[0].cache_control).toEqual({ type: "ephemeral" });
    expect(JSON.stringify(messages)).not.toContain("cache_control");
  });

  it("MOD-6 anthropic: tokens written to the cache are tokens in, and told apart since they cost more", async () => {
    server.answer = json({
      ...(wireOf("anthropic").answer("{}", "stop") as object),
      usage: { input_tokens: 20, cache_creation_input_tokens: 300, cache_read_input_tokens: 0, output_tokens: 5 },
    });
    expect(await askOf("anthropic")).toMatchObject({ usage: { tokensIn: 320, tokensCached: 0, tokensCacheWritten: 300, tokensOut: 5 } });
  });

  it("MOD-6 anthropic: what a failed call says of the cache is told apart too", async () => {
    const usage = { input_tokens: 20, cache_creation_input_tokens: 300, cache_read_input_tokens: 100, output_tokens: 5 };
    server.answer = json({ type: "error", error: { type: "api_error", message: "cut short" }, usage }, 500);
    expect(await askOf("anthropic")).toMatchObject({
      kind: "failed",
      usage: { tokensIn: 420, tokensCached: 100, tokensCacheWritten: 300, tokensOut: 5 },
    });
  });

  it.each([
    ["openai", { input_tokens: 400, input_tokens_details: { cached_tokens: 100, cache_write_tokens: 200 }, output_tokens: 5 }],
    ["openrouter", { prompt_tokens: 400, prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 200 }, completion_tokens: 5 }],
    ["requesty", { prompt_tokens: 400, prompt_tokens_details: { cached_tokens: 100, caching_tokens: 200 }, completion_tokens: 5 }],
  ] as const)("MOD-6 %s: tokens written to the cache are read under its name", async (kind, usage) => {
    server.answer = json({ ...(wireOf(kind).answer("{}", "stop") as object), usage });
    expect(await askOf(kind)).toMatchObject({ usage: { tokensIn: 400, tokensCached: 100, tokensCacheWritten: 200, tokensOut: 5 } });
  });

  it("MOD-6 a server that sends no usage says nothing: all counts are zero", async () => {
    const { usage: _, ...silent } = wireOf("openai-compatible").answer("{}", "stop") as { usage: unknown };
    server.answer = json(silent);
    expect(await askOf("openai-compatible")).toMatchObject({
      kind: "text",
      usage: { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 },
    });
  });

  it("anthropic: a model without native schemas is told the schema in words, and is not forced into a tool", async () => {
    server.answer = json(wireOf("anthropic").answer('{"a":1,"a":2}', "stop"));
    const reply = await provider("anthropic").ask(someAsk("claude-sonnet-4-0"), never);
    expect(reply).toMatchObject({ kind: "text", text: '{"a":1,"a":2}' });
    const { system, tools, output_config } = server.seen[0]!.body;
    expect([tools, output_config]).toEqual([undefined, undefined]);
    expect(system[0].text).toContain("total_allocation_usd");
  });

  it("openai: nothing is kept at the provider, and the schema's name has only letters that it takes", async () => {
    server.answer = json(wireOf("openai").answer("{}", "stop"));
    await askOf("openai");
    const { store, text, reasoning } = server.seen[0]!.body;
    expect([store, text.format.name, text.format.strict, reasoning]).toEqual([false, "portfolio_1", true, undefined]);
  });

  it("openai: a comment before the answer is not part of it", async () => {
    const message = (phase: string, text: string) => ({
      type: "message",
      id: phase,
      role: "assistant",
      status: "completed",
      phase,
      content: [{ type: "output_text", text, annotations: [] }],
    });
    server.answer = json({
      ...(wireOf("openai").answer("", "stop") as object),
      output: [message("commentary", "I will look."), message("final_answer", '{"b":1}')],
    });
    expect(await askOf("openai")).toMatchObject({ kind: "text", text: '{"b":1}' });
  });

  it("openai: an exhausted quota is not worth another try, though its status is 429", async () => {
    server.answer = json(
      { error: { message: "You exceeded your current quota", type: "insufficient_quota", code: "insufficient_quota" } },
      429,
    );
    expect(await askOf("openai")).toMatchObject({ kind: "failed", status: 429, retryable: false });
  });

  it("google: a prompt that is blocked is a refusal", async () => {
    server.answer = json({
      promptFeedback: { blockReason: "PROHIBITED_CONTENT" },
      usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 },
    });
    expect(await askOf("google")).toMatchObject({ kind: "refused", detail: "PROHIBITED_CONTENT" });
  });

  it("google: a partial answer is not continued by a second request that nobody reserved", async () => {
    const partial = wireOf("google").answer("{", "stop") as { candidates: { finishReason: string; continuationToken?: string }[] };
    partial.candidates[0]!.finishReason = "CONTINUATION";
    partial.candidates[0]!.continuationToken = "go-on";
    server.answer = json(partial);
    const reply = await askOf("google");
    expect(server.seen).toHaveLength(1);
    expect(reply).toMatchObject({
      kind: "failed",
      why: "bad_body",
      usage: { tokensIn: 120, tokensCached: 100, tokensOut: 50, tokensReasoning: 30 },
    });
  });

  it("openrouter: only upstreams that hold to the schema are asked", async () => {
    server.answer = json(wireOf("openrouter").answer("{}", "stop"));
    await askOf("openrouter");
    expect(server.seen[0]!.body.provider).toEqual({ require_parameters: true });
  });

  it("openai-compatible: temperature and seed are sent as said, and the configuration may move the schema into words", async () => {
    server.answer = json(wireOf("openai-compatible").answer("{}", "stop"));
    await provider("openai-compatible", { nativeSchema: { small: false } }).ask(someAsk("small", { temperature: 0, seed: 7 }), never);
    const { temperature, seed, response_format, messages } = server.seen[0]!.body;
    expect([temperature, seed, response_format]).toEqual([0, 7, { type: "json_object" }]);
    expect(messages[0].content).toContain("total_allocation_usd");
  });

  it("headers of the configuration are sent", async () => {
    server.answer = json(wireOf("requesty").answer("{}", "stop"));
    await askOf("requesty", { headers: { "X-Title": "my desk" } });
    expect(server.seen[0]!.headers["x-title"]).toBe("my desk");
  });

  it("a provider without its key says so and sends nothing", async () => {
    const asked = makeProvider({ name: "mine", kind: "openai", baseUrl: `${server.url}/v1` }).ask(someAsk("gpt-5.2"), never);
    expect(await asked).toEqual({ kind: "failed", why: "no_key", retryable: false, detail: "mine has no key", sent: false });
    expect(server.seen).toHaveLength(0);
  });

  it("a body without an end is not read to the end", async () => {
    server.answer = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = "x".repeat(1024 * 1024);
      const timer = setInterval(() => response.write(chunk), 1);
      response.on("close", () => clearInterval(timer));
    };
    expect(await askOf("requesty")).toMatchObject({ kind: "failed", why: "bad_body", detail: "the body is longer than 16777216 bytes" });
    await server.abandoned;
  });

  it("an answer that holds the key loses it: no journal may keep one", async () => {
    const wire = wireOf("requesty");
    server.answer = json(wire.answer(`{"note":"${wire.key}"}`, "stop"));
    expect(await askOf("requesty")).toMatchObject({ kind: "text", text: '{"note":"[secret]"}' });
  });
});
