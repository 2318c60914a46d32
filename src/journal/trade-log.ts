import type { Fill } from "../flow/fills/fill.ts";
import type { Position } from "../flow/portfolio/position.ts";
import type { ClosedTrade } from "../flow/portfolio/trade.ts";
import type { CorrelationId, InstrumentId } from "../words/ids.ts";
import { msOf } from "../words/instant.ts";
import { minus, plus, type Money } from "../words/money.ts";
import { emptyList } from "../words/lists.ts";
import type { Purpose } from "../words/order-words.ts";
import { closedTrade } from "./closed-trade.ts";
import type { FactOf } from "./fact.ts";

type Opener = { readonly correlation: CorrelationId | undefined; readonly strategy: string };

/** What one fill did to its instrument. */
export type BookedFill = {
  readonly fill: Fill;
  readonly before: Position | undefined;
  readonly after: Position | undefined;
  readonly realised: Money;
  readonly purpose: Purpose | undefined;
  readonly opener: Opener;
};

/** Who opened each position, and the round trips that are over. */
export class TradeLog {
  readonly #openedBy = new Map<InstrumentId, Opener>();
  readonly #closed = emptyList<ClosedTrade>();

  readonly #earned: (trade: ClosedTrade) => void;

  /** `earned` hears of each trade that is over, and again when a late charge changes what it brought. */
  constructor(earned: (trade: ClosedTrade) => void) {
    this.#earned = earned;
  }

  get closed(): readonly ClosedTrade[] {
    return this.#closed;
  }

  /** True when the position that stood before is over. */
  book({ fill, before, after, realised, purpose, opener }: BookedFill): boolean {
    const turned = before !== undefined && after !== undefined && before.quantity > 0n !== after.quantity > 0n;
    const over = before !== undefined && (after === undefined || turned);
    if (over) {
      const by = this.#openedBy.get(fill.instrument) ?? { strategy: opener.strategy, correlation: undefined };
      const trade = closedTrade(before, fill, purpose, realised, by);
      this.#closed.push(trade);
      this.#earned(trade);
      this.#openedBy.delete(fill.instrument);
    }
    if (after !== undefined && (before === undefined || turned)) this.#openedBy.set(fill.instrument, opener);
    return over;
  }

  /** The trade goes on under another name; what is left under the old one is its own still. */
  renamed(from: InstrumentId, to: InstrumentId, isLeft: boolean): void {
    const opener = this.#openedBy.get(from);
    if (opener !== undefined && !this.#openedBy.has(to)) this.#openedBy.set(to, opener);
    if (!isLeft) this.#openedBy.delete(from);
  }

  /**
   * A venue charges for a liquidation after it closed the position, and may tell only then of what lent shares cost: the trade that it
   * ended, or that was short at that time, bears it.
   */
  charge({ kind, instrument, amount }: FactOf<"liquidation_charged" | "borrow_charged">, chargedAt: Temporal.Instant): void {
    const bears = (trade: ClosedTrade): boolean =>
      kind === "liquidation_charged"
        ? trade.endedBy === "liquidation"
        : trade.direction === "short" && msOf(trade.openedAt) < msOf(chargedAt) && msOf(chargedAt) <= msOf(trade.closedAt);
    const at = this.#closed.findLastIndex((trade) => trade.instrument === instrument && bears(trade));
    const trade = this.#closed[at];
    if (trade === undefined) return;
    const charged = { ...trade, fees: plus(trade.fees, amount), net: minus(trade.net, amount) };
    this.#closed[at] = charged;
    this.#earned(charged);
  }
}
