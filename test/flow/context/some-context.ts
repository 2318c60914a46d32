import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import type { MarketSnapshot } from "../../../src/flow/market/snapshot.ts";
import { Watched, type FrameWish } from "../../../src/flow/market/watched.ts";
import { gather, type AssetContext, type Context } from "../../../src/flow/context/gather.ts";
import type { Position } from "../../../src/flow/portfolio/position.ts";
import type { OpenOrder, ProtectionPlan, Standing } from "../../../src/flow/portfolio/standing.ts";
import type { DecisionMemory } from "../../../src/flow/portfolio/trade.ts";
import { correlationId, instrumentId, intentId, type InstrumentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import type { Instrument, Perpetual } from "../../../src/words/instrument.ts";
import { intervalMs, type Interval } from "../../../src/words/interval.ts";
import { absolute, money, notional, zeroMoney, type Money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";

/** 2026-03-02T00:00:00Z, a Monday, so that every interval's grid starts there. */
export const startMs = Date.UTC(2026, 2, 2);
export const hourMs = intervalMs["1h"];

export const aPerpetual = (with_: Partial<Perpetual> = {}): Perpetual => ({
  kind: "perpetual",
  id: instrumentId("BTCUSDT.PERP"),
  symbol: "BTCUSDT",
  base: "BTC",
  venue: "sim",
  currency: "USDT",
  tick: price("0.1"),
  lot: quantity("0.001"),
  multiplier: quantity("1"),
  minQuantity: quantity("0.001"),
  maxQuantity: quantity("1000"),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
  leverageMax: 20,
  maintenanceMarginRate: rate("0.005"),
  liquidationFeeRate: rate("0.01"),
  fundingIntervalHours: 8,
  ...with_,
});

/** Watches one asset through hourly closes in ticks; each bar opens at the close before and has a wick of `wick` ticks either way. */
export function watchedThrough(
  closes: readonly number[],
  wishes: readonly FrameWish[],
  { instrument = aPerpetual(), wick = 2, spreadBps = 2 }: { instrument?: Instrument; wick?: number; spreadBps?: number } = {},
): Watched {
  const watched = new Watched(instrument, "1h", wishes, spreadBps);
  let before = closes[0] ?? 0;
  closes.forEach((close, at) => {
    watched.push(startMs + at * hourMs, before, Math.max(before, close) + wick, Math.min(before, close) - wick, close, 1000);
    before = close;
  });
  return watched;
}

/** Watches one generated asset through its first `count` bars, with the funding and marks that were known by then. */
export function watchedOver(history: AssetHistory, interval: Interval, wishes: readonly FrameWish[], count: number): Watched {
  const { bars, funding, mark } = history;
  const watched = new Watched(history.instrument, interval, wishes, 2);
  for (let at = 0; at < count; at++)
    watched.push(bars.openMs[at]!, bars.open[at]!, bars.high[at]!, bars.low[at]!, bars.close[at]!, bars.volume[at]!);
  const nowMs = bars.openMs[count - 1]! + intervalMs[interval];
  for (let at = 0; at < (mark?.length ?? 0); at++)
    if (mark!.atMs[at]! <= nowMs) watched.setMark(price(decimal(mark!.value[at]!)), mark!.atMs[at]!);
  for (let at = 0; at < (funding?.length ?? 0); at++)
    if (funding!.atMs[at]! <= nowMs)
      watched.setFunding(rate(decimal(funding!.value[at]!)), funding!.atMs[at]!, funding!.atMs[at]! + 8 * hourMs);
  return watched;
}

const decimal = (units: bigint): string => {
  const text = (units < 0n ? -units : units).toString().padStart(13, "0");
  return `${units < 0n ? "-" : ""}${text.slice(0, -12)}.${text.slice(-12)}`;
};

/** Entered at `entry`; a minus before the quantity makes it short. */
export const aPosition = (of: InstrumentId, held: string, entry: string, with_: Partial<Position> = {}): Position => ({
  instrument: of,
  quantity: quantity(held),
  cost: absolute(notional(price(entry), quantity(held), quantity("1"), "up")),
  averageEntry: price(entry),
  openedAt: instantOfMs(startMs),
  marginMode: "cross",
  isolatedMargin: zeroMoney,
  realised: zeroMoney,
  fees: zeroMoney,
  funding: zeroMoney,
  ...with_,
});

export const aPlan = (of: InstrumentId, levels: { stop?: string; target?: string } = {}): ProtectionPlan => ({
  instrument: of,
  intent: intentId("ab12-0001.0"),
  correlation: correlationId("ab12-0001"),
  ...(levels.stop === undefined ? {} : { stopLoss: price(levels.stop) }),
  ...(levels.target === undefined ? {} : { takeProfit: price(levels.target) }),
});

export const aMemory = (of: InstrumentId, action: string, fate: string, atMs = startMs): DecisionMemory => ({
  instrument: of,
  correlation: correlationId("ab12-0001"),
  action,
  confidence: 0.6,
  fate,
  decidedAt: instantOfMs(atMs),
});

export type Held = {
  readonly position?: Position;
  readonly plan?: ProtectionPlan;
  readonly recent?: readonly DecisionMemory[];
  readonly openOrders?: readonly OpenOrder[];
};

/** What a desk would know of these assets: a snapshot of each, and what is held of it. */
export function aContext(
  assets: readonly { readonly watched: Watched; readonly held?: Held }[],
  { equity = money("10000"), leftOut = [] }: { equity?: Money; leftOut?: MarketSnapshot["leftOut"] } = {},
): Context {
  const of = (id: InstrumentId) => assets.find(({ watched }) => watched.instrument.id === id)!;
  const openOrders = assets.flatMap(({ held }) => held?.openOrders ?? []);
  const standing: Standing = {
    cash: equity,
    positions: assets.flatMap(({ held }) => held?.position ?? []),
    position: (id) => of(id).held?.position,
    openOrders,
    openOrder: (id) => openOrders.find((order) => order.id === id),
    knowsOrder: () => false,
    reservations: [],
    protection: (id) => of(id).held?.plan,
    sentOrders: [],
    entriesFilledSince: () => 0,
    marginMode: "cross",
    leverage: 3,
    latches: [],
    killLevel: "none",
    dayStartEquity: equity,
    peakEquity: equity,
    equity,
  };
  return gather(
    { takenAt: instantOfMs(assets[0]?.watched.closedMs ?? startMs), assets: assets.map(({ watched }) => watched.snapshot()), leftOut },
    standing,
    (id) => of(id).watched.instrument,
    (id) => of(id).held?.recent ?? [],
  );
}

/** One asset at a last price, with no frames: enough for readers, validators and resolution. */
export function anAsset(last: string, held: Held = {}, instrument: Perpetual = aPerpetual()): AssetContext {
  const ticks = Number(price(last) / instrument.tick);
  return aContext([{ watched: watchedThrough([ticks], [{ times: 1, indicators: {} }], { instrument }), held }]).assets[0]!;
}
