import { makeProvider } from "../../../src/adapters/ai-sdk/make-provider.ts";
import { expect, it } from "vitest";
import { providerContract } from "../../contracts/provider-contract.ts";
import { wires } from "./wires.ts";

it("tries every kind once", () => {
  expect(new Set(wires.map(({ kind }) => kind)).size).toBe(8);
});

for (const wire of wires) {
  providerContract(wire.kind, wire, (baseUrl) => ({
    provider: makeProvider({ name: wire.kind, kind: wire.kind, baseUrl, ...(wire.key === undefined ? {} : { key: wire.key }) }),
  }));
}
