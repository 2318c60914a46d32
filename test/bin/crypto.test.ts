import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, shell, tree, type Ran } from "./run-cli.ts";

const folder = freshFolder();
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
let both: Ran;
let rules: Ran;

beforeAll(async () => {
  [both, rules] = await Promise.all([
    cli(folder, [
      "backtest",
      "crypto",
      "--synthetic",
      "8",
      "--arbiter",
      "house/arbiter-1",
      "--json",
      "both.json",
      "--journal",
      "both.journal",
    ]),
    cli(folder, ["backtest", "crypto", "--synthetic", "8", "--proposers", "rules", "--json", "rules.json"]),
  ]);
}, hookTimeoutMs);

describe("countersign backtest crypto", () => {
  it("shows what was resolved, and what became of each source's proposals", () => {
    expectDone(both);
    expect(both.out).toContain("Backtest of the crypto desk, rules and AI trader with the table between them on a SYNTHETIC market");
    for (const name of ["resolved", "rules", "AI trader", "arbiter", "alerts"]) expect(both.out).toMatch(new RegExp(`^${name} `, "m"));
    expectDone(rules);
    expect(rules.out).not.toMatch(/^arbiter /m);
  });

  it("writes the same as JSON, in which the fates of each source add up to its proposals", () => {
    const { desk, arbitration, performance } = read("both.json") as {
      desk: string;
      arbitration: Record<"local" | "ai", { proposals: number; byFate: Record<string, number> }>;
      performance: { tradeNets: number[] };
    };
    expect(desk).toBe("crypto");
    for (const { proposals, byFate } of [arbitration.local, arbitration.ai]) {
      expect(proposals).toBeGreaterThan(0);
      expect(Object.values(byFate).reduce((sum, each) => sum + each, 0)).toBe(proposals);
    }
    expect(performance.tradeNets.length).toBeGreaterThan(0);
  });

  it("says how far its sources could be believed, on the page and as JSON (EQ-8)", () => {
    type Said = {
      readonly count: number;
      readonly score: number;
      readonly table: object[];
      readonly asRead: { readonly count: number } | null;
    };
    const { forecasts, calibration } = read("both.json") as { forecasts: Record<string, Said>; calibration: { count: number } };
    const names = Object.keys(forecasts);
    expect(names).toEqual(expect.arrayContaining(["trend", "momentum", "house/crypto-1", "rules"]));
    for (const name of names) expect(both.out).toMatch(new RegExp(`^(said)? +${name}: Brier ${forecasts[name]!.score.toFixed(3)} = `, "m"));
    const own = names.filter((name) => name !== "rules").reduce((sum, name) => sum + forecasts[name]!.count, 0);
    expect(own, "every forecast is somebody's").toBe(calibration.count);
    const used = names.flatMap((name) => forecasts[name]!.asRead?.count ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(both.out.match(/^in use /gm)?.length).toBe(used.length);
  });

  it("computes a decision that fitted a calibrator again from its journal (LINE-8)", async () => {
    const exported = await cli(folder, ["journal", "export", "both.journal", "--kind", "calibrator_fitted"]);
    expectDone(exported);
    const [first = ""] = exported.out.split("\n");
    const { correlation } = JSON.parse(first) as { correlation: string };
    const replayed = await cli(folder, ["replay", correlation, "both.journal"]);
    expectDone(replayed);
    expect(replayed.out).toContain("calibrator fitted");
    expect(replayed.out).toMatch(/the same, byte for byte: \d+ facts/);
  });

  it("keeps an audit a cycle, which journal export gives as JSON Lines (DUAL-5)", async () => {
    const exported = await cli(folder, ["journal", "export", "both.journal", "--kind", "arbitrated"]);
    expectDone(exported);
    const rows = exported.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows)
      expect(Object.keys(row)).toEqual(expect.arrayContaining(["proposals_local", "proposals_ai", "proposals_final", "arbitrations"]));
  });

  it.each([
    [["--proposers", "none"], /^--proposers|both, rules, ai|'none'/],
    [["--arbiter", "openrouter/x", "--model", "openrouter/y"], /--arbiter.*of the same vendor/],
    [["--clear", "2026-01-10=drawdown"], /--clear 2026-01-10=drawdown: write TIME=local_only/],
    [["--clear", "2030-01-10=local_only"], /the data ends before/],
    [["--set", "crypto.decisionsMax=0"], /crypto\.decisionsMax/],
    [["--assets", "BTCUSDT"], /--assets BTCUSDT: unknown asset; the synthetic market has SYN-BTC/],
  ])("refuses %j in one line", async (words, says) => {
    const empty = freshFolder();
    expectRefused(await cli(empty, ["backtest", "crypto", "--synthetic", "3", ...words]), 2, says);
    expect(tree(empty)).toEqual([]);
  });
});

