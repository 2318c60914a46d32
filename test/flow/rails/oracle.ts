import type { Scene } from "../../../src/flow/rails/candidate.ts";
import type { RailCode } from "../../../src/flow/rails/codes.ts";
import type { OpenOrder } from "../../../src/flow/portfolio/standing.ts";
import type { Instrument } from "../../../src/words/instrument.ts";

/**
 * The table of the rails a second time, written from its words and not from the rails. It never divides: money is price times quantity times
 * multiplier as one whole number, and limits are cross-multiplied. It answers which rails refuse the order as it stands, with no trims.
 */
const scale = 10n ** 24n;
const fraction = 10n ** 12n;
const abs = (of: bigint): bigint => (of < 0n ? -of : of);
const total = (of: readonly bigint[]): bigint => of.reduce((sum, next) => sum + next, 0n);
const most = (...of: bigint[]): bigint => of.reduce((left, right) => (left > right ? left : right));
const whole = (points: number): bigint => BigInt(points);

export function oracle(scene: Scene): ReadonlySet<RailCode> {
  const { candidate: c, standing: s, limits: l, stage } = scene;
  const i = c.instrument;
  const q = scene.quote(i.id);
  const buy = c.side === "buy";
  const direction = buy ? 1n : -1n;
  const isEntry = c.purpose === "entry" || !c.reduceOnly;
  const isProtection = c.reduceOnly && (c.purpose === "stop_loss" || c.purpose === "take_profit");
  const ageOf = (instant: Temporal.Instant): number => scene.now.since(instant).total("milliseconds");
  const refusing = new Set<RailCode>();
  const refuse = (code: RailCode, when: boolean): void => void (when && refusing.add(code));
  const refuseEntry = (code: RailCode, when: boolean): void => refuse(code, isEntry && when);

  // Whether to trade at all.
  const mayLeave = { none: true, K1: !isEntry, K2: !isEntry, K3: false, K4: c.purpose === "close" && c.reduceOnly };
  refuse("kill_switch", !mayLeave[s.killLevel]);
  refuseEntry(
    "loss_latch",
    s.latches.some((latch) => ["daily_loss", "drawdown", "ledger_mismatch"].includes(latch.name)),
  );
  refuseEntry(
    "daily_loss",
    s.dayStartEquity <= 0n || (s.dayStartEquity - s.equity) * 10_000n >= whole(l.dailyLossBpsMax) * s.dayStartEquity,
  );
  refuseEntry("drawdown", s.peakEquity <= 0n || (s.peakEquity - s.equity) * 10_000n >= whole(l.drawdownBpsMax) * s.peakEquity);
  const shortable = i.kind === "perpetual" || ((i.kind === "equity" || i.kind === "etf") && i.shortable);
  refuseEntry(
    "instrument_permission",
    !l.allowed.some((id) => id === i.id) || scene.instrument(i.id) === undefined || (!buy && !shortable),
  );

  // The market.
  const venueOpen = q?.status === "open";
  if (isEntry) refuse("market_state", !venueOpen || !scene.sessionOpen);
  else if (!isProtection) refuse("market_state", q === undefined || q.status === "halted" || (!venueOpen && !scene.sessionOpen));
  refuseEntry("stale_data", q === undefined || ageOf(q.quotedAt) < 0 || ageOf(q.quotedAt) > l.quoteAgeMsMax);
  refuse("price_collar", q === undefined || outsideCollar(scene, isEntry, isProtection));
  refuseEntry(
    "spread",
    q === undefined || q.bid + q.ask === 0n || q.ask < q.bid || (q.ask - q.bid) * 20_000n > whole(l.spreadBpsMax) * abs(q.bid + q.ask),
  );

  // The order itself.
  const prices = [c.price, c.stopLoss, c.takeProfit].filter((price) => price !== undefined);
  const offGrid = prices.some((price) => price % i.tick !== 0n || (price <= 0n && !i.priceMayBeNegative));
  const worth = abs(c.price) * c.quantity * i.multiplier;
  refuse("precision", c.quantity <= 0n || c.quantity % i.lot !== 0n || offGrid || c.notional * scale !== worth);
  refuse("minimum_order", c.quantity < i.minQuantity || (isEntry && worth < i.minNotional * scale));
  const position = s.positions.find((held) => held.instrument === i.id);
  const held = position?.quantity ?? 0n;
  const reducible = held * direction < 0n ? abs(held) : 0n;
  const others = s.openOrders.filter((open) => open.id !== c.replaces && (stage !== "wire" || open.id !== c.order));
  const here = others.filter((open) => open.instrument === i.id);
  if (c.purpose === "entry") refuse("protective_order", badProtection(scene));
  if (c.purpose === "stop_loss") refuse("protective_order", !c.reduceOnly || reducible === 0n || c.quantity > reducible);
  refuse(
    "unknown_order",
    s.openOrders.some(
      (open) =>
        open.state === "lost" &&
        ((open.intent === c.intent && ((c.purpose !== "stop_loss" && c.purpose !== "take_profit") || open.purpose === c.purpose)) ||
          (isEntry && open.instrument === i.id)),
    ),
  );
  const id = c.order;
  if (stage === "wire") refuse("duplicate_exact", id === undefined || s.openOrder(id)?.state !== "planned");
  else refuse("duplicate_exact", id !== undefined && s.knowsOrder(id));
  const alike = (mine: bigint, theirs: bigint): boolean => abs(mine - theirs) * 10_000n <= whole(l.duplicateSizeBps) * theirs;
  const inWindow = (instant: Temporal.Instant): boolean => ageOf(instant) <= l.duplicateWindowMs;
  const sameEntry = (of: { instrument: string; side: string; purpose: string }): boolean =>
    of.instrument === i.id && of.side === c.side && of.purpose === "entry";
  refuseEntry(
    "duplicate_semantic",
    s.sentOrders.some((sent) => sameEntry(sent) && sent.id !== c.replaces && alike(c.quantity, sent.quantity) && inWindow(sent.sentAt)) ||
      others.some((open) => sameEntry(open) && alike(c.quantity, open.quantity) && inWindow(open.plannedAt)) ||
      s.reservations.some((r) => r.intent !== c.intent && r.instrument === i.id && r.side === c.side && alike(c.notional, r.notional)),
  );
  if (isProtection) {
    const same = (open: OpenOrder): boolean => open.purpose === c.purpose && open.side === c.side && open.quantity === c.quantity;
    refuse(
      "duplicate_semantic",
      here.some((open) => same(open) && (open.stop ?? open.limit) === c.price),
    );
  }
  const resting = here
    .filter((open) => open.type === "limit" && open.side !== c.side)
    .flatMap((open) => (open.limit === undefined ? [] : [open.limit]));
  if (c.purpose !== "stop_loss" && c.purpose !== "take_profit")
    refuse(
      "self_trade",
      resting.some((limit) => (c.price - limit) * direction >= 0n),
    );
  refuseEntry(
    "message_throttle",
    s.sentOrders.filter((sent) => sent.purpose === "entry" && ageOf(sent.sentAt) < 60_000).length >= l.ordersPerMinuteMax,
  );
  refuseEntry(
    "repeated_execution",
    s.latches.some((latch) => latch.name === "repeated_execution") ||
      s.entriesFilledSince(i.id, scene.now.subtract({ hours: 1 })) >= l.entriesPerHourMax,
  );
  const leaving = here
    .filter((open) => open.side === c.side && ["reduce", "close"].includes(open.purpose))
    .map((open) => most(0n, open.quantity - open.filled));
  if (c.purpose !== "entry")
    refuse(
      "reduce_only",
      !c.reduceOnly || reducible === 0n || c.quantity + (c.purpose === "reduce" || c.purpose === "close" ? total(leaving) : 0n) > reducible,
    );

  // How much.
  const incoming = others.filter((open) => open.purpose === "entry" || !open.reduceOnly);
  const waiting = s.reservations.filter((reservation) => reservation.intent !== c.intent);
  const ids = new Set([
    i.id,
    ...s.positions.map((p) => p.instrument),
    ...incoming.map((o) => o.instrument),
    ...waiting.map((w) => w.instrument),
  ]);
  refuseEntry("positions_count", ids.size > l.positionsMax);
  refuseEntry("order_value", c.notional > l.orderNotionalMax || c.notional * 10_000n > s.equity * whole(l.orderEquityBpsMax));
  refuse("order_quantity", c.quantity > i.maxQuantity);
  if (c.stopLoss === undefined) refuseEntry("risk_per_trade", l.stopRequired);
  else {
    const lost = abs(c.price - c.stopLoss) * c.quantity * i.multiplier * 10_000n;
    refuseEntry("risk_per_trade", s.equity <= 0n || lost > s.equity * scale * whole(l.riskPerTradeBpsMax));
  }
  if (isEntry) for (const code of tooMuch(scene, worth, incoming, waiting)) refusing.add(code);
  return refusing;
}

