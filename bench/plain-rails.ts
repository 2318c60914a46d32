import type { Scene } from "../src/flow/rails/candidate.ts";
import { approximately } from "../src/words/exact.ts";

/** A scene in plain doubles, made once: what the hand-written checks read. */
export type PlainScene = {
  readonly nowMs: number;
  readonly killed: boolean;
  readonly latches: number;
  readonly id: string;
  readonly intent: string;
  readonly order: string;
  readonly buys: boolean;
  readonly quantity: number;
  readonly price: number;
  readonly notional: number;
  readonly stop: number;
  readonly target: number;
  readonly instrument: {
    readonly tick: number;
    readonly lot: number;
    readonly minQuantity: number;
    readonly maxQuantity: number;
    readonly minNotional: number;
    readonly leverageMax: number;
    readonly maintenance: number;
  };
  readonly quote: { readonly bid: number; readonly ask: number; readonly last: number; readonly mark: number; readonly atMs: number };
  readonly open: boolean;
  readonly equity: number;
  readonly cash: number;
  readonly dayStart: number;
  readonly peak: number;
  readonly positions: readonly { readonly id: string; readonly quantity: number; readonly mark: number; readonly maintenance: number }[];
  readonly orders: readonly {
    readonly id: string;
    readonly intent: string;
    readonly instrument: string;
    readonly buys: boolean;
    readonly entry: boolean;
    readonly lost: boolean;
    readonly limit: number;
    readonly left: number;
    readonly plannedMs: number;
  }[];
  readonly sent: readonly { readonly instrument: string; readonly buys: boolean; readonly quantity: number; readonly atMs: number }[];
  readonly entriesFilled: number;
  readonly planned: ReadonlySet<string>;
  readonly allowed: readonly string[];
};

/** The same thresholds as the list of rails, hand-written as ifs over doubles: no evidence, no exactness, one pass. The names of the first that is broken, or "". */
export function plainRails(s: PlainScene, limits: Scene["limits"], notionalMax: number, positionMax: number): string {
  if (s.killed) return "kill_switch";
  if (s.latches > 0) return "loss_latch";
  if (s.dayStart <= 0 || (s.dayStart - s.equity) * 10_000 >= limits.dailyLossBpsMax * s.dayStart) return "daily_loss";
  if (s.peak <= 0 || (s.peak - s.equity) * 10_000 >= limits.drawdownBpsMax * s.peak) return "drawdown";
  if (!s.allowed.includes(s.id)) return "instrument_permission";
  if (!s.open) return "market_state";
  const age = s.nowMs - s.quote.atMs;
  if (age < 0 || age > limits.quoteAgeMsMax) return "stale_data";
  const { bid, ask, last, mark } = s.quote;
  const middle = (bid + ask) / 2;
  if (Math.max(Math.abs(last - mark), Math.abs(middle - mark)) * 10_000 > limits.referenceGapBpsMax * mark) return "price_collar";
  const worse = (s.buys ? s.price - middle : middle - s.price) / middle;
  if (worse * 10_000 > limits.priceCollarBps || -worse * 10_000 > limits.priceCollarBps * 10) return "price_collar";
  if (ask < bid || ((ask - bid) / middle) * 10_000 > limits.spreadBpsMax) return "spread";
  if (off(s.quantity, s.instrument.lot) || off(s.price, s.instrument.tick)) return "precision";
  if (off(s.stop, s.instrument.tick) || off(s.target, s.instrument.tick)) return "precision";
  if (s.quantity < s.instrument.minQuantity || s.notional < s.instrument.minNotional) return "minimum_order";
  const away = ((s.buys ? s.price - s.stop : s.stop - s.price) / s.price) * 10_000;
  const reward = ((s.buys ? s.target - s.price : s.price - s.target) / s.price) * 10_000;
  if (away < limits.stopDistanceBpsMin || away > limits.stopDistanceBpsMax) return "protective_order";
  if (reward <= 0 || reward > limits.stopDistanceBpsMax * 3) return "protective_order";
  for (const order of s.orders) if (order.lost && (order.intent === s.intent || order.instrument === s.id)) return "unknown_order";
  if (!s.planned.has(s.order)) return "duplicate_exact";
  let entries = 0;
  for (const sent of s.sent) {
    if (sent.atMs > s.nowMs - 60_000) entries++;
    if (sent.instrument !== s.id || sent.buys !== s.buys || s.nowMs - sent.atMs > limits.duplicateWindowMs) continue;
    if (Math.abs(s.quantity - sent.quantity) * 10_000 <= limits.duplicateSizeBps * sent.quantity) return "duplicate_semantic";
  }
  if (entries >= limits.ordersPerMinuteMax) return "message_throttle";
  if (s.entriesFilled >= limits.entriesPerHourMax) return "repeated_execution";
  let gross = 0;
  let net = 0;
  let held = 0;
  let margin = 0;
  let others = 0;
  let count = 1;
  const leverage = Math.min(limits.leverageMax, s.instrument.leverageMax);
  for (const position of s.positions) {
    const signed = position.quantity * position.mark;
    const worth = Math.abs(signed);
    gross += worth;
    net += signed;
    margin += worth / leverage;
    if (position.id === s.id) held += signed;
    else {
      others += worth * position.maintenance;
      count++;
    }
  }
  for (const order of s.orders) {
    if (!order.entry || order.id === s.order) continue;
    if (order.instrument === s.id && order.buys !== s.buys && (s.buys ? s.price >= order.limit : s.price <= order.limit))
      return "self_trade";
    const worth = order.left * order.limit;
    gross += worth;
    net += order.buys ? worth : -worth;
    margin += worth / leverage;
    if (order.instrument === s.id) held += order.buys ? worth : -worth;
    else count++;
  }
  if (count > limits.positionsMax) return "positions_count";
  if (s.notional > Math.min(notionalMax, (s.equity * limits.orderEquityBpsMax) / 10_000)) return "order_value";
  if (s.quantity > s.instrument.maxQuantity) return "order_quantity";
  if (Math.abs(s.price - s.stop) * s.quantity > (s.equity * limits.riskPerTradeBpsMax) / 10_000) return "risk_per_trade";
  const side = s.buys ? held : -held;
  if (side + s.notional > positionMax) return "position_value";
  if (Math.abs(held) + s.notional > (s.equity * limits.concentrationBpsMax) / 10_000) return "concentration";
  if (gross + s.notional > (s.equity * limits.grossExposureBpsMax) / 10_000) return "gross_exposure";
  if ((s.buys ? net : -net) + s.notional > (s.equity * limits.netExposureBpsMax) / 10_000) return "net_exposure";
  if (gross + s.notional > s.equity * leverage) return "leverage";
  if (s.notional / leverage > s.equity - margin) return "buying_power";
  const rate = s.instrument.maintenance;
  const kept = s.buys ? 1 - rate : 1 + rate;
  const slipped = Math.max(0, s.buys ? s.price - mark : mark - s.price) * s.quantity;
  const worth = side + (s.notional * mark) / s.price;
  if ((s.equity - others - slipped - rate * worth) * 10_000 < limits.liquidationDistanceBpsMin * worth * kept)
    return "liquidation_distance";
  return "";
}

