import type { Config } from "../config/config.ts";
import { calendarOf } from "../flow/market/calendar/calendar.ts";
import { parsePrice } from "../words/price.ts";
import type { Dividend } from "../sim/market/chain-spec.ts";
import { Failed } from "./failed.ts";

/** What `options.dividends` says, by symbol; undefined where it says nothing. A day or an amount that is none is named. */
export function dividendsOf({ options }: Pick<Config, "options">): ReadonlyMap<string, readonly Dividend[]> | undefined {
  if (options.dividends.length === 0) return undefined;
  const of = new Map<string, readonly Dividend[]>();
  for (const text of options.dividends) {
    const [symbol = "", rest = ""] = text.split("@");
    const [exDate = "", amountText = ""] = rest.split("=");
    const amount = parsePrice(amountText);
    if (!isDay(exDate)) throw new Failed(2, `options.dividends ${text}: ${exDate} is no day that the calendar of New York knows`);
    if (!amount.ok || amount.value <= 0n) throw new Failed(2, `options.dividends ${text}: a dividend is above zero, a share`);
    of.set(symbol, [...(of.get(symbol) ?? []), { kind: "dividend", exDate, amount: amount.value }]);
  }
  return of;
}

function isDay(text: string): boolean {
  try {
    const exchange = calendarOf("xnys");
    return exchange.covers(Temporal.PlainDate.from(text).toZonedDateTime({ timeZone: exchange.timeZone }).toInstant());
  } catch {
    return false;
  }
}

/** A dividend of what is not there was meant for something else. */
export function checkDividends(dividends: ReadonlyMap<string, unknown> | undefined, symbols: readonly string[]): void {
  for (const symbol of dividends?.keys() ?? [])
    if (!symbols.includes(symbol))
      throw new Failed(2, `options.dividends: ${symbol} is not in this market, which has ${symbols.join(", ")}`);
}
