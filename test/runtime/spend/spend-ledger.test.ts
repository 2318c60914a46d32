import { describe, expect, it } from "vitest";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import type { SpendCaps } from "../../../src/journal/spending.ts";
import type { Spender } from "../../../src/ports/budget.ts";
import { SpendLedger } from "../../../src/runtime/spend/spend-ledger.ts";
import { spendReport } from "../../../src/runtime/spend/spend-report.ts";
import { money } from "../../../src/words/money.ts";
import { sampleEntries } from "../../journal/arbitrary-fact.ts";
import { ALedger, noon, spender } from "./a-ledger.ts";

const usd = money;
const tomorrow = Temporal.Instant.from("2026-01-06T00:00:00Z");

describe("a call may leave only while its worst case fits every cap (MOD-6)", () => {
  it.each`
    caps                                 | before     | asks          | by                                             | answer              | because
    ${{}}                                | ${["9"]}   | ${"9"}        | ${spender()}                                   | ${"ok"}             | ${"there is no cap"}
    ${{}}                                | ${[]}      | ${undefined}  | ${spender()}                                   | ${"ok"}             | ${"no cap on money needs a price"}
    ${{ callsPerScanMax: 2 }}            | ${["1"]}   | ${undefined}  | ${spender()}                                   | ${"ok"}             | ${"calls are counted without prices"}
    ${{ callsPerScanMax: 1 }}            | ${["1"]}   | ${"1"}        | ${spender()}                                   | ${"calls_per_scan"} | ${"the scan has had its call"}
    ${{ callsPerScanMax: 1 }}            | ${["1"]}   | ${"1"}        | ${spender("p-2")}                              | ${"ok"}             | ${"another scan has its own"}
    ${{ callsPerScanMax: 1 }}            | ${["1"]}   | ${"1"}        | ${spender("p-1", { account: "other" })}        | ${"ok"}             | ${"another account's scan of that name is another scan"}
    ${{ usdPerCall: usd("0.5") }}        | ${[]}      | ${"0.5"}      | ${spender()}                                   | ${"ok"}             | ${"a cap may be reached"}
    ${{ usdPerCall: usd("0.5") }}        | ${[]}      | ${"0.500001"} | ${spender()}                                   | ${"call"}           | ${"a cap may not be passed"}
    ${{ usdPerCall: usd("0.5") }}        | ${[]}      | ${undefined}  | ${spender()}                                   | ${"unknown_price"}  | ${"nobody knows what it will not cost"}
    ${{ usdPerMonthMax: usd("5") }}      | ${[]}      | ${undefined}  | ${spender()}                                   | ${"unknown_price"}  | ${"any cap on money needs a price"}
    ${{ usdPerScanMax: usd("1") }}       | ${["0.6"]} | ${"0.5"}      | ${spender()}                                   | ${"scan"}           | ${"what is reserved counts"}
    ${{ usdPerScanMax: usd("1") }}       | ${["0.6"]} | ${"0.5"}      | ${spender("p-2")}                              | ${"ok"}             | ${"another scan has its own"}
    ${{ usdPerDeskDayMax: usd("1") }}    | ${["0.6"]} | ${"0.5"}      | ${spender("p-2", { account: "other" })}        | ${"desk"}           | ${"a desk's accounts share its cap"}
    ${{ usdPerDeskDayMax: usd("1") }}    | ${["0.6"]} | ${"0.5"}      | ${spender("p-2", { desk: "crypto" })}          | ${"ok"}             | ${"another desk has its own"}
    ${{ usdPerAccountDayMax: usd("1") }} | ${["0.6"]} | ${"0.5"}      | ${spender("p-2", { desk: "crypto" })}          | ${"account"}        | ${"an account's desks share its cap"}
    ${{ usdPerAccountDayMax: usd("1") }} | ${["0.6"]} | ${"0.5"}      | ${spender("p-2", { account: "other" })}        | ${"ok"}             | ${"another account has its own"}
    ${{ usdPerDayMax: usd("1") }}        | ${["0.6"]} | ${"0.5"}      | ${spender("p-2", { account: "b", desk: "c" })} | ${"day"}            | ${"a day is everybody's"}
    ${{ usdPerMonthMax: usd("1") }}      | ${["0.6"]} | ${"0.5"}      | ${spender("p-2", { account: "b", desk: "c" })} | ${"month"}          | ${"a month is everybody's"}
    ${{ usdPerDayMax: usd("0") }}        | ${[]}      | ${"0"}        | ${spender()}                                   | ${"ok"}             | ${"a model that costs nothing needs no money"}
    ${{ usdPerDayMax: usd("0") }}        | ${[]}      | ${"0.01"}     | ${spender()}                                   | ${"day"}            | ${"a budget of zero is a budget"}
  `(
    "$answer: $because",
    ({ caps, before, asks, by, answer }: { caps: SpendCaps; before: string[]; asks: string | undefined; by: Spender; answer: string }) => {
      const a = new ALedger(caps);
      before.forEach((each, at) => expect(a.reserve(`before/${at}`, each)).toBe("ok"));
      expect(a.reserve("asked", asks, by)).toBe(answer);
    },
  );

  it("says which cap, what is spent and reserved, and what the call may cost", () => {
    const a = new ALedger({ usdPerDayMax: usd("5") });
    a.reserve("1", "3");
    a.settle("1", "1.2");
    a.reserve("2", "3.5");
    expect(a.asked("3", "0.42")).toEqual({
      ok: false,
      error: {
        code: "day",
        limit: "usdPerDayMax 5",
        detail: "1.2 spent and 3.5 reserved on 2026-01-05 (UTC); this call may cost 0.42, and 5.12 is more than 5",
      },
    });
  });

  it("without a price it says for what, and how to set one", () => {
    const answer = new ALedger({ usdPerDayMax: usd("5") }).asked("1", undefined);
    expect(answer).toMatchObject({
      error: {
        limit: "usdPerDayMax 5",
        detail: expect.stringMatching(
          /gpt-5 of openai and a prompt of up to 2,000 tokens.*models\.prices \(model, from, inputUsdPerMTok/,
        ) as string,
      },
    });
  });

  it("begins a new day at midnight UTC, and a month at its first", () => {
    const a = new ALedger({ usdPerDayMax: usd("1"), usdPerMonthMax: usd("1.5") });
    expect([a.reserve("1", "1"), a.reserve("2", "0.4")]).toEqual(["ok", "day"]);
    a.now = tomorrow;
    expect([a.reserve("3", "0.4"), a.reserve("4", "0.4")]).toEqual(["ok", "month"]);
    a.now = Temporal.Instant.from("2026-01-31T23:59:59.999Z");
    expect(a.reserve("5", "0.4")).toBe("month");
    a.now = Temporal.Instant.from("2026-02-01T00:00:00Z");
    expect(a.reserve("6", "1")).toBe("ok");
  });

  it("counts a call on the day of its reservation, also when it is settled after midnight", () => {
    const a = new ALedger({});
    a.reserve("1", "1");
    a.now = tomorrow;
    a.settle("1", "0.7");
    expect(a.sums).toBe("day 0+0 in 0, month 0.7+0");
  });
});

describe("settling, releasing and doing either again (MOD-6)", () => {
  it("frees what the call did not cost", () => {
    const a = new ALedger({ usdPerDayMax: usd("1") });
    expect([a.reserve("1", "1"), a.reserve("2", "0.5")]).toEqual(["ok", "day"]);
    a.settle("1", "0.4");
    expect([a.sums, a.reserve("2", "0.5")]).toEqual(["day 0.4+0 in 1, month 0.4+0", "ok"]);
  });

  it("reserves once, however often it is asked", () => {
    const a = new ALedger({ usdPerDayMax: usd("1"), callsPerScanMax: 1 });
    expect([a.reserve("1", "0.8"), a.reserve("1", "0.8"), a.reserve("1", "0.7")]).toEqual(["ok", "ok", "ok"]);
    expect([a.sums, a.kinds]).toEqual(["day 0+0.8 in 1, month 0+0.8", ["capped", "reserved"]]);
  });

  it.each`
    first    | then     | sums                             | facts | because
    ${"0.4"} | ${"0.4"} | ${"day 0.4+0 in 1, month 0.4+0"} | ${1}  | ${"it is the same word again"}
    ${"0.4"} | ${"0.3"} | ${"day 0.4+0 in 1, month 0.4+0"} | ${1}  | ${"a repetition frees no money"}
    ${"0.4"} | ${"0.6"} | ${"day 0.6+0 in 1, month 0.6+0"} | ${2}  | ${"a provider may bill late"}
  `("settles once at $first, then $then: $because", ({ first, then, sums, facts }: Record<string, string>) => {
    const a = new ALedger({});
    a.reserve("1", "1");
    a.settle("1", first!);
    a.settle("1", then!);
    expect([a.sums, a.kinds.filter((kind) => kind === "settled").length]).toEqual([sums, facts]);
  });

  it("gives back a call that never left, once, and its place in the scan", () => {
    const a = new ALedger({ usdPerDayMax: usd("1"), callsPerScanMax: 1 });
    a.reserve("1", "1");
    a.release("1");
    a.release("1");
    a.release("never heard of");
    expect([a.sums, a.kinds]).toEqual(["day 0+0 in 0, month 0+0", ["capped", "reserved", "released"]]);
    expect(a.reserve("1", "1")).toBe("ok");
  });

  it("is billed for a call that it believed had never left", () => {
    const a = new ALedger({});
    a.reserve("1", "1");
    a.release("1");
    a.settle("1", "0.5");
    expect(a.sums).toBe("day 0.5+0 in 1, month 0.5+0");
  });

  it.each([
    ["settled", (a: ALedger) => a.settle("1", "0.3"), "0.4", "day 0.3+0.4 in 2, month 0.3+0.4"],
    ["asked for at a higher price", () => undefined, "0.5", "day 0+0.9 in 2, month 0+0.9"],
    ["a day old", (a: ALedger) => (a.now = tomorrow), "0.4", "day 0+0.4 in 1, month 0+0.8"],
  ] as const)("is another call on the wire once it is %s", (_, done, again, sums) => {
    const a = new ALedger({});
    a.reserve("1", "0.4");
    done(a);
    expect(a.reserve("1", again)).toBe("ok");
    expect(a.sums).toBe(sums);
  });

  it("settles only what was reserved", () => {
    expect(() => new ALedger({}).settle("1", "1")).toThrow(/Invariant: call 1 is reserved before it is settled/);
  });

  it("makes no room for a figure below zero", () => {
    const a = new ALedger({});
    a.reserve("1", "1");
    a.settle("1", "-5");
    expect(a.sums).toBe("day 0+0 in 1, month 0+0");
  });
});

describe("a provider that bills more than the worst case", () => {
  it("is recorded, reported and counts at once", () => {
    const a = new ALedger({ usdPerDayMax: usd("1") });
    a.reserve("1", "0.5");
    a.settle("1", "1.25");
    expect(a.overruns.map(({ call, excess }) => [call.call, call.cost, excess])).toEqual([["1", usd("1.25"), usd("0.75")]]);
    expect([...a.journal.entries()].at(-1)?.fact).toMatchObject({ kind: "spend_settled", cost: usd("1.25"), overrun: usd("0.75") });
    expect([a.sums, a.reserve("2", "0.000001")]).toEqual(["day 1.25+0 in 1, month 1.25+0", "day"]);
  });

  it("is no overrun where no price was known", () => {
    const a = new ALedger({});
    a.reserve("1", undefined);
    a.settle("1", "1");
    expect([a.overruns, a.sums]).toEqual([[], "day 1+0 in 1, month 1+0"]);
  });
});

describe("after a restart", () => {
  const caps = { usdPerDayMax: usd("1") };

  it("what was reserved and not settled keeps its worst case, since the provider may have billed", () => {
    const a = new ALedger(caps);
    a.reserve("1", "0.3");
    a.settle("1", "0.1");
    a.reserve("2", "0.5");
    const again = a.restarted(caps);
    expect([again.sums, again.kinds]).toEqual([a.sums, a.kinds]);
    expect(again.reserve("3", "0.5")).toBe("day");
    // A bill that comes after all takes the worst case's place.
    again.settle("2", "0.2");
    expect([again.sums, again.reserve("3", "0.5")]).toEqual(["day 0.3+0 in 2, month 0.3+0", "ok"]);
  });

  it("the same call is another one beside what the process before left open: both may be billed, and both are in the ledger", () => {
    const a = new ALedger({ ...caps, callsPerScanMax: 3 });
    a.reserve("1", "0.4");
    const again = a.restarted({ ...caps, callsPerScanMax: 3 });
    expect([again.reserve("1", "0.4"), again.reserve("1", "0.4")]).toEqual(["ok", "ok"]);
    expect(again.sums).toBe("day 0+0.8 in 2, month 0+0.8");
    again.settle("1", "0.3");
    expect([again.sums, again.reserve("2", "0.4"), again.reserve("2", "0.3")]).toEqual(["day 0.3+0.4 in 2, month 0.3+0.4", "day", "ok"]);
    expect(again.restarted(caps).sums).toBe("day 0.3+0.7 in 3, month 0.3+0.7");
    const report = spendReport(again.journal.entries(), "2026-01-05", caps);
    expect(report.ok && report.value.open.map(({ call, worst }) => `${call} ${worst}`)).toEqual(["1 0.4", "2 0.3"]);
  });

  it("a process that dies again and again on the same call runs into its cap", () => {
    let a = new ALedger(caps);
    const answers = Array.from({ length: 4 }, () => {
      const answer = a.reserve("1", "0.3");
      a = a.restarted(caps);
      return answer;
    });
    expect(answers).toEqual(["ok", "ok", "ok", "day"]);
  });

  it("notes caps only when they are others", () => {
    const a = new ALedger(caps);
    expect(a.restarted({ usdPerDayMax: usd("1") }).kinds).toEqual(["capped"]);
    expect(a.restarted({ usdPerDayMax: usd("2") }).kinds).toEqual(["capped", "capped"]);
    expect(a.restarted({}).kinds).toEqual(["capped", "capped", "capped"]);
  });

  it("does not take the journal of something else for its own", () => {
    const journal = new MemoryJournal();
    for (const entry of sampleEntries(3, 1)) journal.append({ ...entry, fact: { kind: "order_triggered", order: "o" as never } });
    const opened = SpendLedger.open(journal, { caps, config: "digest" }, noon);
    expect(opened).toMatchObject({
      ok: false,
      error: { sequence: 1, what: expect.stringMatching(/entry 1 is order triggered/) as string },
    });
    expect(journal.length).toBe(3);
  });
});

describe("a disk that fails (law 4)", () => {
  class Failing extends MemoryJournal {
    fails = false;
    override commit(): void {
      if (this.fails) throw new Error("no space left on device");
    }
  }

  it("refuses the reservation, which then counts nowhere", () => {
    const journal = new Failing();
    const a = new ALedger({ usdPerDayMax: money("1") }, journal);
    journal.fails = true;
    expect(a.asked("1", "0.6")).toEqual({
      ok: false,
      error: {
        code: "unwritten",
        limit: "the spend ledger",
        detail: "the reservation could not be written, so that the call may not leave: no space left on device",
      },
    });
    expect([a.sums, a.kinds]).toEqual(["day 0+0 in 0, month 0+0", ["capped", "reserved", "released"]]);
    journal.fails = false;
    expect(a.reserve("1", "0.6")).toBe("ok");
  });

  it("keeps what was reserved before, since that call may be on the wire", () => {
    const journal = new Failing();
    const a = new ALedger({}, journal);
    a.reserve("1", "0.6");
    journal.fails = true;
    expect([a.reserve("1", "0.6"), a.sums]).toEqual(["unwritten", "day 0+0.6 in 1, month 0+0.6"]);
    expect(() => a.settle("1", "0.2")).toThrow("no space left on device");
    journal.fails = false;
    a.settle("1", "0.2");
    expect([a.sums, a.kinds]).toEqual(["day 0.2+0 in 1, month 0.2+0", ["capped", "reserved", "settled"]]);
  });
});

describe("a ledger that runs for months", () => {
  it("forgets days, scans and closed calls, but not what is open, nor the month", () => {
    const a = new ALedger({ usdPerMonthMax: usd("100") });
    a.reserve("open", "1");
    for (let day = 0; day < 20; day++) {
      a.now = noon.add({ hours: 24 * day });
      a.reserve(`call/${day}`, "1");
      a.settle(`call/${day}`, "0.5");
    }
    expect(a.sums).toBe("day 0.5+0 in 1, month 10+1");
    expect(() => a.settle("call/0", "0.5"), "it is forgotten").toThrow(/is reserved before/);
    a.settle("open", "0.25");
    expect(a.sums).toBe("day 0.5+0 in 1, month 10.25+0");
    expect(a.restarted({ usdPerMonthMax: usd("100") }).sums).toBe("day 0.5+0 in 1, month 10.25+0");
  });
});
