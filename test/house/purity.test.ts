import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { filesUnder, roomOf, type SourceFile } from "./source-files.ts";

/** A name at its own place: not a property or a part of a longer name. */
const named = (...names: readonly string[]): RegExp => new RegExp(`(?<![.\\w$#])(?:${names.join("|")})(?![\\w$])`, "g");

const clocks = named("Temporal\\s*\\.\\s*Now", "Date", "performance(?!\\s*:)", "setTimeout", "setInterval", "setImmediate", "Now");
const chance = named("Math\\s*\\.\\s*random", "crypto(?!\\s*:)", "randomUUID");
const waiting = named("async", "await", "Promise", "queueMicrotask");
const theWorld = named(
  "process",
  "fetch",
  "import(?=\\s*\\()",
  "require",
  "globalThis",
  "console",
  "WebSocket",
  "XMLHttpRequest",
  "eval",
  "Function(?=\\s*\\()",
);
/** A letter-for-letter state that outlives the call: the second answer could differ from the first. */
const memory = /^(?:export )?(?:let|var) \w+/gm;

type Ban = { readonly what: string; readonly pattern: RegExp; readonly rooms: readonly string[] };
const bans: readonly Ban[] = [
  { what: "waits", pattern: waiting, rooms: ["words", "flow", "desks"] },
  { what: "reads a clock", pattern: clocks, rooms: ["words", "flow", "journal", "ports", "config", "runtime", "desks", "sim", "lab"] },
  { what: "draws by chance", pattern: chance, rooms: ["words", "flow", "journal", "ports", "config", "runtime", "desks", "sim", "lab"] },
  { what: "reaches out", pattern: theWorld, rooms: ["words", "flow", "journal", "ports", "runtime", "desks", "sim", "lab"] },
  { what: "remembers between calls", pattern: memory, rooms: ["words", "flow", "ports", "runtime", "desks", "sim", "lab"] },
];

/** Law 2 for flow and words, and the same for every other room as far as it goes: time, chance and the world come in as arguments. */
function impure(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => {
    const { room } = roomOf(path);
    const code = codeOf(text);
    return bans
      .filter(({ rooms }) => rooms.includes(room))
      .flatMap(({ what, pattern }) =>
        [...code.matchAll(pattern)].map((match) => `${path}:${lineAt(code, match.index)} ${what}: ${match[0]}`),
      );
  });
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

describe("law 2: the line is pure", () => {
  it("finds no clock, chance, waiting or world where none may be", () => {
    expect(impure(filesUnder("src"))).toEqual([]);
  });

  it.each([
    ["src/flow/rails/judge.ts", "export async function judge() {}", "async"],
    ["src/flow/rails/judge.ts", "const x = await y;", "await"],
    ["src/flow/rails/judge.ts", "type Later = Promise<number>;", "Promise"],
    ["src/flow/rails/judge.ts", "const now = Date.now();", "Date.now"],
    ["src/flow/rails/judge.ts", "const now = new Date();", "new Date"],
    ["src/flow/rails/judge.ts", "const now = Temporal\n  .Now.instant();", "Temporal.Now"],
    ["src/flow/rails/judge.ts", "const { Now } = Temporal;", "Temporal.Now by another name"],
    ["src/flow/rails/judge.ts", "const luck = Math.random();", "Math.random"],
    ["src/flow/rails/judge.ts", "const key = process.env.KEY;", "process"],
    ["src/flow/rails/judge.ts", "const x = `${fetch(url)}`;", "fetch, inside a template"],
    ["src/flow/rails/judge.ts", 'const x = import("./a.ts");', "import()"],
    ["src/flow/rails/judge.ts", 'globalThis["Date"]', "the global object"],
    ["src/flow/rails/judge.ts", "let calls = 0;", "memory"],
    ["src/words/money.ts", "export let last = 0n;", "memory in words"],
    ["src/desks/perps.ts", "async function* cycle() {}", "a desk that waits"],
    ["src/runtime/drive.ts", "setTimeout(next, 10);", "a timer in the runner"],
    ["src/journal/fold.ts", "const at = Temporal.Now.instant();", "a clock in the journal"],
    ["src/sim/venue/exchange.ts", "const luck = Math.random();", "chance without a seed"],
    ["src/lab/backtest.ts", "const started = performance.now();", "a clock in the lab"],
    ["src/config/load.ts", "const now = new Date();", "a clock in the config"],
    ["src/config/load.ts", "crypto.getRandomValues(bytes);", "chance in the config"],
  ])("would catch in %s: %s (%s)", (path, text) => {
    expect(impure([{ path, text }])).toEqual([expect.stringContaining(`${path}:1`)]);
  });

  it.each([
    [
      "src/flow/rails/judge.ts",
      "/** Nothing here may await; process. fetch( new Date */ const x = 'Date.now()';",
      "words in comments and strings",
    ],
    ["src/flow/rails/judge.ts", "const { updated } = Temporal.Instant.compare(a, b); x.fetch; isoDate;", "longer names and properties"],
    ["src/config/config.ts", "const schema = { crypto: section, performance: figures };", "a desk and a report of these names, as keys"],
    ["src/bin/demo.ts", "const now = Temporal.Now.instant();", "a clock at the edge"],
    ["src/adapters/slack/client.ts", "await fetch(url);", "the world in an adapter"],
  ])("lets %s say: %s (%s)", (path, text) => {
    expect(impure([{ path, text }])).toEqual([]);
  });
});
