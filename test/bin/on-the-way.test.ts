import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder } from "./run-cli.ts";

const folder = freshFolder();
const backtest = ["backtest", "perps", "--synthetic", "3", "--strategy", "aggressive"];

describe("what a person does and what the market suffers on the way of a backtest", () => {
  it.each([
    [
      "a latch that is none",
      ["--clear", "2026-01-06=kil"],
      /^--clear 2026-01-06=kil: write TIME=LATCH, for example .*; latches are repeated_execution, daily_loss/,
    ],
    ["the kill switch, which has a flag of its own", ["--clear", "2026-01-06=kill"], /^--clear 2026-01-06=kill: write TIME=LATCH/],
    ["a time that is none", ["--clear", "soon=drawdown"], /^--clear soon: not a time/],
    ["a person who comes too late", ["--clear", "2027-01-06=drawdown"], /^--clear 2027-01-06T00:00:00Z=drawdown: the data ends before/],
    ["a halt without an end", ["--halt", "SYN-BTC=2026-01-06"], /^--halt SYN-BTC=2026-01-06: write SYMBOL=FROM\/TO, for example/],
    ["a halt that ends first", ["--halt", "SYN-BTC=2026-01-07/2026-01-06"], /^--halt SYN-BTC=\S+: 2026-01-07 is not before 2026-01-06/],
    [
      "a halt of something else",
      ["--halt", "BTCUSDT=2026-01-06/2026-01-07"],
      /^--halt BTCUSDT: the run does not trade it; it trades SYN-BTC, /,
    ],
    ["a halt after the end", ["--halt", "SYN-BTC=2027-01-06/2027-01-07"], /^--halt 2027-01-06T00:00:00Z=SYN-BTC: the data ends before/],
  ])("refuses %s in one line", async (_what, words, says) => {
    expectRefused(await cli(folder, [...backtest, ...words]), 2, says);
  });

  it("says since when a latch that is still set lets nothing in", async () => {
    const limits = ["limits.drawdownBpsMax=60", "limits.dailyLossBpsMax=50", "limits.riskPerTradeBpsMax=40"];
    const words = ["backtest", "perps", "--synthetic", "10", "--strategy", "aggressive"];
    const ran = await cli(folder, [...words, ...limits.flatMap((limit) => ["--set", limit])]);
    expectDone(ran);
    expect(ran.out).toMatch(/^latched +drawdown: no new entries since 2026-01-\d\dT\d\d:00:00Z$/m);
  });

  it("halts a symbol and clears what repeated", async () => {
    const halted = ["--halt", "SYN-BTC=2026-01-05T12:00:00Z/2026-01-07"];
    const words = [...halted, "--clear", "2026-01-06=repeated_execution", "--interval", "5m", "--set", "limits.entriesPerHourMax=1"];
    expectDone(await cli(folder, [...backtest, ...words, "--json", "run.json", "--journal", "run.journal"]));
    const { refusals } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as { refusals: Record<string, number> };
    expect(refusals["market_state.halted"]).toBeGreaterThan(0);
    expect(refusals["repeated_execution"]).toBeGreaterThan(0);
    const cleared = await cli(folder, ["journal", "export", "run.journal", "--kind", "cleared"]);
    expect(cleared.out).toMatch(/"at":"2026-01-06T00:0\d:00Z".*"name":"repeated_execution","by":"backtest"/);
  });
});
