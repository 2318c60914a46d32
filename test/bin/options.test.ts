import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, root } from "./run-cli.ts";

const folder = freshFolder();

describe("countersign try gate", () => {
  it("judges each case on a line of its own and names those that it cannot (OPT-2)", async () => {
    const cases = [
      { kind: "exit", action: "SELL", confidence: 0.6, context: { pnlPct: 15, minutesToClose: 120 }, config: {} },
      {
        kind: "exit",
        action: "sell",
        confidence: 0.6,
        context: { pnlPct: 10, minutesToClose: 120 },
        config: { exit_bias: "conservative" },
      },
      { kind: "exit", action: "HOLD", confidence: 1, context: { pnlPct: -25, minutesToClose: 120, killSwitch: true } },
      { kind: "entry", action: "DENY", confidence: 0.9, context: { openInterest: 1 } },
      {
        kind: "entry",
        action: "APPROVE",
        confidence: 0.9,
        context: { openInterest: 50, volume: 100, spreadBps: 500, delta: null, theta: -0.1 },
      },
      { kind: "entry", action: "SELL", confidence: 0.9, context: {} },
      { kind: "entry", action: "APPROVE", confidence: 0.9, context: {} },
      { kind: "exit", action: "SELL", confidence: 0.9, context: { pnl: 1 } },
    ];
    writeFileSync(join(folder, "gate.jsonl"), cases.map((each) => `${JSON.stringify(each)}\n`).join(""));
    const { code, out, err } = await cli(folder, ["try", "gate", "--cases", "gate.jsonl"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.slice(0, 5).map(({ acts, outcome, asksModel }) => [acts, outcome, asksModel])).toEqual([
      [true, "sell", true],
      [true, "sell", true],
      [true, "stop_loss", false],
      [false, "reject", true],
      [false, "gate1_blocked", true],
    ]);
    expect(lines[4]?.["refusals"]).toEqual([{ gate: 1, code: "delta.missing", limit: 0.3 }]);
    expect(lines).toHaveLength(6);
    expect(lines[5]?.["refusals"]).toContainEqual({ gate: 1, code: "spread.missing", limit: 500 });
    const faults = err.trim().split("\n");
    expect([code, faults.length]).toEqual([2, 2]);
    expect(faults[0]).toBe("--cases gate.jsonl, line 6: action SELL answers no entry: APPROVE, REJECT, NEED_USER, ABSTAIN, HOLD do");
    expect(faults[1]).toContain("--cases gate.jsonl, line 8: context: ");
  });
});

describe("countersign backtest options and countersign queue", () => {
  beforeAll(async () => {
    const words = ["backtest", "options", "--synthetic", "1", "--journal", "run.journal", "--json", "run.json"];
    expectDone(await cli(folder, words));
    // The journal of a run that is still under way: it ends where a person was asked for the first time.
    const lines = readFileSync(join(folder, "run.journal"), "utf8").split("\n");
    const asked = lines.findIndex((line) => line.includes('"person_asked"'));
    writeFileSync(join(folder, "open.journal"), lines.slice(0, asked + 1).join("\n") + "\n");
  }, hookTimeoutMs);

  it("writes sessions whose counters add up (LINE-4, OPT-11)", () => {
    const { sessions } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as {
      sessions: { candidates: number; outcomes: Record<string, number>; person: { asked: number } }[];
    };
    expect(sessions).toHaveLength(1);
    const [{ candidates, outcomes, person }] = sessions as [(typeof sessions)[0]];
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(candidates);
    expect(person.asked).toBeGreaterThan(0);
  });

  it("tells what happened as messages in its order, each with its decision: what to act on, a line for every other scan, the day (OPT-10)", async () => {
    const words = [
      "backtest",
      "options",
      "--synthetic",
      "2",
      "--llm-decisions",
      "entry,exit",
      "--journal",
      "told.journal",
      "--json",
      "told.json",
    ];
    expectDone(await cli(folder, words));
    type Message = { kind: string; correlation: string; text: string; blocks: object[] };
    const { messages, sessions } = JSON.parse(readFileSync(join(folder, "told.json"), "utf8")) as {
      messages: Message[];
      sessions: object[];
    };
    type Line = { correlation?: string; fact: { kind: string; fill?: { side: string; instrument: string }; instrument?: string } };
    const entries = readFileSync(join(folder, "told.journal"), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { entry: Line }).entry);
    const expected: string[] = [];
    let acted = false;
    for (const { correlation, fact } of entries) {
      if (fact.kind === "woke") acted = false;
      if (fact.kind === "order_sent") acted = true;
      const what =
        fact.kind === "filled"
          ? [fact.fill?.side === "buy" ? "bought" : "sold", fact.fill?.instrument]
          : fact.kind === "hard_rail_fired"
            ? ["closed_by_rail", fact.instrument]
            : fact.kind === "person_asked"
              ? ["person_asked", fact.instrument]
              : undefined;
      if (what !== undefined) {
        acted = true;
        expected.push([what[0], correlation, what[1]].join(" "));
      }
      if (fact.kind === "scanned" && !acted) expected.push(`heartbeat ${correlation}`);
    }
    const said = messages.filter(({ kind }) => kind !== "session");
    const names = said.map(({ kind, correlation, text }) =>
      kind === "heartbeat" ? [kind, correlation] : [kind, correlation, text.split(": ")[1]],
    );
    expect(names.map((name) => name.join(" "))).toEqual(expected);
    expect(new Set(said.map(({ kind }) => kind))).toEqual(new Set(["bought", "sold", "closed_by_rail", "person_asked", "heartbeat"]));
    for (const { kind, correlation, text, blocks } of messages) {
      expect(correlation, text).toMatch(/^\S+$/);
      expect(blocks.length === 0 ? text : JSON.stringify(blocks)).toContain(correlation);
      expect(blocks.length === 0).toBe(kind === "heartbeat");
    }
    // Each day's own message stands after the day's others.
    expect(messages.filter(({ kind }) => kind === "session").map(({ text }) => text.slice(-10))).toEqual(["2026-06-01", "2026-06-02"]);
    expect([messages.at(-1)?.kind, sessions.length]).toEqual(["session", 2]);
    const first = messages.findIndex(({ kind }) => kind === "session");
    const second = entries
      .filter(({ fact }) => fact.kind === "scanned")
      .findIndex(({ correlation }) => correlation === messages[first]?.correlation);
    expect(second, "the first day has 78 scans").toBe(77);
  });

  it("shows what waits, takes one fitting answer in time, and refuses the others (LINE-5)", async () => {
    copyFileSync(join(folder, "open.journal"), join(folder, "own.journal"));
    const listed = await cli(folder, ["queue", "list", "own.journal", "--json"]);
    expectDone(listed);
    const { item, expiresAt } = JSON.parse(listed.out.split("\n")[0] ?? "") as { item: string; expiresAt: string };
    const answer = (...words: string[]) => cli(folder, ["queue", "answer", item, "--journal", "own.journal", "--by", "ann", ...words]);
    const inTime = Temporal.Instant.from(expiresAt).subtract({ minutes: 20 }).toString();
    expectRefused(await answer("--action", "sell", "--at", inTime), 2, /answer approve or deny/);
    expectRefused(await answer("--action", "approve"), 2, /it waited until/);
    expectRefused(await answer("--action", "approve", "--at", inTime, "--by", "a\nb"), 2, /^--by "a\\nb": a name has 1 to 64 letters/);
    expectRefused(await answer("--action", "approve", "--at", "2020-01-01"), 2, /its last entry is of/);
    expectDone(await answer("--action", "approve", "--at", inTime));
    expectDone(await cli(folder, ["journal", "verify", "own.journal"]));
    expectRefused(await answer("--action", "approve", "--at", inTime), 2, /no such item waits/);
    expect((await cli(folder, ["queue", "list", "own.journal"])).out).toBe("nothing waits for a person\n");
  });

  it("answers nothing where the run is over", async () => {
    const listed = await cli(folder, ["queue", "list", "run.journal", "--json"]);
    const { item } = JSON.parse(listed.out.split("\n")[0] ?? "") as { item: string };
    const words = ["queue", "answer", item, "--journal", "run.journal", "--action", "deny", "--by", "ann"];
    expectRefused(await cli(folder, words), 2, /this run is over/);
  });

  it.each([
    [["--synthetic", "0"], /a whole number of sessions from 1 to 40/],
    [["--synthetic", "1", "--watchlist", "NOPE"], /no chain is on it; this market has SYNA, SYNB, SYNC/],
    [["--synthetic", "1", "--set", "options.dividends=NOPE@2026-06-02=0.2"], /NOPE is not in this market, which has SYNA, SYNB, SYNC/],
    [["--synthetic", "1", "--set", "options.dividends=SYNA@2026-06-31=0.2"], /2026-06-31 is no day/],
    [["--synthetic", "1", "--answer", "2026-06-01=SYNB:buy"], /write TIME=SYMBOL:ACTION/],
    [["--synthetic", "1", "--answer", "2027-06-01=SYNB:approve"], /the data ends before/],
    [
      ["--synthetic", "1", "--answer", "2026-06-01T16:10:00Z=NOPE:approve"],
      /=NOPE:approve: no underlying has this name; the desk looks at SYNA, SYNB, SYNC/,
    ],
    [
      ["--synthetic", "1", "--watchlist", "SYNA", "--answer", "2026-06-01T16:10:00Z=SYNB:approve"],
      /the desk looks at SYNA; did you mean SYNA\?$/m,
    ],
    [
      ["--synthetic", "1", "--answer", "2026-06-01T16:10:00Z=NOPE:sell"],
      /=NOPE:sell: no contract has this name; this market has \d+ contracts, such as SYNA\d+[CP]\d+, /,
    ],
    [["--synthetic", "1", "--model", "house/nope"], /^--model: no house model is named house\/nope; .*there are house\/perps-1, /],
    [["--synthetic", "1", "--interval", "15m", "--set", "options.dayEndMinutes=10"], /can miss the last 10 minutes/],
    [["--synthetic", "1", "--set", "options.carryIntoExpiry=true"], /holdOvernight=true as well/],
  ])("refuses %j in one line", async (words, says) => {
    expectRefused(await cli(folder, ["backtest", "options", ...words]), 2, says);
  });

  const real = join(root, "../shared/data/etf-intraday-1m/TLT.csv.gz");
  it.skipIf(!existsSync(real))("runs over real minutes with a modelled chain (skipped without ../shared/data)", async () => {
    const words = ["data", "import", "--market", "etf", "--interval", "1m", "--zone", "America/New_York", "--tick", "0.01"];
    expectDone(
      await cli(folder, [...words, "--round-decimals", "2", "--sort", "--lenient", real]).then((ran) => ({ ...ran, err: "", code: 0 })),
    );
    const ran = await cli(folder, ["backtest", "options", "--llm-decisions", "entry,exit", "--to", "2019-12-20", "--json", "-"]);
    expectDone(ran);
    const page = await cli(folder, ["backtest", "options", "--to", "2019-12-17"]);
    expect(page.out).toMatch(/^Backtest of the options desk, exit by house\/options-1 on real minutes, modelled chains\n/);
    const { sessions, result } = JSON.parse(ran.out) as { sessions: { date: string }[]; result: { trades: number } };
    expect(sessions.map(({ date }) => date)).toEqual(["2019-12-16", "2019-12-17", "2019-12-18", "2019-12-19"]);
    expect(result.trades).toBeGreaterThan(0);
  });
});
