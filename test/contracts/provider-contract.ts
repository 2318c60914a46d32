import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Provider, ProviderAsk } from "../../src/ports/provider.ts";
import { portfolioSchema } from "../../src/flow/proposals/portfolio-schema.ts";
import { json, wireServer, type WireServer } from "../adapters/ai-sdk/wire-server.ts";
import type { Wire } from "../adapters/ai-sdk/wires.ts";

export type Opened = { readonly provider: Provider; close?(): void };

export const someAsk = (model: string, more: Partial<ProviderAsk> = {}): ProviderAsk => ({
  model,
  system: "You trade. Answer in JSON.",
  user: "ACCOUNT\nequity 1000",
  schema: portfolioSchema,
  outputTokensMax: 700,
  ...more,
});

const never = new AbortController().signal;

/** What every provider promises, whatever its wire: the port's promises, tried against a server on loopback. */
export function providerContract(name: string, wire: Wire, open: (baseUrl: string) => Opened): void {
  describe(`${name} keeps the contract of a provider`, () => {
    let server: WireServer;
    let opened: Opened;
    const ask = (more: Partial<ProviderAsk> = {}, signal: AbortSignal = never) => opened.provider.ask(someAsk(wire.model, more), signal);

    beforeAll(async () => {
      server = await wireServer();
      opened = open(`${server.url}${wire.basePath}`);
    });
    beforeEach(() => server.forget());
    afterAll(async () => {
      opened.close?.();
      await server.close();
    });

    it.each([
      ['{"decisions":[]}', "a plain answer"],
      [
        '{"a":1,"a":2,"__proto__":{"x":1},"n":12345678901234567890.10,"e":1e309}',
        "duplicate keys and long numbers are for our own reader to judge",
      ],
      ["```json\n{}\n```", "a fence is not taken off"],
      ['{"decisions":[{"symbol":"BTC', "what is no JSON is not repaired"],
      ["  {} ", "spaces stay"],
      ["", "an empty answer is an answer"],
    ])("MOD-1 hands over %j letter by letter, because %s", async (text) => {
      server.answer = json(wire.answer(text, "stop"));
      expect(await ask()).toEqual({
        kind: "text",
        text,
        cut: false,
        usage: { tokensIn: 120, tokensCached: 100, tokensOut: 50, tokensReasoning: wire.reasoning },
      });
      expect(server.seen).toHaveLength(1);
    });

    it("MOD-1 asks at the wire's own path with the key, the texts, the schema and exactly the reserved tokens", async () => {
      server.answer = json(wire.answer("{}", "stop"));
      await ask();
      const [seen] = server.seen;
      expect(seen!.path).toBe(wire.path);
      if (wire.key !== undefined) expect(JSON.stringify(seen!.headers)).toContain(wire.key);
      else expect(seen!.headers.authorization).toBeUndefined();
      expect(wire.at.tokensMax(seen!.body)).toBe(700);
      expect(wire.at.system(seen!.body)).toContain("You trade. Answer in JSON.");
      expect(wire.at.user(seen!.body)).toBe("ACCOUNT\nequity 1000");
      if (wire.kind === "deepseek") expect(seen!.raw).toContain("total_allocation_usd");
      else expect(wire.at.schema(seen!.body)).toMatchObject({ required: ["decisions", "rationale", "total_allocation_usd", "risk_level"] });
      expect(wire.at.temperature(seen!.body)).toBeUndefined();
      expect(wire.at.effort(seen!.body)).toBeUndefined();
      expect(seen!.body.stream ?? false).toBe(false);
    });

    it("OPT-4 an effort is sent and raises no limit of tokens; none is not sent", async () => {
      server.answer = json(wire.answer("{}", "stop"));
      await ask({ effort: "low" });
      await ask({ effort: "none" });
      expect(wire.at.effort(server.seen[0]!.body)).toBeDefined();
      expect(wire.at.tokensMax(server.seen[0]!.body)).toBe(700);
      expect(wire.at.effort(server.seen[1]!.body)).toBeUndefined();
    });

    it("an answer that ended at the token limit is cut", async () => {
      server.answer = json(wire.answer('{"a', "cut"));
      expect(await ask()).toMatchObject({ kind: "text", text: '{"a', cut: true });
    });

    it("a refusal is a refusal, and billed", async () => {
      server.answer = json(wire.answer("I will not help with that.", "refused"));
      expect(await ask()).toMatchObject({ kind: "refused", usage: { tokensIn: 120, tokensOut: 50 } });
    });

    it.each([
      [400, false],
      [401, false],
      [402, false],
      [403, false],
      [404, false],
      [408, true],
      [409, true],
      [422, false],
      [429, true],
      [500, true],
      [502, true],
      [503, true],
      [529, true],
    ])("status %d: retryable %s, asked once", async (status, retryable) => {
      server.answer = json(wire.error("what it says"), status);
      const reply = await ask();
      expect(reply).toMatchObject({ kind: "failed", why: "status", status, retryable });
      expect((reply as { detail: string }).detail).toContain("what it says");
      expect(server.seen).toHaveLength(1);
    });

    it.each([
      [{ "retry-after": "7" }, 7000],
      [{ "retry-after": "0.5" }, 500],
      [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
      [{ "retry-after": "Sat, 21 Nov 2026 10:00:30 GMT", date: "Sat, 21 Nov 2026 10:00:00 GMT" }, 30_000],
      [{ "retry-after": "Sat, 21 Nov 2026 09:00:00 GMT", date: "Sat, 21 Nov 2026 10:00:00 GMT" }, 0],
      [{ "retry-after": "soon" }, undefined],
    ])("Retry-After %j is %s ms", async (headers, wait) => {
      server.answer = json(wire.error("slow down"), 429, headers as Record<string, string>);
      expect(((await ask()) as { retryAfterMs?: number }).retryAfterMs).toBe(wait);
    });

    it.each([
      ["<!DOCTYPE html><html><title>Gateway</title></html>", 200, "bad_body", "a page instead of JSON: Gateway"],
      ["<html><title>Bad Gateway</title></html>", 502, "status", "a page instead of JSON: Bad Gateway"],
      ["not json", 200, "bad_body", "no JSON object: not json"],
      ["", 200, "bad_body", "an empty body"],
      ["[1,2]", 200, "bad_body", "no JSON object: [1,2]"],
      ['{"hello":1}', 200, "bad_body", "JSON that is no answer"],
    ])("the body %j with %d is %s", async (body, status, why, detail) => {
      server.answer = (response) => response.writeHead(status, { "content-type": "text/html" }).end(body);
      const reply = await ask();
      expect(reply).toMatchObject({ kind: "failed", why });
      expect((reply as { detail: string }).detail).toContain(detail);
    });

    it("an error that comes with 200 is an error, by its own code", async () => {
      server.answer = json({ error: { message: "upstream is down", code: 502, type: "server_error" } });
      expect(await ask()).toMatchObject({ kind: "failed", why: "status", status: 502, retryable: true });
    });

    it("a socket that ends in the middle of the body is a network's fault", async () => {
      server.answer = (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
        response.write('{"id":');
        setImmediate(() => response.destroy());
      };
      expect(await ask()).toMatchObject({ kind: "failed", why: "network", retryable: true });
    });

    it("a server that is not there is a network's fault", async () => {
      const gone = await wireServer();
      await gone.close();
      const elsewhere = open(`${gone.url}${wire.basePath}`);
      const reply = await elsewhere.provider.ask(someAsk(wire.model), never);
      elsewhere.close?.();
      expect(reply).toMatchObject({ kind: "failed", why: "network", retryable: true, sent: false });
      expect((reply as { detail: string }).detail).toContain("ECONNREFUSED");
    });

    it("MOD-6 a socket that ends before the answer may have brought the question", async () => {
      server.answer = (response) => response.destroy();
      const reply = await ask();
      expect(reply).toMatchObject({ kind: "failed", why: "network", retryable: true });
      expect(reply).not.toHaveProperty("sent");
    });

    it("an abort before the headers ends the socket", async () => {
      const controller = new AbortController();
      server.answer = () => controller.abort();
      const reply = await ask({}, controller.signal);
      expect(reply).toMatchObject({ kind: "failed", why: "timed_out", retryable: false });
      expect(reply).not.toHaveProperty("sent");
      await server.abandoned;
    });

    it("an abort in the middle of the body ends the socket", async () => {
      const controller = new AbortController();
      server.answer = (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write('{"id":', () => controller.abort());
      };
      expect(await ask({}, controller.signal)).toMatchObject({ kind: "failed", why: "timed_out" });
      await server.abandoned;
    });

    it("a signal that was aborted before sends nothing", async () => {
      expect(await ask({}, AbortSignal.abort())).toMatchObject({ kind: "failed", why: "timed_out", sent: false });
      expect(server.seen).toHaveLength(0);
    });

    it("a redirect is not followed, so that the key goes nowhere else", async () => {
      server.answer = (response) => response.writeHead(307, { location: `${server.url}/elsewhere` }).end();
      expect(await ask()).toMatchObject({ kind: "failed", why: "status", status: 307, retryable: false });
      expect(server.seen).toHaveLength(1);
    });

    it("no detail holds the key, also when the server echoes the headers, whole or in part", async () => {
      const said = { authorization: "", key: wire.key ?? "sk-nobody-0123456789" };
      server.answer = (response, { headers }) =>
        json(wire.error(`wrong: ${JSON.stringify(headers)} ${said.key.slice(0, 12)}*** ${Buffer.from(said.key).toString("base64")}`), 401)(
          response,
          server.seen[0]!,
        );
      const { detail } = (await ask()) as { detail: string };
      expect(detail).toContain("wrong");
      for (let at = 0; wire.key !== undefined && at + 9 <= wire.key.length; at++) expect(detail).not.toContain(wire.key.slice(at, at + 9));
      expect(detail).not.toContain(Buffer.from(said.key).toString("base64").slice(0, 16));
    });
  });
}
