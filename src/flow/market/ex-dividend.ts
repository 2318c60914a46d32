import { msOf } from "../../words/instant.ts";
import { priceOfUnits, type Price } from "../../words/price.ts";
import type { Calendar } from "./calendar/calendar.ts";
import type { CorporateAction } from "./corporate-action.ts";

/** A dividend by the instant from which on prices are without it. */
export type ExDividend = { readonly symbol: string; readonly exMs: number; readonly amount: Price };

/** The open of the ex-date, or of the first session after it. */
export const exMsOf = ({ exDate }: Pick<CorporateAction, "exDate">, exchange: Calendar): number =>
  msOf(exchange.nextOpen(Temporal.PlainDate.from(exDate).toZonedDateTime({ timeZone: exchange.timeZone }).toInstant()));

/** What a share of it that was held at `fromMs` has earned beside its price by `toMs`: whoever buys at the ex-date's open gets nothing. */
export function paidBetween(dividends: readonly ExDividend[], symbol: string, fromMs: number, toMs: number): Price {
  let sum = 0n;
  for (const { symbol: of, exMs, amount } of dividends) if (of === symbol && exMs > fromMs && exMs <= toMs) sum += amount;
  return priceOfUnits(sum);
}

/**
 * Where brokers put an order to buy at a limit, or to sell at a stop, for the ex-date, so that the gap alone does not set it off: lower by
 * the dividend, rounded to the next lower tick (FINRA rule 5330). Limits to sell and stops to buy stay where they are.
 */
export function reducedBy(dividend: Price, level: Price, tick: Price): Price {
  const reduced = level - ((dividend + tick - 1n) / tick) * tick;
  return reduced < tick ? tick : priceOfUnits(reduced);
}

/** Whether the ex-date lowers such an order's levels. */
export const isReduced = (buying: boolean, type: string): boolean => (buying ? type === "limit" : type !== "limit");
