import { describe, expect, it } from "vitest";
import { backtestReport } from "../../src/lab/backtest-report.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { formatExact } from "../../src/words/exact.ts";
import { aPlan, entriesOf } from "./a-plan.ts";
import { PlainBooks } from "./plain-books.ts";
import { disagreements, factsOf } from "./play.ts";
import { realPerp, realPerps, realPerpsThere, rowsOf } from "./real-perps.ts";

if (!realPerpsThere) console.warn("skipped: accounts on real data need ../shared/data");

describe.skipIf(!realPerpsThere)("accounts over real perpetuals (LAB-1, PERP-11)", () => {
  const cases = [
    { set: ["perps.strategy=swing"] },
    { set: ["perps.strategy=aggressive", "account.marginMode=isolated", "venue.makerFeeBps=-1"] },
    { set: ["perps.strategy=dca", "perps.proposer=house", "venue.participation=0.00001"] },
  ];

  it.each(cases)("agree to the last unit with plain sums of the facts, for $set", ({ set }) => {
    const histories = realPerps.map(realPerp);
    const plan = aPlan({ histories, set });
    const run = runBacktest(plan);
    const report = backtestReport(run, 1).result;
    const books = new PlainBooks();
    const rates = { maker: set.includes("venue.makerFeeBps=-1") ? "-0.0001" : "0.0002", taker: "0.0005" };
    for (const { fact } of entriesOf(plan)) books.see(fact, rates);

    const closes = new Map(realPerps.map((symbol) => [`${symbol}.PERP`, rowsOf(symbol, "1h-futures").at(-1)![4]!]));
    expect(books.faults).toEqual([]);
    expect([books.fills > 30, books.fundings > 20], "enough happened to be wrong about").toEqual([true, true]);
    expect({
      cash: formatExact(run.state.wallet),
      fees: report.fees,
      funding: report.funding,
      realised: report.realised,
      equity: report.equityEnd,
      liquidation: report.liquidationFees,
    }).toEqual({
      cash: books.cash.toFixed(),
      fees: books.fees.toFixed(),
      funding: books.funding.toFixed(),
      realised: books.realised.toFixed(),
      equity: books.equity((id) => closes.get(id)!).toFixed(),
      liquidation: books.liquidation.toFixed(),
    });
    expect(disagreements(run)).toEqual([]);
    expect(run.state.latches.map(({ name }) => name)).not.toContain("ledger_mismatch");
    const closed = factsOf(run, "closed")[0]!;
    expect([formatExact(closed.cash), formatExact(closed.equity)]).toEqual([formatExact(run.state.cash), report.equityEnd]);

    const again = aPlan({ histories, set });
    runBacktest(again);
    expect(again.journal.head().hash).toBe(plan.journal.head().hash);
  });

  it("pay each funding on the rate and the mark of the files, to whom held it at that instant", () => {
    const plan = aPlan({ histories: realPerps.map(realPerp), set: ["perps.strategy=swing"] });
    const run = runBacktest(plan);
    const paid = entriesOf(plan).flatMap(({ fact, at }) => (fact.kind === "funding_paid" ? [{ ...fact, atMs: at.epochMilliseconds }] : []));
    expect(paid.length).toBeGreaterThan(20);
    for (const { instrument, rate, price, atMs } of paid) {
      const symbol = instrument.replace(".PERP", "");
      // The exchange stamps some payments a few milliseconds late; the mark is that of the hour they are for.
      const same = (row: string[]): boolean => Math.abs(Number(row[0]) - atMs) < 1000;
      const [rateRow, markRow] = [rowsOf(symbol, "8h-funding_rate").find(same), rowsOf(symbol, "8h-mark").find(same)];
      expect([formatExact(rate), formatExact(price)]).toEqual([plain(rateRow![1]!), plain(markRow![1]!)]);
    }
    expect(factsOf(run, "funding_paid").length).toBe(paid.length);
  });

  it("trade at prices that the files' bars hold, but for spread and slippage", () => {
    const plan = aPlan({ histories: realPerps.map(realPerp), set: ["perps.strategy=aggressive"] });
    const run = runBacktest(plan);
    const bars = new Map(
      realPerps.map((symbol) => [`${symbol}.PERP`, new Map(rowsOf(symbol, "1h-futures").map((row) => [Number(row[0]), row]))]),
    );
    const fills = factsOf(run, "filled");
    expect(fills.length).toBeGreaterThan(30);
    for (const { fill } of fills) {
      const atMs = fill.at.epochMilliseconds;
      const row = bars.get(fill.instrument)!.get(atMs - (atMs % 3_600_000))!;
      const [high, low, at] = [Number(row[2]), Number(row[3]), Number(formatExact(fill.price))];
      // A taker pays half of one basis point of spread and one of slippage, and is rounded to a tick.
      const worse = fill.liquidity === "taker" ? at * 0.00015 + 0.1 : 0;
      expect(at).toBeGreaterThanOrEqual(low - worse);
      expect(at).toBeLessThanOrEqual(high + worse);
    }
  });
});

const plain = (cell: string): string => formatExact(BigInt(Math.round(Number(cell) * 1e8)) * 10_000n);
