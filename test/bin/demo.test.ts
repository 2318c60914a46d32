import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { hookTimeoutMs, cli, expectDone, freshFolder, root, shell, tree, type Ran } from "./run-cli.ts";

const folder = freshFolder();
let demo: Ran;
beforeAll(async () => {
  demo = await cli(folder, ["demo"]);
}, hookTimeoutMs);

/** The commands after the heading, each on one line. */
const printed = (): string[] =>
  (demo.out.split("\nWhat to try next\n")[1] ?? "")
    .replace(/ \\\n\s+/g, " ")
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.trim());

describe("npm start, the demo", () => {
  it("is what npm start runs", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
    expect(scripts.start).toBe("node src/bin/countersign.ts demo");
  });

  it("tells wishes, refusals with reasons, trims, fills with their guards and the book of each day, then the summary", () => {
    expectDone(demo);
    expect(demo.out).toMatch(/^Making a market of \d+ days: synthetic, all prices are made up/);
    expect(demo.out).toMatch(/wants to (?:buy|sell) [\d,]+ of \w+, \d+% sure +refused: \w+, [\d,.]+ over [\d,.]+\n/);
    expect(demo.out).toMatch(/countersigned, limit [\d,.]+, trimmed to [\d,]+ by \w+/);
    expect(demo.out).toMatch(/(?:bought|sold) [\d,.]+ \w+ at [\d,.]+ +with stop [\d,.]+ and target [\d,.]+\n/);
    expect(demo.out).toMatch(/\n2026-01-\d\d {2}equity [\d,.]+ {2}(?:long|short) /);
    expect(demo.out).toMatch(/\nrefusals {6}\w+ \d+, /);
    expect(Math.max(...demo.out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(135);
    expect(tree(folder)).toEqual([".countersign", ".countersign/demo.journal"]);
  });

  it("prints commands that work as printed", async () => {
    const lines = printed();
    expect(lines.map((line) => line.split(" ")[1])).toEqual(["decisions", "journal", "replay", "journal", "rails", "backtest", "data"]);
    const runs = await Promise.all(lines.map((line) => shell(folder, line)));
    for (const run of runs) expectDone(run);
    // The what-if that it promises does differ.
    expect(runs[2]?.out).toMatch(/, from here on:\n- [^]*\n\+ order planned/);
  });

  it("starts over on a second run, and tells the same story", async () => {
    const again = await cli(folder, ["demo"]);
    expectDone(again);
    const story = (out: string): string => out.split("\nspeed ")[0] ?? "";
    expect(story(again.out)).toBe(story(demo.out));
    expect((await cli(folder, ["demo", "--seed", "monday"])).out).not.toContain(story(demo.out).slice(-500));
  });
});
