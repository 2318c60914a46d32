import type { Scene } from "../../flow/rails/candidate.ts";
import type { RailCode } from "../../flow/rails/codes.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import { clientOrderIdOf, instrumentId } from "../../words/ids.ts";
import { larger, minus, money, negate, plus, type Money } from "../../words/money.ts";
import { price } from "../../words/price.ts";
import { quantity } from "../../words/quantity.ts";
import { rate } from "../../words/rate.ts";
import { above, holding, msAgo, openOrder, perpetual, sentOrder, shareOf, soundScene, type Wish } from "./sound-scene.ts";

/** An order that must not leave, and the rail that stands against it. */
export type Probe = {
  readonly rail: RailCode;
  /** What is tried, for people. */
  readonly tried: string;
  readonly scene: Scene;
};

const me = perpetual();
const other = (index: number) => perpetual(`OTHER${index}`);
const a = other(1);
const b = other(2);
const rich = money("1000000000");
const plenty = (of: Money): Money => larger(of, money("1000"));

/** For each rail an order just past the user's own limit, sound in everything else: with the rail gone it would leave. */
export function railProbes(limits: Limits): readonly Probe[] {
  const probe = (rail: RailCode, tried: string, wish: Omit<Wish, "limits"> & { readonly limits?: Limits }): Probe => ({
    rail,
    tried,
    scene: soundScene({ limits, ...wish }),
  });
  const equity = money("1000000");
  const position = limits.positionNotionalMax;
  const small = money("10000");
  const near = (points: number, less: string): Money => minus(shareOf(small, points), money(less));
  return [
    probe("kill_switch", "an entry after somebody pulled the kill switch", { standing: { killLevel: "K1" } }),
    probe("loss_latch", "an entry while a loss limit is latched", {
      standing: { latches: [{ name: "drawdown", level: "none", by: "probe", reason: "probe", latchedAt: msAgo(1000) }] },
    }),
    probe("daily_loss", "an entry at the day's loss limit", {
      standing: {
        equity: minus(equity, shareOf(equity, limits.dailyLossBpsMax)),
        peakEquity: minus(equity, shareOf(equity, limits.dailyLossBpsMax)),
      },
    }),
    probe("drawdown", "an entry at the drawdown limit", {
      standing: { peakEquity: peakOf(equity, limits.drawdownBpsMax) },
    }),
    unlisted(probe("instrument_permission", "an instrument that is not on the list", {})),
    probe("market_state", "an entry while the market is closed", { sessionOpen: false }),
    probe("stale_data", "an entry on a quote older than its limit", { quote: { quotedAt: msAgo(limits.quoteAgeMsMax + 1) } }),
    probe("stale_data", "an entry while the venue's clock is half a second and one millisecond ahead", {
      standing: { measured: { deltaOf: () => undefined, clock: { known: "measured", at: msAgo(0), skewMs: 501, uncertaintyMs: 0 } } },
    }),
    probe("price_collar", "a price beyond the collar", {
      candidate: { price: above(price("100"), limits.priceCollarBps + 1) },
      stopBps: Math.min(limits.stopDistanceBpsMax - 1, Math.max(limits.stopDistanceBpsMin + 1, 100)),
    }),
    probe("spread", "an entry into a wide spread", {
      quote: { bid: above(price("100"), -limits.spreadBpsMax), ask: above(price("100"), limits.spreadBpsMax) },
    }),
    probe("precision", "half a lot", { candidate: { quantity: quantity("1.0005") } }),
    probe("minimum_order", "less than the venue takes", { candidate: { quantity: quantity("0.04") } }),
    probe("protective_order", "a stop on the wrong side", { candidate: { stopLoss: price("100.5") } }),
    probe("unknown_order", "a second entry while the first has no answer", {
      standing: { openOrders: [openOrder(me.id, { state: "lost" })] },
    }),
    probe("duplicate_exact", "an order id that was used", {
      candidate: { order: clientOrderIdOf("used") },
      standing: { knowsOrder: () => true },
    }),
    ...(limits.duplicateWindowMs === 0
      ? []
      : [
          probe("duplicate_semantic", "the same idea again, at once", {
            candidate: { quantity: quantity("1") },
            standing: { sentOrders: [sentOrder(me.id)] },
          }),
        ]),
    probe("self_trade", "an entry through an order of its own", {
      standing: { openOrders: [openOrder(me.id, { side: "sell", quantity: quantity("0.5") })] },
    }),
    probe("message_throttle", "more orders a minute than allowed", {
      others: [a],
      standing: { sentOrders: Array.from({ length: limits.ordersPerMinuteMax }, () => sentOrder(a.id)) },
    }),
    probe("repeated_execution", "the same entry over and over", { standing: { entriesFilledSince: () => limits.entriesPerHourMax } }),
    probe("reduce_only", "a close of more than is held", {
      candidate: { purpose: "close", side: "sell", reduceOnly: true, price: price("99.999"), quantity: quantity("1.001") },
      standing: { positions: [holding(me.id, money("100"))] },
    }),
    manyPositions(probe, limits.positionsMax),
    probe("order_value", "an order worth more than the largest", {
      equity: rich,
      worth: plus(limits.orderNotionalMax, money("1")),
      stopBps: limits.stopDistanceBpsMin + 1,
    }),
    probe("order_quantity", "more than the venue takes at once", { instrument: perpetual("PROBE", { maxQuantity: quantity("0.1") }) }),
    probe("risk_per_trade", "a stop so far that it may lose too much", { ...tooRisky(limits) }),
    probe("position_value", "an addition past the largest position", {
      equity: rich,
      standing: { positions: [holding(me.id, minus(position, money("10")))] },
    }),
    probe("concentration", "too much of one instrument", {
      equity: small,
      standing: { positions: [holding(me.id, near(limits.concentrationBpsMax, "10"))] },
    }),
    probe("gross_exposure", "longs and shorts past the limit", {
      equity: small,
      others: [a, b],
      standing: {
        positions: [
          holding(a.id, half(near(limits.grossExposureBpsMax, "10"))),
          holding(b.id, negate(half(near(limits.grossExposureBpsMax, "10")))),
        ],
      },
    }),
    probe("net_exposure", "everything on one side past the limit", {
      equity: small,
      others: [a],
      standing: { positions: [holding(a.id, near(limits.netExposureBpsMax, "10"))] },
    }),
    probe("leverage", "more than the instrument may be levered", {
      instrument: perpetual("PROBE", { leverageMax: 1 }),
      equity: small,
      others: [a, b],
      standing: { positions: [holding(a.id, money("5000")), holding(b.id, money("-4995"))] },
    }),
    probe("buying_power", "what there is cash for, and none for the fee on it", {
      instrument: aCoin,
      standing: { cash: money("20.0002") },
    }),
    probe("liquidation_distance", "a position that an ordinary move liquidates", {
      instrument: perpetual("PROBE", { maintenanceMarginRate: rate("0.93"), leverageMax: 1_000 }),
      equity: small,
      standing: { positions: [holding(me.id, money("5900"))] },
      ...(limits.liquidationDistanceBpsMin > 6_000 ? {} : nearLiquidation),
    }),
  ];
}

