import * as fc from "fast-check";
import type { VenueReport } from "../../../src/ports/venue.ts";
import { SimVenue } from "../../../src/sim/venue/sim-venue.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import { money } from "../../../src/words/money.ts";
import { rate } from "../../../src/words/rate.ts";
import { anOrder, type Wish } from "./an-order.ts";
import { minuteMs, settings, type Candle } from "./a-market.ts";

/** What was decided at the close of which bar. */
export type Plan = { readonly bar: number; readonly wish: Wish };
type Decision = { readonly wish: Wish; readonly atMs: number; readonly accepted: boolean };
export type Run = {
  readonly venue: SimVenue;
  /** Of each bar, what was said by its end. */
  readonly perBar: readonly (readonly VenueReport[])[];
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly reports: readonly VenueReport[];
};

export type MakeVenue = (settings: VenueSettings, candles: readonly Candle[]) => SimVenue;
const fundingRate = rate("0.000123456789");
const honestVenue: MakeVenue = (of) => new SimVenue(of);

/** Plays the candles minute by minute, funds every fourth, and places every planned order at the close of its bar. */
export function play(candles: readonly Candle[], plans: readonly Plan[], of: Partial<VenueSettings>, make: MakeVenue = honestVenue): Run {
  const venue = make(settings(of), candles);
  const perBar: VenueReport[][] = [];
  const decisions = new Map<string, Decision>();
  const perpetual = (of.instruments ?? settings().instruments)[0]?.kind === "perpetual";
  venue.startAt(0);
  candles.forEach(([open, high, low, close, volume = 1000], bar) => {
    venue.openBar(0, bar * minuteMs, minuteMs, open, high, low, close, volume);
    venue.rangeBar(0);
    venue.closeBar(0);
    if (perpetual && bar % 4 === 3) venue.fund(0, fundingRate, (bar + 1) * minuteMs);
    perBar.push([...venue.drain()]);
    plans.forEach(({ bar: when, wish }, index) => {
      if (when !== bar) return;
      const id = `p${index}`;
      const accepted = venue.place(anOrder({ id, ...wish })).kind === "accepted";
      decisions.set(id, { wish, atMs: (bar + 1) * minuteMs, accepted });
    });
  });
  return { venue, perBar, decisions, reports: perBar.flat() };
}

const level = fc.integer({ min: 60, max: 140 });
const aCandle: fc.Arbitrary<Candle> = fc
  .tuple(level, level, fc.nat(15), fc.nat(15), fc.constantFrom(0, 7, 40, 1000))
  .map(([open, close, above, below, volume]) => [open, Math.max(open, close) + above, Math.min(open, close) - below, close, volume]);
export const candlesOf = (length: number): fc.Arbitrary<Candle[]> => fc.array(aCandle, { minLength: length, maxLength: length });

const common = {
  side: fc.constantFrom("buy" as const, "sell" as const),
  lots: fc.integer({ min: 1, max: 60 }),
  tif: fc.constantFrom("gtc" as const, "gtc" as const, "day" as const, "ioc" as const, "fok" as const),
  reduceOnly: fc.boolean(),
};
const bracket = fc.option(
  fc
    .tuple(fc.integer({ min: 50, max: 95 }), fc.integer({ min: 105, max: 150 }))
    .map(([stopLoss, takeProfit]) => ({ stopLoss, takeProfit })),
  { nil: {} },
);
const oco = fc.option(
  fc.constantFrom("a", "b").map((name) => ({ oco: name })),
  { nil: {}, freq: 2 },
);
const aWish: fc.Arbitrary<Wish> = fc
  .tuple(
    fc.oneof(
      fc.record({ type: fc.constant("market" as const), ...common }),
      fc.record({ type: fc.constant("limit" as const), limit: level, ...common }),
      fc.record({ type: fc.constant("stop" as const), stop: level, ...common }),
      fc.record({ type: fc.constant("stop_limit" as const), stop: level, limit: level, ...common }),
      fc.record({ type: fc.constant("trailing_stop" as const), trail: fc.constantFrom("0.02", "0.1", "0.3"), ...common }),
    ),
    bracket,
    oco,
  )
  .map(([wish, legs, group]) => ({ ...wish, ...(wish.side === "buy" && !wish.reduceOnly ? legs : {}), ...group }));

export const plansWithin = (bars: number): fc.Arbitrary<Plan[]> =>
  fc.array(fc.record({ bar: fc.nat(bars - 1), wish: aWish }), { minLength: 1, maxLength: 14 });

export const someSettings: fc.Arbitrary<Partial<VenueSettings>> = fc.record({
  latencyMs: fc.constantFrom(0, 50, 30_000, 59_999, 60_000, 90_000),
  participation: fc.constantFrom(0.1, 0.5, 1),
  spreadBps: fc.constantFrom(0, 100),
  slippageBps: fc.constantFrom(0, 100),
  slippageJitterBps: fc.constantFrom(0, 300),
  touchFills: fc.boolean(),
  leverage: fc.constantFrom(1, 10),
  marginMode: fc.constantFrom("cross" as const, "isolated" as const),
  startCash: fc.constantFrom(money("1500"), money("100000")),
  makerFee: fc.constant(rate("-0.0001")),
  takerFee: fc.constant(rate("0.0005")),
});
