import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hookTimeoutMs, cli, expectDone, expectRefused, freshFolder, shell, tree, type Ran } from "./run-cli.ts";

const folder = freshFolder();
const backtest = ["backtest", "perps", "--synthetic", "8", "--seed", "good", "--set", "limits.positionsMax=1"];
let first: Ran;
beforeAll(async () => {
  first = await cli(folder, [...backtest, "--json", "a.json", "--journal", "a.journal"]);
}, hookTimeoutMs);

type Json = { readonly [key: string]: unknown };
const read = (name: string): Json => JSON.parse(readFileSync(join(folder, name), "utf8")) as Json;
const decimal = expect.stringMatching(/^-?\d+(?:\.\d+)?$/) as string;
const number = expect.any(Number) as number;

describe("backtest", () => {
  it("writes a page, a JSON and a journal, and nothing else", () => {
    expectDone(first);
    expect(tree(folder)).toEqual(["a.journal", "a.json"]);
    expect(first.out).toMatch(/^Backtest of the perps desk, strategy swing on a SYNTHETIC market: these are not real prices\n/);
  });

  it("has a JSON of the promised shape, money as decimal strings", () => {
    const report = read("a.json");
    expect(report).toMatchObject({
      desk: "perps",
      data: { assets: expect.any(Array) as string[], from: "2026-01-05T00:00:00Z", to: "2026-01-13T00:00:00Z", interval: "1h", bars: 960 },
      result: {
        equityStart: "100000",
        equityEnd: decimal,
        netPnl: decimal,
        fees: decimal,
        funding: decimal,
        trades: number,
        winRate: number,
        averageWin: decimal,
        averageLoss: decimal,
        maxDrawdown: number,
        // Eight days are too few for a ratio.
        sharpe: null,
        sortino: null,
        exposure: number,
        turnover: number,
        buyAndHold: decimal,
      },
      decisions: { total: number, byOutcome: expect.any(Object) as object },
      refusals: { positions_count: number },
      journal: { facts: number, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      timing: { wallMs: number, barsPerSecond: number },
    });
    const { total, byOutcome } = report["decisions"] as { total: number; byOutcome: Readonly<Record<string, number>> };
    expect(Object.values(byOutcome).reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(Object.keys(report["data"] as object)).toEqual(["assets", "from", "to", "interval", "bars"]);
    expect(Object.keys(report["timing"] as object)).toEqual(["wallMs", "barsPerSecond"]);
  });

  it("gives the same journal, byte for byte, in another process, zone and language", async () => {
    const env = { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "de_DE.UTF-8" };
    // A longer file of an earlier run is replaced whole.
    writeFileSync(join(folder, "b.json"), "x".repeat(100_000));
    expectDone(await cli(folder, [...backtest, "--json", "b.json", "--journal", "b.journal"], env));
    expect(read("b.json")["journal"]).toEqual(read("a.json")["journal"]);
    expect(tree(folder)).toEqual(["a.journal", "a.json", "b.journal", "b.json"]);
    expect(readFileSync(join(folder, "b.journal")).equals(readFileSync(join(folder, "a.journal")))).toBe(true);
    const other = await cli(folder, [...backtest, "--seed", "other", "--json", "-"]);
    expect((JSON.parse(other.out) as Json)["journal"]).not.toEqual(read("a.json")["journal"]);
  });
});

describe("decisions and replay (LINE-8)", () => {
  const rows = async (): Promise<readonly { id: string; fate: string }[]> => {
    const run = await cli(folder, ["decisions", "a.journal", "--all", "--last", "9999", "--json"]);
    expectDone(run);
    return run.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string; fate: string });
  };

  it("computes what was refused, and what was filled, again byte for byte; with another limit it says what would differ", async () => {
    const all = await rows();
    const refused = all.find(({ fate }) => fate === "refused: positions_count")?.id ?? "";
    const filled = all.find(({ fate }) => fate === "filled")?.id ?? "";
    for (const id of [refused, filled]) {
      const again = await cli(folder, ["replay", id, "a.journal"]);
      expectDone(again);
      expect(again.out).toMatch(new RegExp(`^decision ${id} of 2026-01-.* UTC\\n[^]*\\nthe same, byte for byte: \\d+ facts\\n$`));
    }
    const what = await cli(folder, ["replay", refused, "a.journal", "--set", "limits.positionsMax=5"]);
    expectDone(what);
    expect(what.out).toMatch(
      /\nwith limits\.positionsMax=5, from here on:\n- [^]*refused by positions_count: 2 over 1\n[^]*\n\+ order planned/,
    );
    const json = await cli(folder, ["replay", refused, "a.journal", "--set", "limits.positionsMax=5", "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ id: refused, same: false, differsAt: number, set: ["limits.positionsMax=5"] });
    expectRefused(
      await cli(folder, ["replay", refused, "a.journal", "--set", "limits.positionMax=5"]),
      2,
      /did you mean limits\.positionsMax\?/,
    );
  });

  it("names a command that works as printed", async () => {
    const run = await cli(folder, ["decisions", "a.journal", "--last", "2"]);
    const [, command = ""] = /\nOne again, byte for byte: (.*)\n$/.exec(run.out) ?? [];
    const again = await shell(folder, command);
    expectDone(again);
    expect(again.out).toContain("the same, byte for byte");
  });
});

describe("config, rails and help", () => {
  it("shows each value with where it came from", async () => {
    const own = freshFolder();
    writeFileSync(join(own, "countersign.yaml"), "limits:\n  positionsMax: 3\n");
    const run = await cli(own, ["config", "show", "--set", "seed=x"], { LEVERAGE: "2" });
    expectDone(run);
    expect(run.out).toMatch(/\nlimits\.positionsMax +3 +countersign\.yaml:2:17\n/);
    expect(run.out).toMatch(/\naccount\.leverage +2 +env LEVERAGE\n/);
    expect(run.out).toMatch(/\nseed +x +--set\n/);
    expect(run.out).toMatch(/\nperps\.interval +1h +default\n/);
  });

  it("lists the rails in order", async () => {
    const run = await cli(folder, ["rails", "--json"]);
    expectDone(run);
    const list = JSON.parse(run.out) as readonly { order: number; code: string }[];
    expect(list.map(({ order }) => order)).toEqual(list.map((_, at) => at + 1));
    expect(list.map(({ code }) => code)).toContain("positions_count");
  });

  const below = [
    "data import",
    "data list",
    "data check",
    "journal verify",
    "journal export",
    "journal show",
    "config show",
    "config check",
  ];
  const alone = ["demo", "backtest", "decisions", "replay", "rails", "help"];
  it.concurrent.each(["", "data", "journal", "config", ...alone, ...below])(
    "help of `%s` fits 100 columns and ends in an example",
    async (name) => {
      const words = name.split(" ").filter((word) => word !== "");
      const run = await cli(folder, [...words, "--help"]);
      expectDone(run);
      expect(run.out.split("\n").filter((line) => line.length > 100)).toEqual([]);
      if (!below.includes(name) && !alone.includes(name)) return;
      const [usage = "", examples = ""] = run.out.split(/\nExamples?:\n/);
      expect(examples).toMatch(/^ {2}countersign /);
      for (const [flag] of examples.matchAll(/--[a-z-]+/g)) expect(usage).toContain(flag);
    },
  );
});

describe("the output as others read it", () => {
  it("has no escape codes without a terminal, whatever the environment says of colours", async () => {
    const env = { FORCE_COLOR: "3", CI: "true", GITHUB_ACTIONS: "true", TERM: "xterm-256color", COLORTERM: "truecolor" };
    const own = freshFolder();
    for (const words of [["demo", "--fast"], ["data", "list"], ["--help"]]) expectDone(await cli(own, words, env));
    expectRefused(await cli(own, ["data", "import", "none-1h-futures.csv"], env), 2, /not_found/, 2);
  });

  // `script` of util-linux gives the program a terminal.
  const terminal = process.platform === "linux" && existsSync("/usr/bin/script");
  it.skipIf(!terminal)(
    `has colours on a terminal, unless NO_COLOR or a dumb terminal says no${terminal ? "" : " (skipped: no script(1))"}`,
    async () => {
      const run = (env: Record<string, string>): Promise<Ran> =>
        shell(
          folder,
          `script -qec "${process.execPath} ${join(import.meta.dirname, "../../src/bin/countersign.ts")} backtest perps --synthetic 2" /dev/null`,
          env,
        );
      const [plain, none, dumb] = await Promise.all([run({ TERM: "xterm" }), run({ TERM: "xterm", NO_COLOR: "1" }), run({ TERM: "dumb" })]);
      expect(plain.out).toContain("\u001b[1m");
      expect(none.out).not.toContain("\u001b[1m");
      expect(dumb.out).not.toContain("\u001b[1m");
    },
  );

  it("may be closed early: `| head` ends quietly, and files that were asked for are whole", async () => {
    for (const line of ["./countersign journal export a.journal | head -n 1", "./countersign demo --fast | head -n 1"])
      expect(await shell(folder, line)).toMatchObject({ code: 0, err: "" });
    const run = await shell(folder, `./countersign ${backtest.join(" ")} --json piped.json --journal piped.journal | head -n 1`);
    expect([run.code, run.err]).toEqual([0, ""]);
    expect(read("piped.json")["journal"]).toEqual(read("a.json")["journal"]);
    expectDone(await cli(folder, ["journal", "verify", "piped.journal"]));
  });

  it.skipIf(!existsSync("/dev/full"))("is a failure in one line where it cannot be written", async () => {
    const page = await shell(folder, "./countersign rails > /dev/full");
    expectRefused(page, 1, /^the output could not be written: ENOSPC/);
    expectRefused(
      await cli(folder, ["backtest", "perps", "--synthetic", "2", "--json", "/dev/full"]),
      1,
      /^--json \/dev\/full: it could not be written: ENOSPC/,
    );
  });
});