const within = (price: bigint, reference: bigint, points: number): boolean =>
  abs(price - reference) * 10_000n <= whole(points) * abs(reference);

function outsideCollar(scene: Scene, isEntry: boolean, isProtection: boolean): boolean {
  const { candidate: c, limits: l, standing: s } = scene;
  const { bid, ask, last, mark } = scene.quote(c.instrument.id)!;
  const mayBeNegative = c.instrument.priceMayBeNegative;
  if (isProtection) {
    if (mark === 0n || (mark < 0n && !mayBeNegative)) return true;
    const points = l.stopDistanceBpsMax * (c.purpose === "take_profit" ? 3 : 1);
    const entries = s.positions.filter((held) => held.instrument === c.instrument.id).map((held) => held.averageEntry);
    return ![mark, ...entries].some((reference) => within(c.price, reference, points));
  }
  if (bid + ask === 0n || (!mayBeNegative && [bid, ask].some((price) => price <= 0n))) return true;
  if (isEntry) {
    if (mark === 0n || (!mayBeNegative && [last, mark].some((price) => price <= 0n))) return true;
    if (!within(last, mark, l.referenceGapBpsMax) || !within(bid + ask, 2n * mark, l.referenceGapBpsMax)) return true;
  }
  const collar = l.priceCollarBps * (isEntry ? 1 : 3);
  const worse = c.side === "buy" ? 2n * c.price > bid + ask : 2n * c.price < bid + ask;
  return !within(2n * c.price, bid + ask, worse ? collar : collar * 10);
}

