import type { Fill } from "../flow/fills/fill.ts";
import type { Order } from "../flow/orders/order.ts";
import type { LedgerEvent } from "../flow/ledger/event.ts";
import type { ClientOrderId, InstrumentId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import { notional } from "../words/money.ts";
import { quantityTimes } from "../words/quantity.ts";
import { splitPrice } from "./after-split.ts";
import type { FactOf } from "./fact.ts";
import type { ValuedBooks } from "./valued-books.ts";

type Split = Pick<FactOf<"shares_split">, "from" | "into"> & { readonly at: Temporal.Instant };
export type BookedTrade = Extract<LedgerEvent, { readonly fill: Fill }>;
type Traded = { between(fromMs: number, toMs: number): readonly Fill[] };

const none: readonly Split[] = [];

/**
 * Splits that are in the books. A venue may tell an execution, or take one back, only after the split that followed it: it is of old shares
 * then, in books that count new ones. And a split may be read only after executions that followed it: those were of new shares already.
 */
export class Splits {
  readonly #of = new Map<InstrumentId, readonly Split[]>();
  /** How many splits of its instrument each order was planned after; those that were planned before any are left out. */
  readonly #planned = new Map<ClientOrderId, number>();
  /** What options that ended have brought or taken of shares: no execution of the venue's. */
  readonly #delivered: Fill[] = [];

  /**
   * The split into the books, and what was traded after it out of them: a split that was lost is read only after executions that followed
   * it. Handed back are those, oldest first, to be booked again; how that divides into realised and unrealised is as though they had been
   * traded back.
   */
  bookInto(books: ValuedBooks, fact: FactOf<"shares_split">, at: Temporal.Instant, of: Instrument, executed: Traded): readonly Fill[] {
    const { instrument, from, into } = fact;
    const later = this.#tradedAfter(instrument, at, executed);
    for (const fill of later.toReversed()) books.postUnchecked(this.inNewShares({ kind: "fill_busted", fill, at }, of));
    this.book(fact, at);
    books.split({ kind: "shares_split", instrument, from, into, at }, later.length > 0);
    return later;
  }

  book({ instrument, from, into }: FactOf<"shares_split">, at: Temporal.Instant): void {
    this.#of.set(instrument, [...(this.#of.get(instrument) ?? none), { from, into, at }]);
  }

  planned({ id, instrument }: Pick<Order, "id" | "instrument">): void {
    const known = this.#of.get(instrument);
    if (known !== undefined) this.#planned.set(id, known.length);
  }

  delivered(fill: Fill): Fill {
    this.#delivered.push(fill);
    return fill;
  }

  /** What is booked and was traded after the split that is booked now, oldest first; `executed` are the venue's executions. */
  #tradedAfter(instrument: InstrumentId, { epochMilliseconds }: Temporal.Instant, executed: Traded): readonly Fill[] {
    const after = ({ instrument: of, at }: Fill): boolean => of === instrument && at.epochMilliseconds > epochMilliseconds;
    return [...executed.between(epochMilliseconds + 1, Infinity).filter(after), ...this.#delivered.filter(after)].sort(
      (a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds,
    );
  }

  /** The event in the shares of today, for the very money that moved. By the order where there is one: clocks have ties. */
  inNewShares(event: BookedTrade, { multiplier }: Instrument): BookedTrade {
    const { fill } = event;
    const all = this.#of.get(fill.instrument);
    if (all === undefined) return event;
    const since = all.slice(fill.order === undefined ? 0 : (this.#planned.get(fill.order) ?? 0));
    const missed = since.filter(({ at }) => Temporal.Instant.compare(fill.at, at) <= 0);
    if (missed.length === 0) return event;
    let { quantity, price } = fill;
    for (const { from, into } of missed) {
      quantity = quantityTimes(quantity, into, from);
      price = splitPrice(price, from, into);
    }
    return { ...event, fill: { ...fill, quantity, price, value: notional(fill.price, fill.quantity, multiplier, "half_even") } };
  }
}
