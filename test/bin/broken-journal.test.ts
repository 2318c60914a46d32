import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hookTimeoutMs, cli, expectDone, expectRefused, freshFolder, tree } from "./run-cli.ts";

const folder = freshFolder();
const whole = "run.journal";
let lines: readonly string[] = [];
let id = "";
beforeAll(async () => {
  expectDone(await cli(folder, ["backtest", "perps", "--synthetic", "8", "--journal", whole]));
  lines = readFileSync(join(folder, whole), "utf8").trimEnd().split("\n");
  const decided = await cli(folder, ["decisions", whole, "--json"]);
  id = (JSON.parse(decided.out.split("\n")[0] ?? "") as { id: string }).id;
}, hookTimeoutMs);

const text = (of: readonly string[]): string => `${of.join("\n")}\n`;
const line = (of: readonly string[], sequence: number): string => of[sequence - 1] ?? "";

/** A change of the file's lines, the first entry that is then wrong, and how it is named. */
const faults: readonly (readonly [string, (of: readonly string[]) => Uint8Array, (of: readonly string[]) => number, RegExp])[] = [
  [
    "a flipped bit in an entry",
    (of) => {
      const bytes = Buffer.from(text(of));
      const at = Buffer.byteLength(text(of.slice(0, 99))) + 120;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      return bytes;
    },
    () => 100,
    /broken at entry 100: /,
  ],
  [
    "a flipped bit in a hash",
    (of) =>
      Buffer.from(
        text(
          of.with(
            99,
            line(of, 100).replace(/[0-9a-f](?=",)/, (digit) => (digit === "0" ? "1" : "0")),
          ),
        ),
      ),
    () => 100,
    /broken at entry 100: /,
  ],
  ["a missing entry", (of) => Buffer.from(text(of.toSpliced(49, 1))), () => 50, /broken at entry 50: entry 50 is missing/],
  ["an inserted entry", (of) => Buffer.from(text(of.toSpliced(60, 0, line(of, 60)))), () => 61, /broken at entry 61: /],
  ["two entries in the other order", (of) => Buffer.from(text(of.toSpliced(69, 2, line(of, 71), line(of, 70)))), () => 70, /entry 70/],
  [
    "an end that was cut off within an entry",
    (of) => Buffer.from(text(of)).subarray(0, -40),
    (of) => of.length,
    /cut short, \d+ bytes of it/,
  ],
];

const commands: readonly (readonly [string, (file: string) => string[]])[] = [
  ["journal verify", (file) => ["journal", "verify", file]],
  ["journal show", (file) => ["journal", "show", file, id]],
  ["journal export", (file) => ["journal", "export", file]],
  ["journal export --out", (file) => ["journal", "export", file, "--out", "out.jsonl"]],
  ["decisions", (file) => ["decisions", file]],
  ["replay", (file) => ["replay", id, file]],
];

describe("nothing reads a journal that is not as it was written; the first wrong entry is named (laws of the journal)", () => {
  it.concurrent.each(faults.flatMap((fault) => commands.map((command) => [fault[0], command[0], fault, command] as const)))(
    "%s: %s",
    async (name, reader, [, change, first, says], [, words]) => {
      const own = freshFolder();
      const file = `${name.replaceAll(" ", "-")}.journal`;
      writeFileSync(join(own, file), change(lines));
      const run = await cli(own, words(file));
      expectRefused(run, 1, says);
      expect(run.err.startsWith(`${file}: broken at entry ${first(lines)}: `), reader).toBe(true);
      expect(tree(own)).toEqual([file]);
    },
  );

  it("an end cut off between two entries is seen against a head noted earlier", async () => {
    const verified = await cli(folder, ["journal", "verify", whole]);
    const [, head = ""] = /head hash +([0-9a-f]{64})/.exec(verified.out) ?? [];
    writeFileSync(join(folder, "shorter.journal"), text(lines.slice(0, -5)));
    expectDone(await cli(folder, ["journal", "verify", whole, "--head", head]));
    expectRefused(
      await cli(folder, ["journal", "verify", "shorter.journal", "--head", head]),
      1,
      /no entry has the hash .*the end was cut off/,
    );
  });
});
