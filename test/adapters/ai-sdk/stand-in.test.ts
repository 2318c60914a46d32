import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProvider } from "../../../src/adapters/ai-sdk/make-provider.ts";
import { startModelServer, type ModelServer } from "../../../src/sim/models/model-server.ts";
import { someAsk } from "../../contracts/provider-contract.ts";
import { wires } from "./wires.ts";

describe("the real SDK and our stand-in understand each other", () => {
  let server: ModelServer;
  beforeAll(async () => (server = await startModelServer({ keyless: true })));
  afterAll(() => server.close());

  it.each(wires.map((wire) => [wire.kind, wire] as const))("%s gets an answer of the asked shape, counted", async (kind, wire) => {
    const basePath = wire.basePath === "" ? "/v1" : wire.basePath;
    const provider = makeProvider({
      name: kind,
      kind,
      baseUrl: `${server.url}${basePath}`,
      ...(wire.key === undefined ? {} : { key: wire.key }),
    });
    const reply = await provider.ask(someAsk(wire.model), new AbortController().signal);
    expect(reply).toMatchObject({ kind: "text", cut: false });
    if (reply.kind !== "text") return;
    expect(Object.keys(JSON.parse(reply.text) as object)).toContain("decisions");
    expect(reply.usage.tokensIn).toBeGreaterThan(0);
    expect(reply.usage.tokensOut).toBeGreaterThan(0);
    if (kind === "openrouter" || kind === "requesty") expect(reply.cost).toBeGreaterThan(0n);
  });
});
