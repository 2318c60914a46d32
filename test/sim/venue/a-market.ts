import type { VenueReport } from "../../../src/ports/venue.ts";
import { SimVenue } from "../../../src/sim/venue/sim-venue.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { accountId, instrumentId } from "../../../src/words/ids.ts";
import { msOf } from "../../../src/words/instant.ts";
import type { Equity, Option, Perpetual, SpotCrypto } from "../../../src/words/instrument.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { anOrder, type Wish } from "./an-order.ts";

/** One tick is 1 and one lot is 1, so that a table's numbers are prices and quantities at once. */
const plain = {
  venue: "sim",
  currency: "USDT",
  tick: price("1"),
  lot: quantity("1"),
  multiplier: quantity("1"),
  minQuantity: quantity("1"),
  maxQuantity: quantity("1000000"),
  minNotional: money("0"),
  priceMayBeNegative: false,
  calendar: "always",
} as const;

export const aPerpetual = (of: Partial<Perpetual> = {}): Perpetual => ({
  ...plain,
  id: instrumentId("BTC.PERP"),
  symbol: "BTCUSDT",
  kind: "perpetual",
  base: "BTC",
  leverageMax: 100,
  maintenanceMarginRate: rate("0.01"),
  liquidationFeeRate: rate("0.02"),
  fundingIntervalHours: 8,
  ...of,
});
export const anotherPerpetual = (of: Partial<Perpetual> = {}): Perpetual => aPerpetual({ id: instrumentId("ETH.PERP"), ...of });
export const aSpot = (): SpotCrypto => ({ ...plain, id: instrumentId("BTC.SPOT"), symbol: "BTCUSDT", kind: "spot", base: "BTC" });
export const anEquity = (shortable = true): Equity => ({
  ...plain,
  id: instrumentId("ACME"),
  symbol: "ACME",
  kind: "equity",
  name: "Acme",
  shortable,
});
export const anOption = (): Option => ({
  ...plain,
  id: instrumentId("ACME.C100"),
  symbol: "ACME261218C00100000",
  kind: "option",
  multiplier: quantity("100"),
  underlying: instrumentId("ACME"),
  right: "call",
  strike: price("100"),
  expiry: "2026-12-18",
  exercise: "american",
});

/** Free of fees, spread, slippage, latency and limits of volume, unless the test says otherwise. */
export const aVenue = (of: Partial<VenueSettings> = {}): SimVenue => new SimVenue(settings(of));

export const settings = (of: Partial<VenueSettings> = {}): VenueSettings => ({
  account: accountId("paper"),
  instruments: [aPerpetual()],
  seed: 1,
  startCash: money("100000"),
  makerFee: rate("0"),
  takerFee: rate("0"),
  spreadBps: 0,
  slippageBps: 0,
  latencyMs: 0,
  participation: 1,
  leverage: 10,
  marginMode: "cross",
  ...of,
});

/** Open, high, low, close and, when it matters, volume. */
export type Candle = readonly [open: number, high: number, low: number, close: number, volume?: number];

export const minuteMs = 60_000;

/** Plays bars of a minute into one instrument and puts what the venue says into words. */
export class Market {
  readonly venue: SimVenue;
  readonly index: number;
  readonly said: string[] = [];
  readonly reports: VenueReport[] = [];
  openMs = 0;

  constructor(venue: SimVenue, index = 0) {
    this.venue = venue;
    this.index = index;
    venue.startAt(0);
  }

  place(wish: Wish): string {
    const outcome = this.venue.place(anOrder(wish));
    return outcome.kind === "rejected" ? outcome.reason : outcome.kind;
  }

  /** Up to and without the close, so that a test may act within the bar. */
  open([open, high, low, close, volume = 1_000_000]: Candle): this {
    this.venue.openBar(this.index, this.openMs, minuteMs, open, high, low, close, volume);
    return this.listen();
  }

  range(): this {
    this.venue.rangeBar(this.index);
    return this.listen();
  }

  close(): this {
    this.venue.closeBar(this.index);
    this.openMs += minuteMs;
    return this.listen();
  }

  bar(candle: Candle): this {
    return this.open(candle).range().close();
  }

  bars(...candles: readonly Candle[]): this {
    for (const candle of candles) this.bar(candle);
    return this;
  }

  listen(): this {
    for (const report of this.venue.drain()) {
      this.reports.push(report);
      this.said.push(inWords(report));
    }
    return this;
  }

  /** What was said since the last time it was asked. */
  hear(): string {
    return this.listen().said.splice(0).join("; ");
  }

  get held(): string {
    const [position] = this.venue.positions();
    return position === undefined ? "0" : formatExact(position.quantity);
  }

  get cash(): string {
    return formatExact(this.venue.balance().cash);
  }

  get equity(): string {
    return formatExact(this.venue.balance().equity);
  }
}

export function inWords(report: VenueReport): string {
  switch (report.kind) {
    case "filled": {
      const { order, side, quantity: size, price: at, liquidity, reason } = report.fill;
      return `${order ?? reason} ${side} ${formatExact(size)} at ${formatExact(at)} ${liquidity}`;
    }
    case "triggered":
      return `${report.order} triggered`;
    case "cancelled":
      return `${report.order} cancelled ${report.why}`;
    case "rejected":
      return `${report.order} rejected ${report.reason}`;
    case "funding":
      return `funding ${formatExact(report.amount)}`;
    case "liquidation_fee":
      return `liquidation fee ${formatExact(report.amount)}`;
    case "accepted":
      return `${report.order} accepted`;
    case "busted":
      return `${report.fill.execution} busted`;
    case "split":
      return [`${report.instrument} split ${report.from} into ${report.into}`, ...(report.unadjusted ?? []).map((id) => `${id} left`)].join(
        ", ",
      );
    case "adjusted":
      return `adjusted ${formatExact(report.quantity)} ${report.instrument} to ${report.times} times ${report.became}`;
    case "dividend":
      return `dividend ${formatExact(report.amount)}`;
    case "borrow":
      return `borrow ${formatExact(report.amount)} for ${report.days} at ${formatExact(report.price)}`;
    case "expired":
    case "exercised":
    case "assigned": {
      const { kind, instrument, quantity: gone, price: at, delivered } = report;
      const shares =
        delivered === undefined ? "" : `, ${formatExact(delivered.quantity)} ${delivered.instrument} at ${formatExact(delivered.price)}`;
      return `${kind} ${formatExact(gone)} ${instrument} at ${formatExact(at)}${shares}`;
    }
  }
}

export const instantOf = (report: VenueReport): number => msOf(report.kind === "filled" ? report.fill.at : report.at);
