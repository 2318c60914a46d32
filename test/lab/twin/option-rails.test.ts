import { beforeAll, describe, expect, it } from "vitest";
import type { AssetHistory, Bars } from "../../../src/flow/market/bars.ts";
import { priceTrade, type PriceRule, type Wish } from "../../../src/lab/twin/price-trade.ts";
import { demoOptions } from "../../../src/sim/market/demo-options.ts";

let real: AssetHistory;
beforeAll(() => {
  real = demoOptions("1", 1, "5m", { rate: 0.04, dividendYield: 0.01 }, new Map()).find(({ bars }) => bars.contract !== undefined)!;
});

const minute = 60_000;
/** Five minutes each, from a quarter past three in New York on a Thursday: the day's end, 15:45, is the close of the sixth. */
const from = Temporal.Instant.from("2026-06-04T19:15:00Z").epochMilliseconds;
const fromNextDay = Temporal.Instant.from("2026-06-05T13:30:00Z").epochMilliseconds;

/** Bids in ticks; the ask stands ten above. The contract's last day is the Friday. */
function contract(...bids: readonly number[]): AssetHistory {
  const { bars } = real;
  const column = (of: (at: number) => number): Float64Array => Float64Array.from(bids, (_, at) => of(at));
  const prices = column((at) => bids[at]!);
  const made: Bars = {
    ...bars,
    instrument: { ...bars.instrument, expiry: "2026-06-05" } as Bars["instrument"],
    length: bids.length,
    openMs: column((at) => (at < 9 ? from + at * 5 * minute : fromNextDay + (at - 9) * 5 * minute)),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    contract: { ...bars.contract!, bid: prices, ask: column((at) => bids[at]! + 10) },
  };
  return { instrument: made.instrument, bars: made };
}

const rule: PriceRule = {
  horizonBars: 4,
  feeBps: 0,
  spreadBps: 0,
  slippageBps: 0,
  optionRails: { stopLossPct: 25, dayEndMinutes: 15, dayEnd: "daily" },
};
const buy: Wish = { atMs: from, side: "buy", notional: 1000 };
const sale: Wish = { atMs: from, side: "sell", notional: 1000, exit: true };
const net = (history: AssetHistory, wish: Wish, { optionRails, ...more }: Partial<PriceRule> = {}): unknown => {
  const found = priceTrade(history, wish, { ...rule, ...more, ...(optionRails === undefined ? {} : { optionRails }) });
  return "net" in found ? [Math.round(found.net * 1e4) / 1e4 + 0, found.endedBy] : found.unpriced;
};
const paid = (ticks: number): number => (ticks * Number(real.instrument.tick)) / 1e12;

describe("an option that was never bought, or never sold", () => {
  it.each`
    bids                          | wish                           | more                  | brings               | because
    ${[90, 90, 90, 120]}          | ${buy}                         | ${{}}                 | ${[200, "horizon"]}  | ${"it was bought at the ask of 100 and sold at the bid of 120"}
    ${[90, 76, 90, 120]}          | ${buy}                         | ${{}}                 | ${[200, "horizon"]}  | ${"24% below what was paid is not yet the stop"}
    ${[90, 75, 90, 120]}          | ${buy}                         | ${{}}                 | ${[-250, "stop"]}    | ${"25% below is"}
    ${[90, 60, 90, 120]}          | ${buy}                         | ${{}}                 | ${[-400, "stop"]}    | ${"between two looks a price may fall further"}
    ${[90, 0, 90, 120]}           | ${buy}                         | ${{}}                 | ${[200, "horizon"]}  | ${"nobody can sell where nobody bids"}
    ${[90, 90, 90, 90, 90, 95]}   | ${buy}                         | ${{ horizonBars: 9 }} | ${[-50, "day_end"]}  | ${"a quarter of an hour before the close it is sold"}
    ${[90, 90, 90, 90]}           | ${buy}                         | ${{ horizonBars: 9 }} | ${"data_ends"}       | ${"nobody knows how it ends"}
    ${[100, 90, 90, 80]}          | ${sale}                        | ${{}}                 | ${[200, "horizon"]}  | ${"who sold at the bid of 100 missed a fall to the bid of 80, and no spread"}
    ${[100, 90, 90, 120]}         | ${sale}                        | ${{}}                 | ${[-200, "horizon"]} | ${"or a rise"}
    ${[100, 89, 50, 120]}         | ${{ ...sale, paid: 120 }}      | ${{}}                 | ${[110, "stop"]}     | ${"the hard stop, from what was paid for it, would have sold it at 89"}
    ${[100, 90, 90, 90, 90, 130]} | ${sale}                        | ${{ horizonBars: 9 }} | ${[-300, "day_end"]} | ${"and so would the day's end"}
    ${[100, 90]}                  | ${{ ...sale, atMs: from + 1 }} | ${{ horizonBars: 1 }} | ${[0, "horizon"]}    | ${"being out for no time at all brings nothing"}
  `("brings $brings since $because", ({ bids, wish, more, brings }) => {
    const { paid: ticks, ...rest } = wish as Wish;
    expect(
      net(contract(...(bids as number[])), { ...rest, ...(ticks === undefined ? {} : { paid: paid(ticks) }) }, more as object),
    ).toEqual(brings);
  });

  const overnight = [90, 90, 90, 90, 90, 95, 90, 90, 90, 110, 120];
  it.each`
    dayEnd      | brings              | because
    ${"daily"}  | ${[-50, "day_end"]} | ${"nothing stays over night"}
    ${"expiry"} | ${[-50, "day_end"]} | ${"the next session is the contract's last"}
    ${"never"}  | ${[200, "horizon"]} | ${"it may be carried into its last day"}
  `("leaves by the desk's own day's end: $dayEnd, since $because", ({ dayEnd, brings }) => {
    const rails = { ...rule.optionRails!, dayEnd: dayEnd as "daily" };
    expect(net(contract(...overnight), buy, { horizonBars: 11, optionRails: rails })).toEqual(brings);
  });

  it("stays over a night that is not its last where the desk lets it", () => {
    const { bars } = contract(...overnight);
    const later = { ...bars, instrument: { ...bars.instrument, expiry: "2026-06-12" } as Bars["instrument"] };
    const rails = { ...rule.optionRails!, dayEnd: "expiry" as const };
    expect(net({ instrument: later.instrument, bars: later }, buy, { horizonBars: 11, optionRails: rails })).toEqual([200, "horizon"]);
  });
});