function badProtection({ candidate: c, limits: l }: Scene): boolean {
  const against = (price: bigint): bigint => (c.side === "buy" ? c.price - price : price - c.price);
  const points = (price: bigint): bigint => against(price) * 10_000n;
  if (c.takeProfit !== undefined) {
    if (against(c.takeProfit) >= 0n) return true;
    if (-points(c.takeProfit) > 3n * whole(l.stopDistanceBpsMax) * abs(c.price)) return true;
  }
  if (c.stopLoss === undefined) return l.stopRequired;
  if (against(c.stopLoss) <= 0n) return true;
  return points(c.stopLoss) < whole(l.stopDistanceBpsMin) * abs(c.price) || points(c.stopLoss) > whole(l.stopDistanceBpsMax) * abs(c.price);
}

type Line = {
  readonly of: Instrument;
  readonly long: boolean;
  readonly worth: bigint;
  readonly isPosition: boolean;
  /** Of something paid in full and not held yet: what it takes with its fee, in parts of 10^-48. */
  readonly paid?: bigint;
};

/** Whole worth at the own price, of a sale at the last price where that is higher; a fee of the worth, or of the contracts. */
function paidFor(scene: Scene, of: Instrument, long: boolean, own: bigint, many: bigint): bigint {
  const { takerFee, feePerContract } = scene.charges;
  const last = scene.quote(of.id)?.last ?? 0n;
  const worth = (long ? own : most(own, last)) * many * of.multiplier;
  const byContract = of.kind === "option" && feePerContract !== undefined;
  return worth * fraction + (byContract ? feePerContract * many * fraction * fraction : worth * takerFee);
}

