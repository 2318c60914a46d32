import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, root, tree } from "./run-cli.ts";

const shares = join(root, "../shared/data/stocknet-prices");
const equities = ["backtest", "equities"] as const;

type Json = {
  readonly desk: string;
  readonly synthetic: boolean;
  readonly decisions: { readonly total: number; readonly byOutcome: Readonly<Record<string, number>> };
  readonly refusals: Readonly<Record<string, number>>;
  readonly edge: { readonly withEdge: number; readonly traded: number; readonly tradeRate: number | null };
  readonly forecasts: { readonly count: number; readonly score: number } | null;
  readonly journal: { readonly hash: string };
  readonly leftOut: readonly string[];
};

describe("countersign backtest equities", () => {
  const folder = freshFolder();
  let json: Json;
  beforeAll(async () => {
    expectDone(await cli(folder, [...equities, "--synthetic", "120", "--seed", "7", "--json", "a.json", "--journal", "a.journal"]));
    json = JSON.parse(readFileSync(join(folder, "a.json"), "utf8")) as Json;
  }, hookTimeoutMs);

  it("runs over made-up shares, says that they are, and its outcomes add up (LINE-4)", () => {
    expect(json).toMatchObject({ desk: "equities", synthetic: true });
    expect(Object.values(json.decisions.byOutcome).reduce((sum, count) => sum + count, 0)).toBe(json.decisions.total);
  });
  it("reports how often edge was traded, and what was said beside what came (EQ-8, EQ-9)", () => {
    const { withEdge, traded, tradeRate } = json.edge;
    expect(tradeRate).toBeCloseTo(traded / withEdge, 12);
    expect(json.forecasts?.count).toBeGreaterThan(20);
  });
  it("keeps what trades too little out by a rail (EQ-6)", () => {
    expect(json.refusals["average_value"]).toBeGreaterThan(0);
  });
  it("is the same run again, byte for byte", async () => {
    expectDone(await cli(folder, [...equities, "--synthetic", "120", "--seed", "7", "--json", "b.json"]));
    expect((JSON.parse(readFileSync(join(folder, "b.json"), "utf8")) as Json).journal.hash).toBe(json.journal.hash);
  });
  it("leaves a journal that the journal commands can read", async () => {
    const shown = await cli(folder, ["journal", "verify", "a.journal"]);
    expect([shown.code, shown.err]).toEqual([0, ""]);
    const lines = await cli(folder, ["journal", "show", "a.journal", "--last", "400"]);
    expect(lines.out).toMatch(/edge weighed +SYN-\w+ .* to win, .* times the risk, costs .* bps, worth .* bps/);
  });

  it.each`
    words                                               | exit | says
    ${["--synthetic", "10"]}                            | ${2} | ${/whole number of sessions from 60 to 2500/}
    ${["--synthetic", "100", "--assets", "SYN-CHP"]}    | ${2} | ${/SYN-CHP: unknown; .* did you mean SYN-CHIP/}
    ${["--synthetic", "100", "--aggressiveness", "4"]}  | ${2} | ${/--aggressiveness: .*0 to 3/}
    ${["--data", "nowhere"]}                            | ${2} | ${/no such store/}
    ${["--synthetic", "100", "--from", "2024-01-01"]}   | ${2} | ${/cannot be used with/}
    ${["--synthetic", "100", "--journal", "a.journal"]} | ${2} | ${/it exists/}
  `("refuses $words with one line", async ({ words, exit, says }) => {
    const before = tree(folder);
    expectRefused(await cli(folder, [...equities, ...words]), exit, says);
    expect(tree(folder)).toEqual(before);
  });

  it("moves with the dial: a bolder one trades more of what has an edge (EQ-1)", async () => {
    const rate = async (dial: string) => {
      expectDone(
        await cli(folder, [...equities, "--synthetic", "120", "--seed", "7", "--aggressiveness", dial, "--json", `d${dial}.json`]),
      );
      return (JSON.parse(readFileSync(join(folder, `d${dial}.json`), "utf8")) as Json).edge.traded;
    };
    const [careful, bold] = [await rate("0"), await rate("3")];
    expect(careful).toBeLessThan(json.edge.traded);
    expect(bold).toBeGreaterThan(json.edge.traded);
  });
});

