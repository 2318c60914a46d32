import type { AssetHistory } from "../flow/market/bars.ts";
import { calendarOf } from "../flow/market/calendar/calendar.ts";
import type { CorporateAction } from "../flow/market/corporate-action.ts";
import { exMsOf } from "../flow/market/ex-dividend.ts";
import type { SimVenue } from "../sim/venue/sim-venue.ts";
import { instantOfMs, msOf } from "../words/instant.ts";
import type { Price } from "../words/price.ts";

type Due = { readonly index: number; readonly exMs: number; readonly action: CorporateAction };

const exchange = calendarOf("xnys");

/**
 * Dividends and splits of the shares of a run come in with its histories; the venue is told of each at the first step of its ex-day,
 * before anything trades in it. At each session's end options that were sold short may be exercised against us early, above all
 * calls on shares that are without their dividend from the next open on.
 */
export class CorporateActions {
  readonly #venue: SimVenue;
  /** Shares that options are on. */
  readonly #underlyings: readonly number[];
  #due: readonly Due[];
  #sessionEndMs = Infinity;

  constructor(histories: readonly AssetHistory[], venue: SimVenue) {
    this.#venue = venue;
    const listed = new Set(histories.flatMap(({ instrument }) => (instrument.kind === "option" ? [instrument.underlying] : [])));
    this.#underlyings = histories.filter(({ instrument }) => listed.has(instrument.id)).map(({ instrument }) => venue.indexOf(instrument));
    const startMs = Math.min(...histories.map(({ bars }) => bars.openMs[0] ?? Infinity));
    this.#due = histories
      .flatMap(({ instrument, actions = [] }) =>
        actions.map((action): Due => ({ index: venue.indexOf(instrument), exMs: exMsOf(action, exchange), action })),
      )
      // What came before the first bar was paid to whoever held the shares then.
      .filter(({ exMs }) => exMs > startMs)
      .toSorted((a, b) => a.exMs - b.exMs || a.index - b.index);
  }

  /** Nothing is due any more, and nobody can be assigned. */
  get idle(): boolean {
    return this.#due.length === 0 && this.#underlyings.length === 0;
  }

  /** A step begins. What fell due since the last one happens now, the end of a session before the morning after it. */
  opens(openMs: number): void {
    this.#endSession(openMs);
    while ((this.#due[0]?.exMs ?? Infinity) <= openMs) {
      const [due, ...rest] = this.#due;
      this.#due = rest;
      if (due !== undefined) this.#happen(due, openMs);
    }
    if (this.#underlyings.length > 0 && this.#sessionEndMs === Infinity) this.#sessionEndMs = endOf(openMs);
  }

  closes(closeMs: number): void {
    this.#endSession(closeMs);
  }

  #happen({ index, action }: Due, openMs: number): void {
    this.#venue.startAt(openMs);
    if (action.kind === "dividend") this.#venue.dividend(index, action.amount);
    else this.#venue.split(index, action.from, action.into);
  }

  #endSession(nowMs: number): void {
    if (this.#sessionEndMs > nowMs) return;
    const nextOpenMs = msOf(exchange.nextOpen(instantOfMs(this.#sessionEndMs)));
    for (const index of this.#underlyings) this.#venue.assignEarly(index, this.#dividendBy(index, nextOpenMs));
    this.#sessionEndMs = Infinity;
  }

  #dividendBy(index: number, openMs: number): Price | undefined {
    for (const { index: of, exMs, action } of this.#due)
      if (of === index && exMs <= openMs && action.kind === "dividend") return action.amount;
    return undefined;
  }
}

/** When the session ends that this instant lies in; never, where it lies in none. */
function endOf(atMs: number): number {
  const at = instantOfMs(atMs);
  const session = exchange.covers(at) ? exchange.sessionAt(at) : undefined;
  return session === undefined ? Infinity : msOf(session.closeAt);
}
