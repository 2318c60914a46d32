/**
 * The plain loop that a backtest is held against: the hand-written event engine of one symbol, with a reused bar, ring-buffer averages,
 * an order object, fills at the next open, a fee and equity at every bar. No rails, no journal, no exact money.
 */
export type PlainBars = {
  readonly length: number;
  readonly openMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

class PlainSma {
  readonly #period: number;
  readonly #ring: Float64Array;
  #at = 0;
  #count = 0;
  #sum = 0;
  constructor(period: number) {
    this.#period = period;
    this.#ring = new Float64Array(period);
  }
  update(value: number): number {
    this.#sum += value - this.#ring[this.#at]!;
    this.#ring[this.#at] = value;
    this.#at = this.#at + 1 === this.#period ? 0 : this.#at + 1;
    if (this.#count < this.#period) this.#count++;
    return this.#sum / this.#period;
  }
  get ready(): boolean {
    return this.#count === this.#period;
  }
}

type PlainOrder = { readonly id: number; readonly side: "buy" | "sell"; state: "new" | "filled" };

export type PlainResult = { readonly equity: number; readonly fills: number; readonly crosses: number; readonly maxDrawdown: number };

export function plainEngine(bars: PlainBars, fee = 0.0005): PlainResult {
  const fast = new PlainSma(20);
  const slow = new PlainSma(50);
  const curve = new Float64Array(bars.length);
  const bar = { openMs: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 };
  const fills: { at: number; side: string; quantity: number; price: number; fee: number }[] = [];
  let pending: PlainOrder[] = [];
  let cash = 100_000;
  let position = 0;
  let before = 0;
  let crosses = 0;
  let peak = 0;
  let maxDrawdown = 0;
  for (let at = 0; at < bars.length; at++) {
    bar.openMs = bars.openMs[at]!;
    bar.open = bars.open[at]!;
    bar.high = bars.high[at]!;
    bar.low = bars.low[at]!;
    bar.close = bars.close[at]!;
    bar.volume = bars.volume[at]!;
    if (pending.length > 0) {
      for (const order of pending) {
        const quantity = order.side === "buy" ? (cash * (1 - fee)) / bar.open : position;
        const paid = quantity * bar.open * fee;
        cash += order.side === "buy" ? -quantity * bar.open - paid : quantity * bar.open - paid;
        position += order.side === "buy" ? quantity : -quantity;
        order.state = "filled";
        fills.push({ at, side: order.side, quantity, price: bar.open, fee: paid });
      }
      pending = [];
    }
    const a = fast.update(bar.close);
    const b = slow.update(bar.close);
    if (slow.ready) {
      const above = Math.sign(a - b);
      if (above !== 0 && before !== 0 && above !== before) {
        crosses++;
        if (above > 0 && position === 0) pending.push({ id: crosses, side: "buy", state: "new" });
        else if (above < 0 && position > 0) pending.push({ id: crosses, side: "sell", state: "new" });
      }
      if (above !== 0) before = above;
    }
    const equity = cash + position * bar.close;
    curve[at] = equity;
    if (equity > peak) peak = equity;
    const drawdown = 1 - equity / peak;
    if (drawdown > maxDrawdown) maxDrawdown = drawdown;
  }
  return { equity: curve[bars.length - 1]!, fills: fills.length, crosses, maxDrawdown };
}