describe("real shares", () => {
  it.skipIf(!existsSync(shares))(
    "are imported by their file names and traded day by day; what is no share is left out and said (skipped where ../shared/data is not there)",
    async () => {
      const folder = freshFolder();
      const files = ["AAPL", "XOM", "JNJ", "BAC", "BABA"].map((symbol) => join(shares, `${symbol}.csv.gz`));
      const store = ["--store", "s"];
      expect(
        (await cli(folder, ["data", "import", ...store, "--market", "equity", "--interval", "1d", "--round-decimals", "2", ...files])).code,
      ).toBe(0);
      writeFileSync(
        join(folder, "BTCUSDT-1d.csv"),
        "date,open,high,low,close,volume\n2014-01-02,100,110,90,105,1\n2014-01-03,105,110,90,105,1\n",
      );
      expect((await cli(folder, ["data", "import", ...store, "--market", "spot", "BTCUSDT-1d.csv"])).code).toBe(0);
      expectDone(await cli(folder, [...equities, "--data", "s", "--from", "2012-09-04", "--to", "2013-09-01", "--json", "r.json"]));
      const json = JSON.parse(readFileSync(join(folder, "r.json"), "utf8")) as Json & {
        readonly data: { readonly assets: readonly string[] };
      };
      expect(json.synthetic).toBe(false);
      expect(json.data.assets).toEqual(["AAPL", "BAC", "JNJ", "XOM"]);
      // BABA was listed later: it has nothing in this window.
      expect(json.leftOut.map((line) => line.split(":")[0])).toEqual(["BABA", "BTCUSDT.SPOT"]);
      expect(json.decisions.byOutcome["ordered"]).toBeGreaterThan(0);
    },
    hookTimeoutMs,
  );
});

describe("countersign try calibrate and size", () => {
  const folder = freshFolder();
  const cases = async (command: string, lines: readonly object[] | string) => {
    writeFileSync(join(folder, "cases"), typeof lines === "string" ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return cli(folder, ["try", command, "--cases", "cases"]);
  };

  it("scores forecasts: Brier with its parts, log loss, ECE, table and map", async () => {
    const of = Array.from({ length: 120 }, (_, at) => ({
      p: at % 2 === 0 ? 0.8 : 0.2,
      y: at % 2 === 0 ? Number(at % 10 < 6) : at % 6 === 1,
    }));
    const ran = await cases("calibrate", of);
    expectDone(ran);
    const answer = JSON.parse(ran.out) as Record<string, number> & { fitted: { map: { kind: string } } };
    expect(answer["count"]).toBe(120);
    expect(ran.out.trim().split("\n")).toHaveLength(1);
    expect(answer["brier"]).toBeCloseTo(answer["reliability"]! - answer["resolution"]! + answer["uncertainty"]! + answer["within"]!, 12);
    expect(["platt", "isotonic"]).toContain(answer.fitted.map.kind);
  });
  it.each`
    lines                  | says
    ${'{"p":1.2,"y":1}\n'} | ${/^--cases cases, line 1: write/}
    ${"p,y\n"}             | ${/^--cases cases, line 1: the line is not JSON/}
  `("says which line is wrong: $says", async ({ lines, says }) => {
    expectRefused(await cases("calibrate", lines), 2, says);
  });
  it("scores the forecasts that can be read beside one that cannot", async () => {
    const ran = await cases("calibrate", '{"p":0.2,"y":1}\n{"p":0.2}\n');
    expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(/^--cases cases, line 2: write [^\n]*\n$/)]);
    expect(JSON.parse(ran.out)).toMatchObject({ count: 1, brier: expect.closeTo(0.64, 12) as number });
  });
  it("sizes cases, and says of each what holds it back", async () => {
    const of = { side: "buy", entry: 100, stop: 97, target: 106, atr: 2, pWin: 0.55, conviction: 0.7, equity: 100_000, costBps: 6 };
    const ran = await cases("size", [
      of,
      { ...of, conviction: 0.5 },
      { ...of, config: { aggressiveness: 3 }, conviction: 0.5 },
      { ...of, target: 101, conviction: 0.5, pWin: 0.2 },
      { ...of, stop: 103 },
      { ...of, side: "sell", pWin: 0.2 },
    ]);
    expectDone(ran);
    const answers = ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { acts: boolean; notional: string; refusals: { code: string }[] });
    expect(answers.map(({ acts, refusals }) => [acts, refusals.map(({ code }) => code)])).toEqual([
      [true, []],
      [false, ["conviction_low"]],
      [true, []],
      [false, ["conviction_low", "p_win_low", "risk_reward_low", "ev_low"]],
      [false, ["stop_wrong_side"]],
      [false, ["stop_wrong_side", "target_wrong_side", "p_win_low"]],
    ]);
    expect(ran.out).not.toMatch(/"riskBps":-/);
    expect(answers[0]!.notional).toBe("12500");
  });
  it("goes on after a case that cannot be judged, and its exit code says so", async () => {
    const ran = await cases("size", [
      { side: "up" },
      { side: "buy", entry: 100, stop: 97, target: 106, atr: 2, pWin: 0.55, equity: 100_000 },
    ]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("--cases cases, line 1: side")]);
    expect(ran.out.trim().split("\n")).toHaveLength(1);
  });
});
