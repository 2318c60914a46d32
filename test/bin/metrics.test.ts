import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, root, tree } from "./run-cli.ts";

const rules = readFileSync(join(root, "examples/prometheus/countersign.rules.yml"), "utf8");

describe("--metrics", () => {
  it("writes what was counted of a crypto run's models, and every metric that the shipped alerts name (DUAL-6, DUAL-7)", async () => {
    const folder = freshFolder();
    const words = ["backtest", "crypto", "--synthetic", "8", "--arbiter", "house/arbiter-1", "--metrics", "run.prom", "--json", "run.json"];
    expectDone(await cli(folder, words));
    const lines = readFileSync(join(folder, "run.prom"), "utf8").split("\n");
    type Row = { readonly answers: number; readonly errorRate: number; readonly latencyMs: { readonly p95: number } };
    const { arbitration } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as {
      arbitration: { byResolution: Record<string, number>; models: { trader: Row; costPerDay: number; costPerTrade: number } };
    };
    const { trader, costPerDay, costPerTrade } = arbitration.models;
    expect(trader.answers).toBeGreaterThan(10);
    expect([trader.errorRate, trader.latencyMs.p95, costPerDay, costPerTrade]).toEqual([0, 0, 0, 0]);
    expect(lines).toContain(`ai_trader_latency_ms_count{outcome="ok"} ${trader.answers}`);
    expect(lines).toContain(`ai_answers_total{role="trader",outcome="ok"} ${trader.answers}`);
    for (const [resolution, count] of Object.entries(arbitration.byResolution))
      expect(lines).toContain(`ai_resolutions{resolution="${resolution}"} ${count}`);
    const named = new Set(rules.match(/\bai_\w+/g));
    expect(named.size).toBe(8);
    for (const name of named) expect(lines.filter((line) => line.split(/[ {]/)[0] === name).length, name).toBe(1);
  });

  it.each([
    ["perps", ["--synthetic", "8", "--proposer", "house"], /\nai_answers_total\{role="trader",outcome="ok"\} [1-9]/],
    ["options", ["--synthetic", "1", "--llm-decisions", "entry,exit"], /\nai_answers_total\{role="trader",outcome="ok"\} [1-9]/],
    ["equities", ["--synthetic", "60"], /\nai_answers_total\{role="trader",outcome="ok"\} [1-9]/],
    ["council", ["--synthetic", "5"], /\nai_answers_total\{role="chairman",outcome="ok"\} [1-9]/],
  ])("is there for the models of %s as well", async (desk, words, has) => {
    const folder = freshFolder();
    writeFileSync(join(folder, "run.prom"), "of another run\n");
    expectDone(await cli(folder, ["backtest", desk, ...words, "--metrics", "run.prom"]));
    expect(readFileSync(join(folder, "run.prom"), "utf8")).toMatch(has);
    expect(tree(folder), "and no draft is left").toEqual(["run.prom"]);
  });

  it.each([
    [["--metrics", "-"], /^--metrics -: name a file/],
    [["--metrics", "nowhere/run.prom"], /^--metrics nowhere\/run.prom: there is no folder nowhere/],
    [["--metrics", "one", "--json", "one"], /^--json and --metrics both name one; give each a file of its own/],
    [["--metrics", "one", "--journal", "one"], /^--journal and --metrics both name one; give each a file of its own/],
  ])("refuses %j in a line before anything runs", async (words, says) => {
    const folder = freshFolder();
    expectRefused(await cli(folder, ["backtest", "crypto", "--synthetic", "3", ...words]), 2, says);
    expect(existsSync(join(folder, "one"))).toBe(false);
  });
});
