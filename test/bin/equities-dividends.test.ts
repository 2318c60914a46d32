import { describe, expect, it } from "vitest";
import { syntheticShares } from "../../src/bin/equities-history.ts";
import { equitiesPlan } from "../../src/bin/equities-plan.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { formatExact } from "../../src/words/exact.ts";

const settings = (dividends: string) => {
  const loaded = loadConfig({ set: ["seed=7", `equities.dividends=${dividends}`] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};
const paidIn = (dividends: string): readonly string[] => {
  const loaded = settings(dividends);
  const journal = new MemoryJournal();
  runBacktest(equitiesPlan(loaded, syntheticShares(60, loaded).histories, journal));
  return [...journal.entries()].flatMap(({ at, fact }) =>
    fact.kind === "dividend_paid" ? [`${at.toString()} ${fact.instrument} ${formatExact(fact.amount)}`] : [],
  );
};

describe("equities.dividends", () => {
  it.each`
    dividends                  | booked                                    | because
    ${"SYN-CHIP@2024-03-15=2"} | ${["2024-03-15T13:30:00Z SYN-CHIP 116"]}  | ${"58 were held the evening before"}
    ${"SYN-SOFT@2024-03-15=2"} | ${["2024-03-15T13:30:00Z SYN-SOFT -104"]} | ${"52 were owed"}
    ${"SYN-CHIP@2024-03-14=2"} | ${[]}                                     | ${"who buys at the open of the ex-date gets nothing"}
    ${"SYN-THIN@2024-03-15=2"} | ${[]}                                     | ${"none was held"}
  `("$dividends: $booked, since $because", ({ dividends, booked }) => expect(paidIn(dividends)).toEqual(booked));

  it("makes made-up prices lower from the daily bar of the ex-date on", () => {
    const closes = (dividends: string) =>
      syntheticShares(60, settings(dividends)).histories.find(({ instrument }) => instrument.symbol === "SYN-CHIP")!.bars;
    const [plain, paying] = [closes("SYN-OIL@2024-03-15=1"), closes("SYN-CHIP@2024-03-15=2")];
    const at = plain.openMs.indexOf(Date.parse("2024-03-15T00:00:00Z"));
    expect([plain.close[at - 1]! - paying.close[at - 1]!, plain.open[at]! - paying.open[at]!]).toEqual([0, 200]);
  });

  it("refuses what this market does not have by name", () => {
    expect(() => syntheticShares(60, settings("KO@2024-03-15=1"))).toThrow(/equities.dividends: KO is not in this market, which has/);
  });
});
