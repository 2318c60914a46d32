import type { LedgerSettings } from "../flow/ledger/ledger-settings.ts";
import type { LedgerEvent } from "../flow/ledger/event.ts";
import { Ledger } from "../flow/ledger/ledger.ts";
import type { Fill } from "../flow/fills/fill.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import { minus, plus, type Money } from "../words/money.ts";
import { Marks } from "./marks.ts";

type EventOf<Kind extends LedgerEvent["kind"]> = Extract<LedgerEvent, { readonly kind: Kind }>;

/** An account's books with the newest price of each thing in them, so that they can be valued and checked after every event. */
export class ValuedBooks {
  readonly ledger: Ledger;
  readonly marks = new Marks();
  #snapshot: MarketSnapshot | undefined;
  #equity: Money | undefined;

  constructor(settings: LedgerSettings) {
    this.ledger = new Ledger(settings);
  }

  /** `equity` is what was recorded at the marks of this snapshot. */
  seen(snapshot: MarketSnapshot, equity: Money): void {
    this.marks.seen(snapshot);
    this.#snapshot = snapshot;
    this.#equity = equity;
  }

  post(event: LedgerEvent): void {
    this.postUnchecked(event);
    this.check();
  }

  /** For an event that is a part of what happened: whoever posts the last part checks. */
  postUnchecked(event: LedgerEvent | undefined): void {
    this.#equity = undefined;
    if (event !== undefined) this.ledger.post(event);
  }

  /** What models cost is paid from elsewhere than the venue. Not checked: it moves no position. */
  chargeModel(amount: Money, at: Temporal.Instant): void {
    this.postUnchecked(amount > 0n ? { kind: "fee_charged", why: "model", amount, at } : undefined);
  }

  /** What has to stand behind the part of an isolated position that a trade has opened. Not checked yet. */
  isolate({ instrument, at }: Pick<Fill, "instrument" | "at">, amount: Money): void {
    this.postUnchecked({ kind: "margin_moved", instrument, amount, at });
  }

  /** What the trade, or taking it back, realised; its price is a mark. Not checked yet. */
  trade(event: Extract<LedgerEvent, { readonly fill: Fill }>): Money {
    const before = this.ledger.realised;
    this.postUnchecked(event);
    this.marks.traded(event.fill);
    return minus(this.ledger.realised, before);
  }

  /**
   * Marks follow at once: the old price times the new shares would be another equity. Where the split is read late, what was seen or
   * traded since is a price of new shares already.
   */
  split(event: EventOf<"shares_split">, traded: boolean): void {
    if (!traded && !this.#sawAfter(event)) this.marks.split(event.instrument, event.from, event.into);
    this.postUnchecked(event);
  }

  #sawAfter({ instrument, at }: EventOf<"shares_split">): boolean {
    const seen = this.#snapshot;
    if (seen === undefined || seen.takenAt.epochMilliseconds <= at.epochMilliseconds) return false;
    return seen.assets.some(({ quote }) => quote.instrument === instrument);
  }

  /** Contracts under their new name, at their part of the old mark until the market says another. */
  adjust(event: Omit<EventOf<"contracts_adjusted">, "price">): void {
    this.marks.renamed(event.instrument, event.became, event.times);
    this.post({ ...event, price: this.marks.of(event.instrument) });
  }

  check(): void {
    this.ledger.check(this.marks.of);
  }

  /** Cash with the margins that isolated positions hold, as venues count it: models are paid from elsewhere, and no venue knows of it. */
  get wallet(): Money {
    const { cash } = this.ledger;
    return this.ledger
      .positions()
      .reduce((all, { isolatedMargin }) => plus(all, isolatedMargin), plus(cash, this.ledger.totals().modelCosts));
  }

  /** Equity at the marks of a snapshot that is about to be recorded; what it leaves out stands at its last mark. */
  equityAt(snapshot: MarketSnapshot): Money {
    if (this.ledger.positions().length === 0) return this.equity;
    return this.ledger.equity((id) => {
      for (const { quote } of snapshot.assets) if (quote.instrument === id) return quote.mark;
      return this.marks.of(id);
    });
  }

  get equity(): Money {
    this.#equity ??= this.ledger.equity(this.marks.of);
    return this.#equity;
  }
}
