import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { divideUnits, exactOne } from "../../words/exact.ts";
import { instantOfMs } from "../../words/instant.ts";
import { absolute, moneyOfUnits, negate } from "../../words/money.ts";
import type { Asset } from "./asset.ts";
import type { Exchange } from "./exchange.ts";
import { worthAt } from "./margin.ts";

/** Brokers count the year of money that is lent as 360 days, and the days as they are (actual/360). */
const yearDays = 360n;

/**
 * Charges for shares that were short over the night, or over the weekend, as the market moves again at `nowMs`: the yearly rate times
 * what they were worth at the last price before, for each calendar day since, rounded up. Whoever is flat at the close owes nothing.
 */
export function chargeBorrow(exchange: Exchange, asset: Asset, nowMs: number): void {
  const days = nightsOwed(exchange, asset, nowMs);
  if (days === 0) return;
  const { borrowRate: rate = 0n } = exchange.settings;
  const price = asset.mark;
  const worth = absolute(worthAt(exchange.books, asset, price));
  const amount = moneyOfUnits(divideUnits(worth * rate * BigInt(days), exactOne * yearDays, "up"));
  asset.lentMs = nowMs;
  exchange.books.receive(negate(amount));
  exchange.paid({
    kind: "borrow",
    transaction: exchange.nextTransaction(),
    instrument: asset.instrument.id,
    price,
    days,
    amount,
    at: exchange.instants.at(nowMs),
  });
}

/** Days that are still to be charged for; none of anything but shares, and none where lending costs nothing. */
export function nightsOwed({ settings }: Exchange, asset: Asset, nowMs: number): number {
  const { kind, calendar } = asset.instrument;
  if (asset.held >= 0 || nowMs < asset.nightMs || (settings.borrowRate ?? 0n) <= 0n || (kind !== "equity" && kind !== "etf")) return 0;
  const { timeZone } = calendarOf(calendar);
  const dateAt = (ms: number): Temporal.PlainDate => instantOfMs(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  // A bar that closes at midnight belongs to the day before.
  const from = dateAt(Math.max(asset.lastMs - 1, asset.lentMs));
  const today = dateAt(nowMs);
  const days = Math.max(0, from.until(today, { largestUnit: "day" }).days);
  // Dates on a clock of a zone take microseconds, and every bar of a short position asks.
  if (days === 0) asset.nightMs = today.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  return days;
}
