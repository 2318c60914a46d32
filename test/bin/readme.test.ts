import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { freshFolder, root, shell } from "./run-cli.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
/** Shell lines of a page, without comments, in order. */
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .map((line) => line.replace(/\s+#.*$/, "").trim())
  .filter((line) => line !== "");

const hour = 3_600_000;
const start = Date.UTC(2025, 2, 3);
const hours = 24 * 30;
/** A wave on a wave, so that a strategy finds something to do. */
const price = (at: number): number => 80_000 + 4000 * Math.sin(at / 60) + 700 * Math.sin(at / 7);
const candles = Array.from({ length: hours }, (_, at) => {
  const [open, close] = [price(at), price(at + 1)];
  const prices = [open, Math.max(open, close) + 50, Math.min(open, close) - 50, close];
  return `${start + at * hour},${prices.map((each) => each.toFixed(1)).join(",")},${2000 + (at % 9)}.5`;
});
const funding = Array.from({ length: hours / 8 }, (_, at) => `${start + at * 8 * hour},0.0001`);

/** The files that the README's lines name, as somebody has them who follows it. */
function prepared(): string {
  const folder = freshFolder();
  const put = (name: string, header: string, rows: readonly string[]): void =>
    writeFileSync(join(folder, name), gzipSync(`${[header, ...rows].join("\n")}\n`));
  put("BTCUSDT-1h-futures.csv.gz", "ts_ms,open,high,low,close,volume", candles);
  put("BTCUSDT-8h-funding_rate.csv.gz", "ts_ms,funding_rate", funding);
  return folder;
}

describe("README", () => {
  it("is a page and not a book", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
  });

  it("begins with the two commands, which package and lock provide", () => {
    expect(commands.slice(0, 2)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "test"]));
    expect(existsSync(join(root, "package-lock.json"))).toBe(true);
  });

  it("has no other command that does not run as printed, one after the other", async () => {
    const folder = prepared();
    const ours = commands.filter((line) => !line.startsWith("npm "));
    expect(ours.length).toBeGreaterThanOrEqual(10);
    let id = "";
    for (const line of ours) {
      expect(line).toMatch(/^\.\/countersign \w/);
      const run = await shell(folder, line.replace(/\bID\b/, id));
      expect({ line, code: run.code, err: run.err }).toEqual({ line, code: 0, err: "" });
      if (line.startsWith("./countersign decisions")) [, id = ""] = /countersign replay (\S+) /.exec(run.out) ?? [];
    }
    expect(id).not.toBe("");
    expect(JSON.parse(readFileSync(join(folder, "result.json"), "utf8"))).toMatchObject({ desk: "perps", synthetic: false });
  });
});
