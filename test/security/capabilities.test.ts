import { describe, expect, it } from "vitest";
import { childOptions } from "../../src/adapters/ai-sdk/child-permissions.ts";
import { importsOf } from "../house/imports-of.ts";
import { filesUnder, type SourceFile } from "../house/source-files.ts";
import { canaries } from "./canaries.ts";

/** What asks models: the process with their keys, and the gateway before it. */
const askers = ["src/adapters/ai-sdk/", "src/runtime/models/"];
/** Whoever can place an order, and whoever could be handed something that can. */
const port = "src/ports/venue.ts";
const door = "src/runtime/account-runner.ts";

/** Every way from one of the askers to a file that knows a venue, types included: what a file can name, it can be handed. */
function waysToAVenue(files: readonly SourceFile[]): readonly string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file).map(({ to }) => to)]));
  const knows = (path: string): boolean => path === port || path === door || (imports.get(path)?.includes(port) ?? false);
  const ways: string[] = [];
  for (const { path } of files.filter((file) => askers.some((folder) => file.path.startsWith(folder)))) {
    const seen = new Set<string>([path]);
    const walk = (at: string, way: string): void => {
      if (knows(at)) return void ways.push(way);
      for (const next of imports.get(at) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        walk(next, `${way} -> ${next}`);
      }
    };
    walk(path, path);
  }
  return ways;
}

const brokers = /\b(?:ALPACA|ASTER|BINANCE|IB|IBKR|TWS|SLACK|DATABASE|PG|POSTGRES)_[A-Z_]+\b/g;

describe("who asks models cannot trade (MOD-7)", () => {
  const files = filesUnder("src");
  const asking = files.filter(({ path }) => askers.some((folder) => path.startsWith(folder)));

  it("finds the askers", () => {
    for (const folder of askers) expect(asking.filter(({ path }) => path.startsWith(folder)).length, folder).toBeGreaterThan(2);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining([port, door]));
  });

  it("reaches no venue by any import, nor whoever drives one", () => {
    expect(waysToAVenue(files)).toEqual([]);
  });

  it("names no variable with a broker's, a database's or a chat's secret", () => {
    expect(asking.flatMap(({ path, text }) => [...text.matchAll(brokers)].map(([name]) => `${path}: ${name}`))).toEqual([]);
  });

  it("reads the environment of nobody: its keys come by name, through one door", () => {
    const reading = asking.filter(({ text }) => /\bprocess\s*\.\s*env\b/.test(text)).map(({ path }) => path);
    expect(reading.filter((path) => path !== "src/adapters/ai-sdk/provider-child.ts")).toEqual([]);
  });

  it("starts with the keys of its own models and no other secret", () => {
    const { env = {} } = childOptions(["OPENAI_API_KEY", "XAI_API_KEY", "NOT_SET"], {
      ...canaries,
      PATH: "/usr/bin",
      NODE_OPTIONS: "--import=x",
    });
    expect(env).toEqual({ OPENAI_API_KEY: canaries["OPENAI_API_KEY"], XAI_API_KEY: canaries["XAI_API_KEY"] });
  });

  it.each([
    ["a direct import", 'import type { Venue } from "../../ports/venue.ts";', "src/runtime/models/gateway.ts"],
    ["a way through others", 'import { a } from "../a.ts";', "src/runtime/models/gateway.ts -> src/runtime/a.ts -> src/runtime/b.ts"],
    [
      "the door itself",
      'import { AccountRunner } from "../account-runner.ts";',
      "src/runtime/models/gateway.ts -> src/runtime/account-runner.ts",
    ],
    ["at run time", 'const { x } = await import("../b.ts");', "src/runtime/models/gateway.ts -> src/runtime/b.ts"],
  ])("would catch %s", (_how, text, way) => {
    const planted = [
      { path: "src/runtime/models/gateway.ts", text },
      { path: "src/runtime/a.ts", text: 'export { b } from "./b.ts";' },
      { path: "src/runtime/b.ts", text: 'import type { Venue } from "../ports/venue.ts";' },
      { path: port, text: "" },
      { path: door, text: "" },
    ];
    expect(waysToAVenue(planted)).toEqual([way]);
  });
});
