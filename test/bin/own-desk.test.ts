import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, tree } from "./run-cli.ts";

const folder = freshFolder();
beforeAll(async () => {
  expectDone(await cli(folder, ["desk", "new", "dip-buyer"]));
}, hookTimeoutMs);

const run = (file: string, ...more: readonly string[]) =>
  cli(folder, ["backtest", "own", "--desk-file", file, "--synthetic", "8", "--interval", "1h", ...more]);
/** The desk with one thing changed, as a file of its own. */
const changed = (name: string, from: string, to: string): string => {
  const text = readFileSync(join(folder, "dip-buyer.ts"), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, name), text.replace(from, to));
  return name;
};

describe("a desk of one's own", () => {
  it("is written with its test, both of which run as they are, anywhere", async () => {
    expect(tree(folder)).toEqual(expect.arrayContaining(["dip-buyer.test.ts", "dip-buyer.ts"]));
    const ran = await run("dip-buyer.ts", "--journal", "own.journal");
    expectDone(ran);
    expect(ran.out).toMatch(/^Backtest of dip-buyer, the desk of dip-buyer.ts on a SYNTHETIC market[^]*\ntrades {8}[1-9]/);
    const { stdout } = await promisify(execFile)(process.execPath, ["--test", "dip-buyer.test.ts"], {
      cwd: folder,
      env: { PATH: process.env["PATH"] },
    });
    expect(stdout).toMatch(/pass 3\n[^]*fail 0\n/);
  });

  it("is known by path and SHA-256 in the journal, and refused once it has changed", async () => {
    const journal = readFileSync(join(folder, "own.journal"), "utf8").split("\n")[0] ?? "";
    const [, sha = ""] = /"desk\.sha256":"([0-9a-f]{64})"/.exec(journal) ?? [];
    expect(sha).not.toBe("");
    expect(journal).toContain('"desk.file":"dip-buyer.ts"');
    expectDone(await run("dip-buyer.ts", "--set", `desk.sha256=${sha}`));
    const other = changed("other.ts", "dip: 2,", "dip: 3,");
    expectRefused(await run(other, "--set", `desk.sha256=${sha}`), 2, /has changed: its SHA-256 is [0-9a-f]{12}\.\.\. and not /);
  });

  it.each([
    ["that is not there", () => "absent.ts", /^--desk-file: "absent.ts" cannot be read \(ENOENT\); it was looked for at /],
    [
      "that exports no desk",
      () => changed("no-desk.ts", "export const desk:", "const desk:"),
      /exports nothing named desk; it exports settings; export desk and settings as examples\/my-desk.ts does/,
    ],
    [
      "whose cycle is none",
      () => changed("no-cycle.ts", '{ id: deskId("dip-buyer"), cycle }', '{ id: deskId("dip-buyer"), cycle: 1 as never }'),
      /desk.cycle: is not a function of a turn and the settings/,
    ],
    ["that does not load", () => changed("broken.ts", "const valid: Proposal[] = [];", "const valid: = ["), /cannot be loaded: /],
  ])("a file %s is refused in a line", async (_, file, says) => {
    expectRefused(await run(file()), 2, says);
  });

  it("a cycle that throws ends the run with its own name", async () => {
    const file = changed("throws.ts", "  // Propose:", '  if (context.assets.length > 0) throw new Error("not today");\n  // Propose:');
    expectRefused(await run(file, "--journal", "never.journal"), 1, /^throws.ts: its cycle threw "not today" at 2026-/);
    expect(tree(folder)).not.toContain("never.journal");
  });

  it.each([
    ["perps", /^perps: the house has a desk of this name; choose another, such as my-perps\n$/],
    ["Dip Buyer", /^"Dip Buyer": a desk is named with small letters/],
    ["dip-buyer", /^dip-buyer.ts: it exists, and nothing is written over/],
  ])("is not written as %s", async (name, says) => {
    expectRefused(await cli(folder, ["desk", "new", name]), 2, says);
  });
});
