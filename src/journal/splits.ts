import type { Fill } from "../flow/fills/fill.ts";
import type { Order } from "../flow/orders/order.ts";
import type { LedgerEvent } from "../flow/ledger/event.ts";
import type { ClientOrderId, InstrumentId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import { notional } from "../words/money.ts";
import { quantityTimes } from "../words/quantity.ts";
import { splitPrice } from "./after-split.ts";
import type { FactOf } from "./fact.ts";

type Split = Pick<FactOf<"shares_split">, "from" | "into"> & { readonly at: Temporal.Instant };
type Booked = Extract<LedgerEvent, { readonly fill: Fill }>;

const none: readonly Split[] = [];

/**
 * Splits that are in the books. A venue may tell an execution, or take one back, only after the split that followed it: it is of old shares
 * then, in books that count new ones.
 */
export class Splits {
  readonly #of = new Map<InstrumentId, readonly Split[]>();
  /** How many splits of its instrument each order was planned after; those that were planned before any are left out. */
  readonly #planned = new Map<ClientOrderId, number>();

  book({ instrument, from, into }: FactOf<"shares_split">, at: Temporal.Instant): void {
    this.#of.set(instrument, [...(this.#of.get(instrument) ?? none), { from, into, at }]);
  }

  planned({ id, instrument }: Pick<Order, "id" | "instrument">): void {
    const known = this.#of.get(instrument);
    if (known !== undefined) this.#planned.set(id, known.length);
  }

  /** The event in the shares of today, for the very money that moved. By the order where there is one: clocks have ties. */
  inNewShares(event: Booked, { multiplier }: Instrument): Booked {
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
