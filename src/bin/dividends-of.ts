import { calendarOf } from "../flow/market/calendar/calendar.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { parsePrice } from "../words/price.ts";
import type { Dividend } from "../sim/market/chain-spec.ts";
import { withoutDividends } from "../sim/market/without-dividends.ts";
import { Failed } from "./failed.ts";

type Key = "options.dividends" | "council.dividends" | "equities.dividends";
export type Dividends = ReadonlyMap<string, readonly Dividend[]>;

/** What such a key says, by symbol; undefined where it says nothing. A day or an amount that is none is named. */
export function dividendsOf(key: Key, texts: readonly string[]): Dividends | undefined {
  if (texts.length === 0) return undefined;
  const of = new Map<string, readonly Dividend[]>();
  for (const text of texts) {
    const [symbol = "", rest = ""] = text.split("@");
    const [exDate = "", amountText = ""] = rest.split("=");
    const amount = parsePrice(amountText);
    if (!isDay(exDate)) throw new Failed(2, `${key} ${text}: ${exDate} is no day that the calendar of New York knows`);
    if (!amount.ok || amount.value <= 0n) throw new Failed(2, `${key} ${text}: a dividend is above zero, a share`);
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
export function checkDividends(key: Key, dividends: Dividends | undefined, symbols: readonly string[]): void {
  for (const symbol of dividends?.keys() ?? [])
    if (!symbols.includes(symbol)) throw new Failed(2, `${key}: ${symbol} is not in this market, which has ${symbols.join(", ")}`);
}

/** Bars with what their shares pay. Prices that were traded are without it from its ex-date on; made-up ones are made so. */
export function paying(
  histories: readonly AssetHistory[],
  dividends: Dividends | undefined,
  prices: "traded" | "made up",
): readonly AssetHistory[] {
  if (dividends === undefined) return histories;
  return histories.map((of) => {
    const paid = dividends.get(of.instrument.symbol) ?? [];
    if (paid.length === 0) return of;
    const bars = prices === "traded" ? of.bars : withoutDividends(of.bars, paid);
    return { ...of, bars, actions: [...(of.actions ?? []), ...paid] };
  });
}
