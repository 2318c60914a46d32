import { Decimal } from "decimal.js";
import type { Fact } from "../../src/journal/fact.ts";
import { formatExact } from "../../src/words/exact.ts";

Decimal.set({ precision: 60 });
const exact = (units: bigint): Decimal => new Decimal(formatExact(units));
const cents = (of: Decimal, rounding: Decimal.Rounding): Decimal => of.toDecimalPlaces(12, rounding);

type Held = { quantity: Decimal; cost: Decimal };

/** Perpetuals on average cost, in decimal.js and straight from the facts: nothing here comes from the ledger. */
export class PlainBooks {
  readonly held = new Map<string, Held>();
  readonly faults: string[] = [];
  start = new Decimal(0);
  fees = new Decimal(0);
  funding = new Decimal(0);
  liquidation = new Decimal(0);
  realised = new Decimal(0);
  /** Sold less bought, of all fills. */
  flows = new Decimal(0);
  fills = 0;
  fundings = 0;
  liquidations = 0;

  see(fact: Fact, rates: { readonly maker: string; readonly taker: string }): void {
    switch (fact.kind) {
      case "opened":
        this.start = exact(fact.startCash);
        return;
      case "filled": {
        const { side, quantity, price, fee, liquidity, instrument, reason } = fact.fill;
        const size = exact(quantity);
        const worth = exact(price).times(size);
        // A taker's fee or a maker's, rounded up; a liquidation pays a fee of its own.
        const due = reason === "liquidation" ? new Decimal(0) : cents(worth.times(rates[liquidity]), Decimal.ROUND_CEIL);
        if (!due.eq(exact(fee))) this.faults.push(`fee of ${fact.fill.execution} is ${formatExact(fee)}, not ${due.toFixed()}`);
        if (reason === "liquidation") this.liquidations++;
        this.fills++;
        this.fees = this.fees.plus(exact(fee));
        this.flows = side === "sell" ? this.flows.plus(worth) : this.flows.minus(worth);
        this.#trade(instrument, side === "buy" ? size : size.negated(), exact(price));
        return;
      }
      case "funding_paid": {
        const signed = this.held.get(fact.instrument)?.quantity ?? new Decimal(0);
        const due = cents(exact(fact.rate).times(exact(fact.price)).times(signed), Decimal.ROUND_HALF_EVEN).negated();
        if (!due.eq(exact(fact.amount)))
          this.faults.push(`funding of ${fact.instrument} is ${formatExact(fact.amount)}, not ${due.toFixed()}`);
        this.funding = this.funding.plus(exact(fact.amount));
        this.fundings++;
        return;
      }
      case "liquidation_charged":
        this.liquidation = this.liquidation.plus(exact(fact.amount));
        return;
      default:
        return;
    }
  }

  #trade(instrument: string, signed: Decimal, price: Decimal): void {
    const held = this.held.get(instrument) ?? { quantity: new Decimal(0), cost: new Decimal(0) };
    this.held.set(instrument, held);
    if (held.quantity.isZero() || held.quantity.isPositive() === signed.isPositive()) {
      held.cost = held.cost.plus(price.times(signed.abs()));
      held.quantity = held.quantity.plus(signed);
      return;
    }
    const size = signed.abs();
    if (size.gt(held.quantity.abs())) this.faults.push(`${instrument} was turned`);
    const released = cents(held.cost.times(size).div(held.quantity.abs()), Decimal.ROUND_HALF_EVEN);
    const gain = price.times(size).minus(released);
    this.realised = held.quantity.isPositive() ? this.realised.plus(gain) : this.realised.minus(gain);
    held.cost = held.cost.minus(released);
    held.quantity = held.quantity.plus(signed);
  }

  get cash(): Decimal {
    return this.start.plus(this.realised).minus(this.fees).plus(this.funding).minus(this.liquidation);
  }

  /** Needs no cost at all: what was paid and received, and what is held at the last prices. */
  equity(last: (instrument: string) => string): Decimal {
    let worth = this.flows;
    for (const [instrument, { quantity }] of this.held) if (!quantity.isZero()) worth = worth.plus(quantity.times(last(instrument)));
    return this.start.plus(worth).minus(this.fees).plus(this.funding).minus(this.liquidation);
  }
}
