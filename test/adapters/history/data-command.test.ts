import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFile, candles, csv, freshFolder } from "./history-files.ts";

const root = join(import.meta.dirname, "../../..");
const program =
  'import { dataCommand } from "./src/bin/commands/data.ts"; await dataCommand().parseAsync(process.argv.slice(1), { from: "user" });';

function data(...words: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", program, "--", ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe("countersign data (LAB-1)", () => {
  const folder = freshFolder();
  const store = join(folder, "store");

  it("imports, lists and checks, with 0", () => {
    const file = aFile(folder, "BTCUSDT-1m-futures.csv", csv(candles(5).toSpliced(2, 1)));
    const imported = data("import", file, "--store", store);
    expect([imported.code, imported.err]).toEqual([0, ""]);
    expect(imported.out).toBe(
      [
        `${file}: BTCUSDT.PERP ohlcv 1m: 4 rows added`,
        "BTCUSDT.PERP ohlcv 1m: 4 rows, 2025-05-04T15:33:00Z to 2025-05-04T15:37:00Z",
        "  gaps 1, 1 rows missing; the largest:",
        "    1 missing after 2025-05-04T15:34:00Z, before 2025-05-04T15:36:00Z",
        "",
      ].join("\n"),
    );
    const listed = data("list", "--store", store);
    expect(listed.out.split("\n")[1]).toMatch(
      /^BTCUSDT\.PERP +ohlcv +1m +4 +2025-05-04T15:33:00Z +2025-05-04T15:37:00Z +1 \(1 rows\) +BTCUSDT-1m-futures\.csv$/,
    );
    expect(JSON.parse(data("list", "--store", store, "--json").out)).toMatchObject([{ id: "BTCUSDT.PERP", rows: 4 }]);
    expect(JSON.parse(data("check", "BTCUSDT", "--store", store, "--json").out)).toMatchObject([{ gaps: { missing: 1 }, badTicks: [] }]);
  });

  it("ends with 1 for bad data: twenty faults, one a line, then a count", () => {
    const file = aFile(folder, "ETHUSDT-1m-futures.csv", csv(candles(30).map((line) => line.replace(",101,", ",99,"))));
    const { code, out, err } = data("import", file, "--store", store);
    const lines = err.trim().split("\n");
    expect([code, out, lines.length]).toEqual([1, "", 22]);
    expect(lines[0]).toBe(
      `${file}:2: high_below_low: 2025-05-04T15:33:00Z: open 100.5, high 99, low 100, close 100.25; high is at or above low`,
    );
    expect(lines.slice(-2)).toEqual(["... and 10 more faults", "nothing was imported; --lenient imports the other rows"]);
  });

  it.each`
    words                                    | says
    ${["import", "nowhere-1m-futures.csv"]}  | ${"not_found"}
    ${["import", "x.csv", "--zone", "Mars"]} | ${"A zone is UTC"}
    ${["check", "DOGE"]}                     | ${"unknown asset"}
    ${["lst"]}                               | ${"unknown command"}
  `("ends with 2 for $words and says so in one line without a stack", ({ words, says }: { words: string[]; says: string }) => {
    const { code, err } = data(...words, ...(words[0] === "lst" ? [] : ["--store", store]));
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err).not.toContain("    at ");
  });

  it("shows help with an example, with 0", () => {
    const { code, out } = data("import", "--help");
    expect(code).toBe(0);
    expect(out).toContain("Example:");
  });
});