/** Whether a price or size lies off its grid, as doubles can tell. */
const off = (value: number, step: number): boolean => value <= 0 || Math.abs(value / step - Math.round(value / step)) > 1e-6;

/** The scene that the rails judge, in the doubles that the plain checks read. */
export function plainScene(scene: Scene, planned: ReadonlySet<string>): PlainScene {
  const { candidate, standing } = scene;
  const quote = scene.quote(candidate.instrument.id);
  const perpetual = candidate.instrument;
  if (quote === undefined || perpetual.kind !== "perpetual") throw new Error("the bench's scene is a quoted perpetual");
  return {
    nowMs: scene.now.epochMilliseconds,
    killed: standing.killLevel !== "none",
    latches: standing.latches.length,
    id: perpetual.id,
    intent: candidate.intent,
    order: candidate.order ?? "",
    buys: candidate.side === "buy",
    quantity: approximately(candidate.quantity),
    price: approximately(candidate.price),
    notional: approximately(candidate.notional),
    stop: approximately(candidate.stopLoss ?? 0n),
    target: approximately(candidate.takeProfit ?? 0n),
    instrument: {
      tick: approximately(perpetual.tick),
      lot: approximately(perpetual.lot),
      minQuantity: approximately(perpetual.minQuantity),
      maxQuantity: approximately(perpetual.maxQuantity),
      minNotional: approximately(perpetual.minNotional),
      leverageMax: perpetual.leverageMax,
      maintenance: approximately(perpetual.maintenanceMarginRate),
    },
    quote: {
      bid: approximately(quote.bid),
      ask: approximately(quote.ask),
      last: approximately(quote.last),
      mark: approximately(quote.mark),
      atMs: quote.quotedAt.epochMilliseconds,
    },
    open: scene.sessionOpen,
    equity: approximately(standing.equity),
    cash: approximately(standing.cash),
    dayStart: approximately(standing.dayStartEquity),
    peak: approximately(standing.peakEquity),
    positions: standing.positions.map(({ instrument, quantity }) => ({
      id: instrument,
      quantity: approximately(quantity),
      mark: approximately(scene.quote(instrument)?.mark ?? 0n),
      maintenance: approximately(perpetual.maintenanceMarginRate),
    })),
    orders: standing.openOrders.map((order) => ({
      id: order.id,
      intent: order.intent,
      instrument: order.instrument,
      buys: order.side === "buy",
      entry: order.purpose === "entry",
      lost: order.state === "lost",
      limit: approximately(order.limit ?? order.stop ?? 0n),
      left: approximately(order.quantity - order.filled),
      plannedMs: order.plannedAt.epochMilliseconds,
    })),
    sent: standing.sentOrders.map(({ instrument, side, quantity, sentAt }) => ({
      instrument,
      buys: side === "buy",
      quantity: approximately(quantity),
      atMs: sentAt.epochMilliseconds,
    })),
    entriesFilled: 1,
    planned,
    allowed: scene.limits.allowed,
  };
}