function tooMuch(
  scene: Scene,
  worth: bigint,
  incoming: readonly OpenOrder[],
  waiting: Scene["standing"]["reservations"],
): readonly RailCode[] {
  const { candidate: c, standing: s, limits: l } = scene;
  const unknown: RailCode[] = ["position_value", "concentration", "gross_exposure", "net_exposure", "leverage", "buying_power"];
  const known = (id: Instrument["id"]): Instrument => scene.instrument(id)!;
  const priceless = s.positions.some((p) => (scene.quote(p.instrument)?.mark ?? 0n) <= 0n);
  const pathless = incoming.some((o) => (o.limit ?? o.stop ?? scene.quote(o.instrument)?.mark ?? 0n) <= 0n);
  const cash = (id: Instrument["id"]): boolean => known(id).kind !== "perpetual";
  const saleless = incoming.some((o) => o.side === "sell" && cash(o.instrument) && scene.quote(o.instrument) === undefined);
  if (priceless || pathless || saleless) return c.instrument.kind === "perpetual" ? [...unknown, "liquidation_distance"] : unknown;

  const lines: Line[] = [
    ...s.positions.map((p) => ({
      of: known(p.instrument),
      long: p.quantity > 0n,
      worth: scene.quote(p.instrument)!.mark * abs(p.quantity) * known(p.instrument).multiplier,
      isPosition: true,
    })),
    ...incoming.map((o) => ({
      of: known(o.instrument),
      long: o.side === "buy",
      worth: (o.limit ?? o.stop ?? scene.quote(o.instrument)!.mark) * most(0n, o.quantity - o.filled) * known(o.instrument).multiplier,
      isPosition: false,
      paid: paidFor(
        scene,
        known(o.instrument),
        o.side === "buy",
        o.limit ?? o.stop ?? scene.quote(o.instrument)!.mark,
        most(0n, o.quantity - o.filled),
      ),
    })),
    ...waiting.map((w) => ({
      of: known(w.instrument),
      long: w.side === "buy",
      worth: w.notional * scale,
      isPosition: false,
      paid: w.notional * scale * (fraction + scene.charges.takerFee),
    })),
  ];
  const long = c.side === "buy";
  const worthOf = (keep: (line: Line) => boolean): bigint => total(lines.filter(keep).map((line) => line.worth));
  const same = worthOf((line) => line.of.id === c.instrument.id && line.long === long);
  const equity = s.equity * scale;
  const beyondShare = (amount: bigint, points: number): boolean => amount * 10_000n > equity * whole(points);
  const gross = worthOf(() => true) + worth;
  const net = worthOf((line) => line.long === long) - worthOf((line) => line.long !== long && line.isPosition) + worth;
  const ownLeverage = c.instrument.kind === "perpetual" ? Math.min(c.instrument.leverageMax, l.leverageMax) : l.leverageMax;

  // Leverages divide evenly, so that margins are whole numbers here without a rounding rule.
  const marginOf = (of: Instrument, amount: bigint): bigint =>
    of.kind === "perpetual" ? amount / whole(Math.min(of.leverageMax, l.leverageMax)) : amount;
  const isolatedOf = (line: Line): bigint =>
    line.isPosition ? (s.positions.find((p) => p.instrument === line.of.id)?.isolatedMargin ?? 0n) * scale : 0n;
  const marginOfLine = (line: Line): bigint =>
    line.of.kind === "perpetual" || line.paid === undefined ? most(marginOf(line.of, line.worth), isolatedOf(line)) * fraction : line.paid;
  const spokenFor = (keep: (line: Line) => boolean): bigint => total(lines.filter(keep).map(marginOfLine));
  const inFull = c.instrument.kind !== "perpetual";
  const needed = inFull ? paidFor(scene, c.instrument, long, abs(c.price), c.quantity) : marginOf(c.instrument, worth) * fraction;
  const cashShort = s.cash * scale * fraction - spokenFor((line) => !line.isPosition || line.of.kind === "perpetual") < needed;
  const equityShort = equity * fraction - spokenFor(() => true) < needed;
  const unquoted = inFull && scene.quote(c.instrument.id) === undefined;

  const broken: [RailCode, boolean][] = [
    ["position_value", same + worth > l.positionNotionalMax * scale],
    ["concentration", beyondShare(worthOf((line) => line.of.id === c.instrument.id) + worth, l.concentrationBpsMax)],
    ["gross_exposure", beyondShare(gross, l.grossExposureBpsMax)],
    ["net_exposure", equity <= 0n || beyondShare(net, l.netExposureBpsMax)],
    ["leverage", equity <= 0n || gross > equity * whole(ownLeverage)],
    ["buying_power", equity <= 0n || equityShort || (inFull && (cashShort || unquoted))],
    ["liquidation_distance", fallsWithin(scene, same)],
  ];
  return broken.filter(([, is]) => is).map(([code]) => code);
}

