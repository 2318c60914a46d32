import { Decimal as Decimals } from "decimal.js";
import type { LedgerEvent } from "../../../src/flow/ledger/event.ts";
import type { InstrumentId } from "../../../src/words/ids.ts";
import { sign, type Side } from "../../../src/words/side.ts";
import { instrumentOf } from "./books-in-words.ts";

const Decimal = Decimals.clone({ precision: 60, rounding: 6 });
const decimalOf = (units: bigint): Decimals => new Decimal(units.toString()).div("1e12");
export const unitsOf = (value: Decimals): bigint => BigInt(value.times("1e12").toFixed());

const none = new Decimal(0);
type Line = { quantity: Decimals; paid: Decimals; margin: Decimals; isolated: boolean; flow: Decimals };

/**
 * A second ledger that shares no arithmetic with the first: decimal.js, average cost only, one signed number a position for what was
 * paid, no accounts and no lots. Its equity does not look at costs at all: money in and out, plus what is held at its mark.
 */
export class NaiveLedger {
  capital = none;
  cash = none;
  realised = none;
  fees = none;
  funding = none;
  liquidationFees = none;
  modelCosts = none;
  readonly lines = new Map<InstrumentId, Line>();

  post(event: LedgerEvent): void {
    switch (event.kind) {
      case "cash_moved":
        this.capital = this.capital.plus(decimalOf(event.amount));
        this.cash = this.cash.plus(decimalOf(event.amount));
        return;
      case "filled": {
        const { instrument, side, quantity, price, fee } = event.fill;
        return this.#trade(instrument, side, decimalOf(quantity), decimalOf(price), decimalOf(fee));
      }
      case "fill_busted": {
        const { instrument, side, quantity, price, fee } = event.fill;
        return this.#trade(instrument, side === "buy" ? "sell" : "buy", decimalOf(quantity), decimalOf(price), decimalOf(fee).neg());
      }
      case "funding_paid": {
        const line = this.#line(event.instrument);
        this.funding = this.funding.plus(decimalOf(event.amount));
        if (line.isolated) line.margin = line.margin.plus(decimalOf(event.amount));
        else this.cash = this.cash.plus(decimalOf(event.amount));
        this.#tidy(line);
        return;
      }
      case "shares_split": {
        const line = this.#line(event.instrument);
        line.quantity = line.quantity.times(event.into).div(event.from);
        return;
      }
      case "contracts_adjusted": {
        const line = this.#line(event.instrument);
        this.lines.delete(event.instrument);
        line.quantity = line.quantity.times(event.times);
        this.lines.set(event.became, line);
        return;
      }
      case "margin_moved": {
        const line = this.#line(event.instrument);
        line.isolated = true;
        line.margin = line.margin.plus(decimalOf(event.amount));
        this.cash = this.cash.minus(decimalOf(event.amount));
        this.#tidy(line);
        return;
      }
      case "fee_charged": {
        const amount = decimalOf(event.amount);
        this.cash = this.cash.minus(amount);
        if (event.why === "liquidation") this.liquidationFees = this.liquidationFees.plus(amount);
        else if (event.why === "dividend") this.funding = this.funding.minus(amount);
        else if (event.why === "model") this.modelCosts = this.modelCosts.plus(amount);
        else this.fees = this.fees.plus(amount);
      }
    }
  }

  equity(mark: (id: InstrumentId) => bigint): Decimals {
    let equity = this.capital.minus(this.fees).plus(this.funding).minus(this.liquidationFees).minus(this.modelCosts);
    for (const [id, { quantity, flow }] of this.lines) {
      const multiplier = decimalOf(instrumentOf(id).multiplier);
      equity = equity.plus(flow).plus(quantity.times(decimalOf(mark(id))).times(multiplier));
    }
    return equity;
  }

  #trade(id: InstrumentId, side: Side, quantity: Decimals, price: Decimals, fee: Decimals): void {
    const line = this.#line(id);
    const { kind, multiplier } = instrumentOf(id);
    const direction = new Decimal(sign[side].toString());
    const each = price.times(decimalOf(multiplier));
    const before = line.quantity.abs();
    const closing = line.quantity.times(direction).lt(0) ? Decimal.min(before, quantity) : none;
    let result = none;
    if (closing.gt(0)) {
      const released = line.paid.times(closing).div(before).toDecimalPlaces(12);
      const marginBack = line.margin.times(closing).div(before).toDecimalPlaces(12);
      result = direction.neg().times(closing).times(each).minus(released);
      line.paid = line.paid.minus(released);
      line.margin = line.margin.minus(marginBack);
      this.cash = this.cash.plus(marginBack);
    }
    line.paid = line.paid.plus(direction.times(quantity.minus(closing)).times(each));
    line.quantity = line.quantity.plus(direction.times(quantity));
    const flow = direction.neg().times(quantity).times(each);
    line.flow = line.flow.plus(flow);
    this.realised = this.realised.plus(result);
    this.fees = this.fees.plus(fee);
    this.cash = this.cash.plus(kind === "perpetual" ? result : flow).minus(fee);
    this.#tidy(line);
  }

  #line(id: InstrumentId): Line {
    const line = this.lines.get(id) ?? { quantity: none, paid: none, margin: none, isolated: false, flow: none };
    this.lines.set(id, line);
    return line;
  }

  /** Isolation ends with the position and its last margin. */
  #tidy(line: Line): void {
    if (line.quantity.isZero() && line.margin.isZero()) line.isolated = false;
  }
}
