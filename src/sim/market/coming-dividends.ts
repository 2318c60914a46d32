import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { approximately } from "../../words/exact.ts";
import { msOf } from "../../words/instant.ts";
import type { Dividend } from "./chain-spec.ts";

/**
 * Dividends by when the price is without them. An option that ends after that is worth what it would be on the price less the dividend
 * (the escrowed dividend of Hull, Options, Futures, and Other Derivatives, chapter 15; the days of interest on it are left out).
 */
export class ComingDividends {
  readonly #exMs: readonly number[];
  readonly #amounts: readonly number[];

  constructor(dividends: readonly Dividend[]) {
    const exchange = calendarOf("xnys");
    const { timeZone } = exchange;
    this.#exMs = dividends.map(({ exDate }) =>
      msOf(exchange.nextOpen(Temporal.PlainDate.from(exDate).toZonedDateTime({ timeZone }).toInstant())),
    );
    this.#amounts = dividends.map(({ amount }) => approximately(amount));
  }

  /** What goes off the price after `fromMs` and until `toMs`, in money a share. */
  between(fromMs: number, toMs: number): number {
    let sum = 0;
    for (let at = 0; at < this.#exMs.length; at++) {
      const exMs = this.#exMs[at] ?? 0;
      if (exMs > fromMs && exMs <= toMs) sum += this.#amounts[at] ?? 0;
    }
    return sum;
  }
}