describe("countersign report (DUAL-9)", () => {
  it("holds a JSON against a journal, each measure with its intervals", async () => {
    const ran = await cli(folder, ["report", "--baseline", "rules.json", "--recent", "both.journal"]);
    expectDone(ran);
    for (const name of ["win rate", "average win", "average loss", "max drawdown", "Sharpe", "trades"])
      expect(ran.out).toMatch(new RegExp(`^${name} `, "m"));
  });

  it("says the same of a run's journal and of its JSON", async () => {
    const ran = await cli(folder, ["report", "--baseline", "both.json", "--recent", "both.journal", "--json"]);
    expectDone(ran);
    const { measures } = JSON.parse(ran.out) as { measures: { name: string; difference: { value: number } | null; differs: boolean }[] };
    expect(measures).toHaveLength(7);
    for (const { name, difference, differs } of measures) {
      expect([name, differs]).toEqual([name, false]);
      if (difference !== null && (name === "winRate" || name === "trades")) expect(difference.value).toBe(0);
    }
  });

  it("warns where the runs are unlike: another desk, far more days", async () => {
    expectDone(await cli(folder, ["backtest", "perps", "--synthetic", "30", "--interval", "4h", "--json", "perps.json"]));
    const words = ["report", "--baseline", "perps.json", "--recent", "both.journal"];
    const ran = await cli(folder, words);
    expectDone(ran);
    expect(ran.out.match(/^unlike .*$/gm)).toEqual([
      "unlike    the baseline is of the perps desk and the recent run of the crypto desk",
      expect.stringMatching(/^unlike {4}30 days against \d+: trades and drawdown grow with the days alone$/),
    ]);
    const { unlike } = JSON.parse((await cli(folder, [...words, "--json"])).out) as { unlike: string[] };
    expect(unlike).toHaveLength(2);
    const like = await cli(folder, ["report", "--baseline", "rules.json", "--recent", "both.journal"]);
    expect(like.out).not.toContain("unlike");
  });

  it.each([
    ["missing.json", /there is no such file/],
    ["empty.json", /this JSON holds no performance/],
    ["half.json", /neither a journal nor the JSON of a backtest/],
  ])("refuses %s", async (file, says) => {
    writeFileSync(join(folder, "empty.json"), "{\n}\n");
    writeFileSync(join(folder, "half.json"), '{\n  "desk"');
    expectRefused(await cli(folder, ["report", "--baseline", file, "--recent", "both.journal"]), 2, says);
  });
});

describe("countersign try arbitration (DUAL-2)", () => {
  const local = { side: "buy", conviction: 0.3, sizePct: 8 };
  const ai = { side: "sell", confidence: 0.9, sizePct: 12 };
  const cases = [
    { symbol: "A", local, ai, config: {} },
    { symbol: "B", local: null, ai: { ...ai, confidence: 0.59 } },
    { symbol: "C", local, ai: null, config: null },
    { symbol: "D", local: { ...local, side: "LONG" }, ai: { ...ai, side: "long", sizePct: 4 }, config: { blend_mode: "average" } },
    { symbol: "E", local: { ...local, conviction: 0.35 }, ai, config: { local_weak_conviction: 0.36 } },
  ];
  const answers = [
    { symbol: "A", resolution: "AI", side: "sell", sizePct: 12, confidence: 0.9, reason: "local_weak" },
    { symbol: "B", resolution: "NONE", side: null, sizePct: 0, confidence: 0, reason: "ai_alone_unsure" },
    { symbol: "C", resolution: "SINGLE", side: "buy", sizePct: 8, confidence: 0.3, reason: "only_local" },
    { symbol: "D", resolution: "BLEND", side: "buy", sizePct: 6, confidence: 0.6, reason: "agreed" },
    { symbol: "E", resolution: "AI", side: "sell", sizePct: 12, confidence: 0.9, reason: "local_weak" },
  ];
  const lines = (of: readonly unknown[]): string => of.map((each) => `${JSON.stringify(each)}\n`).join("");

  it("answers each case with a line, from a file and from the standard input", async () => {
    writeFileSync(join(folder, "cases.jsonl"), lines(cases));
    const [file, piped] = await Promise.all([
      cli(folder, ["try", "arbitration", "--cases", "cases.jsonl"]),
      shell(folder, "./countersign try arbitration --cases - < cases.jsonl"),
    ]);
    for (const ran of [file, piped]) {
      expectDone(ran);
      expect(ran.out).toBe(lines(answers));
    }
  });

  it("names bad lines, answers the rest, and ends in 2", async () => {
    const bad = [
      "not json",
      JSON.stringify({ symbol: "X", local: { ...local, side: "hold" }, ai: null }),
      JSON.stringify({ symbol: "X", local: { ...local, conviction: 1.5 }, ai: null }),
      JSON.stringify({ symbol: "X", local, ai, config: { min_confidence: 1 } }),
      JSON.stringify({ symbol: "X", local, ai, extra: 1 }),
      JSON.stringify({ local, ai }),
      JSON.stringify({ symbol: "X", local, ai, config: { min_ai_confidence: 0.5, aiConfidenceMin: 0.6 } }),
    ];
    writeFileSync(join(folder, "bad.jsonl"), `${bad.join("\n")}\n${JSON.stringify(cases[0])}\n`);
    const ran = await cli(folder, ["try", "arbitration", "--cases", "bad.jsonl"]);
    expect([ran.code, ran.out]).toEqual([2, lines([answers[0]])]);
    const faults = ran.err.trimEnd().split("\n");
    expect(faults.map((line) => /line (\d+)/.exec(line)?.[1])).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(faults[1]).toContain("local.side is buy or sell");
    expect(faults[2]).toContain("1.5 is no share from 0 to 1");
    expect(faults[3]).toContain("config has no min_confidence");
  });
});