/** Moves the mark against the position by the least distance allowed and looks whether the account still stands. */
function fallsWithin(scene: Scene, same: bigint): boolean {
  const { candidate: c, standing: s, limits: l } = scene;
  const { instrument: i } = c;
  if (i.kind !== "perpetual") return false;
  const quote = scene.quote(i.id);
  if (quote === undefined || quote.mark <= 0n || c.price <= 0n || s.equity <= 0n) return true;
  const long = c.side === "buy";
  const overpaid = most(0n, long ? c.price - quote.mark : quote.mark - c.price) * c.quantity * i.multiplier;
  const mine = s.positions.find((p) => p.instrument === i.id);
  if ((mine?.marginMode ?? s.marginMode) === "isolated") return isolatedFalls(scene, quote.mark, overpaid);
  const needs = s.positions.flatMap((p) => {
    const of = scene.instrument(p.instrument)!;
    if (of.kind !== "perpetual" || of.id === i.id) return [];
    const value = scene.quote(of.id)!.mark * p.quantity * of.multiplier;
    if (p.marginMode === "cross") return [abs(value) * of.maintenanceMarginRate];
    const cost = p.cost * scale * (p.quantity > 0n ? 1n : -1n);
    return [most(0n, p.isolatedMargin * scale + value - cost) * fraction];
  });
  const size = same + quote.mark * c.quantity * i.multiplier;
  const move = whole(l.liquidationDistanceBpsMin);
  const moved = size * (long ? 10_000n - move : 10_000n + move);
  const left = (s.equity * scale - overpaid) * 10_000n - size * move;
  return left * fraction - total(needs) * 10_000n < moved * i.maintenanceMarginRate;
}

/** The same for a position with a pocket of its own, as it stands and with the order: all amounts are held times the leverage, so nothing is divided. */
function isolatedFalls({ candidate: c, standing: s, limits: l }: Scene, mark: bigint, overpaid: bigint): boolean {
  const { instrument: i } = c;
  if (i.kind !== "perpetual") return false;
  const long = c.side === "buy";
  const move = whole(l.liquidationDistanceBpsMin);
  const times = whole(s.leverage);
  const mine = s.positions.find((p) => p.instrument === i.id && p.quantity > 0n === long);
  const size = mine === undefined ? 0n : mark * abs(mine.quantity) * i.multiplier;
  const gained = mine === undefined ? 0n : (size - mine.cost * scale) * (long ? 1n : -1n);
  const pocket = (mine?.isolatedMargin ?? 0n) * scale + gained;
  const falls = (margin: bigint, worth: bigint): boolean => {
    const left = margin * 10_000n - worth * move * times;
    return left * fraction < worth * (long ? 10_000n - move : 10_000n + move) * i.maintenanceMarginRate * times;
  };
  const bought = abs(c.price) * c.quantity * i.multiplier;
  return falls(pocket * times, size) || falls((pocket - overpaid) * times + bought, size + mark * c.quantity * i.multiplier);
}