/** Backed by so little that a move of a few per cent is the end of it, while exposure stays within its limits. */
const nearLiquidation = {
  standing: { marginMode: "isolated", leverage: 50, positions: [] },
} as const satisfies Pick<Wish, "standing">;

const aCoin = {
  kind: "spot",
  id: instrumentId("PROBE"),
  symbol: "PROBE",
  base: "PROBE",
  venue: "probe",
  currency: "USDT",
  tick: price("0.001"),
  lot: quantity("0.001"),
  multiplier: quantity("1"),
  minQuantity: quantity("0.001"),
  maxQuantity: quantity("1000000"),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
} as const;

const half = (of: Money): Money => shareOf(of, 5_000);

/** The peak from which `equity` has fallen by so many basis points. */
const peakOf = (equity: Money, points: number): Money =>
  plus(equity, shareOf(equity, Math.ceil((points * 10_000) / (10_000 - points)) + 1));

const unlisted = (probe: Probe): Probe => ({
  ...probe,
  scene: { ...probe.scene, limits: { ...probe.scene.limits, allowed: [instrumentId("SOMETHING.ELSE")] } },
});

type Make = (rail: RailCode, tried: string, wish: Omit<Wish, "limits">) => Probe;

function manyPositions(probe: Make, most: number): Probe {
  const others = Array.from({ length: most }, (_, index) => other(index + 1));
  return probe("positions_count", "one position more than allowed", {
    others,
    standing: { positions: others.map(({ id }) => holding(id, money("20"))) },
  });
}

/** As much as may be lost at the stop, and a little more: at the farthest stop, with no more equity than that takes. */
function tooRisky(limits: Limits): Omit<Wish, "limits"> {
  const stopBps = limits.stopDistanceBpsMax - 1;
  const worth = money("1000");
  const lost = shareOf(worth, stopBps);
  const equity = plenty(shareOf(lost, Math.floor((10_000 * 9_900) / limits.riskPerTradeBpsMax)));
  return { worth, stopBps, equity };
}
