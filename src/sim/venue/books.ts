import type { VenuePosition } from "../../ports/venue.ts";
import { approximately, divideUnits, exactOne, parseExact } from "../../words/exact.ts";
import { invariant, present } from "../../words/invariant.ts";
import { absolute, minus, moneyOfUnits, negate, notional, plus, proportion, zeroMoney, type Money } from "../../words/money.ts";
import { priceOfTicks } from "../../words/price.ts";
import { magnitude, quantityOfLots, zeroQuantity, type Quantity } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import type { VenueSettings } from "./settings.ts";

export type Holding = {
  /** Signed. */
  quantity: Quantity;
  /** What the open quantity was entered at: average price times size. */
  cost: Money;
  /** Set aside for this position alone, in isolated mode. */
  margin: Money;
  /** Doubles near the exact numbers, for screening: money per tick of price, and the signed cost. */
  perTick: number;
  signedCost: number;
};

/** What `lots` are worth at `ticks`, exactly: tick, lot and multiplier were checked to fit the scale together. */
export const worthOf = (asset: Asset, lots: number, ticks: number): Money => {
  const { tick, lot, multiplier } = asset.instrument;
  return notional(priceOfTicks(ticks, tick), quantityOfLots(lots, lot), multiplier, "half_even");
};

/** The account as the venue keeps it: an oracle against the desk's own ledger, so it shares no bookkeeping with it. */
export class Books {
  readonly isolated: boolean;
  readonly #leverage: bigint;
  readonly #holdings: readonly Holding[];
  /** Instruments that we hold something of. */
  open: readonly Asset[] = [];
  #cash: Money;
  #approximateCash: number;

  constructor(settings: VenueSettings) {
    const leverage = parseExact(String(settings.leverage));
    invariant(leverage.ok && leverage.value >= exactOne, "leverage is at least 1");
    this.#leverage = leverage.value;
    this.isolated = settings.marginMode === "isolated";
    this.#cash = settings.startCash;
    this.#approximateCash = approximately(settings.startCash);
    this.#holdings = settings.instruments.map(() => ({
      quantity: zeroQuantity,
      cost: zeroMoney,
      margin: zeroMoney,
      perTick: 0,
      signedCost: 0,
    }));
  }

  get cash(): Money {
    return this.#cash;
  }

  get approximateCash(): number {
    return this.#approximateCash;
  }

  holding(asset: Asset): Holding {
    return present(this.#holdings[asset.index], "every instrument has a holding");
  }

  positions(): readonly VenuePosition[] {
    return this.open.map((asset) => {
      const { quantity, cost } = this.holding(asset);
      return { instrument: asset.instrument.id, quantity, cost };
    });
  }

  /** Notional over leverage, rounded up: never less set aside than the venue asks for. */
  initialMargin(worth: Money): Money {
    return moneyOfUnits(divideUnits(absolute(worth) * exactOne, this.#leverage, "up"));
  }

  receive(amount: Money): void {
    this.#cash = plus(this.#cash, amount);
    this.#approximateCash = approximately(this.#cash);
  }

  /**
   * Books one execution of signed `lots`. Holdings paid in full move cash by their whole worth; a perpetual moves it only by what
   * closing realises against the average entry. Shares of a cost are rounded half to even at 10^-12.
   */
  trade(asset: Asset, lots: number, ticks: number, fee: Money): void {
    const size = Math.abs(lots);
    const against = asset.held !== 0 && asset.held > 0 !== lots > 0;
    const closing = against ? Math.min(size, Math.abs(asset.held)) : 0;
    if (asset.perpetual === undefined) this.receive(worthOf(asset, -lots, ticks));
    if (closing > 0) this.#close(asset, closing, ticks);
    if (size > closing) this.#open(asset, size - closing, ticks);
    this.receive(negate(fee));
    const wasFlat = asset.held === 0;
    asset.held += lots;
    if (wasFlat) this.open = [...this.open, asset];
    if (asset.held === 0) this.open = this.open.filter((other) => other !== asset);
    this.#settle(asset);
  }

  /** The same holding in other units: its cost stays, and cash does not move. */
  convert(asset: Asset, lots: number): void {
    asset.held = lots;
    this.#settle(asset);
  }

  /** All that is held of one instrument becomes `lots` of another, at the same cost. */
  rename(from: Asset, to: Asset, lots: number): void {
    const [old, next] = [this.holding(from), this.holding(to)];
    [next.cost, old.cost] = [old.cost, zeroMoney];
    [to.held, from.held] = [lots, 0];
    this.open = this.open.map((asset) => (asset === from ? to : asset));
    this.#settle(from);
    this.#settle(to);
  }

  #close(asset: Asset, lots: number, ticks: number): void {
    const holding = this.holding(asset);
    const part = quantityOfLots(lots, asset.instrument.lot);
    const whole = magnitude(holding.quantity);
    const released = proportion(holding.cost, part, whole, "half_even");
    if (asset.perpetual !== undefined) {
      const gain = minus(worthOf(asset, lots, ticks), released);
      this.receive(asset.held > 0 ? gain : negate(gain));
    }
    holding.cost = minus(holding.cost, released);
    holding.margin = minus(holding.margin, proportion(holding.margin, part, whole, "half_even"));
  }

  #open(asset: Asset, lots: number, ticks: number): void {
    const holding = this.holding(asset);
    const worth = worthOf(asset, lots, ticks);
    holding.cost = plus(holding.cost, worth);
    if (this.isolated && asset.perpetual !== undefined) holding.margin = plus(holding.margin, this.initialMargin(worth));
  }

  #settle(asset: Asset): void {
    const holding = this.holding(asset);
    const { lot, multiplier } = asset.instrument;
    holding.quantity = quantityOfLots(asset.held, lot);
    holding.perTick = approximately(holding.quantity) * approximately(multiplier) * asset.tickSize;
    holding.signedCost = approximately(holding.cost) * Math.sign(asset.held);
  }
}
