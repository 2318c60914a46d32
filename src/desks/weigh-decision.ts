import { calibrated } from "../flow/calibration/calibrator.ts";
import type { AssetContext } from "../flow/context/gather.ts";
import { levelsOnTick } from "../flow/proposals/decisive-proposal.ts";
import type { Decisive } from "../flow/proposals/read-decisive.ts";
import type { Thresholds } from "../flow/sizing/aggressiveness.ts";
import { weighEdge, type WeighedEdge } from "../flow/sizing/edge.ts";
import { sizeByEdge, type SizeAnswer } from "../flow/sizing/edge-size.ts";
import type { Turn } from "../runtime/turn.ts";
import { approximately } from "../words/exact.ts";
import type { Money } from "../words/money.ts";
import { priceNear } from "../words/price.ts";

export type WeighSettings = {
  readonly model: string;
  readonly thresholds: Thresholds;
  readonly atrTimes: number;
  readonly horizonDays: number;
  readonly sizeBySkill: boolean;
  readonly skillFull: number;
  readonly feeBps: number;
  readonly slippageBps: number;
  readonly borrowBpsYear: number;
  readonly orderMax: Money;
};

export type Weighed = { readonly edge: WeighedEdge; readonly size: SizeAnswer };

/** What a night of a year is to brokers that lend shares (actual/360); five sessions are seven nights. */
const [yearDays, daysOfSession] = [360, 7 / 5];

/** A decision to trade comes in; what it is worth after all costs, and what would be put on it, goes out. Its levels are there: that was checked. */
export function weighDecision(
  { state }: Turn,
  decision: Decisive,
  { instrument, market }: AssetContext,
  settings: WeighSettings,
  modelCost: Money,
): Weighed | "no_range" {
  const { bid, ask, last } = market.quote;
  const { stopLoss = last, takeProfit = last } = levelsOnTick(decision, instrument);
  const atr = priceNear(market.frames[0]?.values["atr14"] ?? Number.NaN, instrument.tick, "up");
  if (atr === undefined || atr <= 0n) return "no_range";
  const { thresholds, orderMax, atrTimes } = settings;
  const active = state.measured.calibratorOf(settings.model);
  const pWinSaid = decision.pWin ?? 0;
  const sized = (kelly: number, skillScale: number): SizeAnswer =>
    sizeByEdge({ equity: state.equity, entry: last, stop: stopLoss, atr, atrTimes, kelly, thresholds, skillScale, orderMax });

  const [low, high, middle] = [approximately(bid), approximately(ask), approximately(last)];
  // The model is paid whatever becomes of its idea: its part is measured against the most that the idea may become.
  const most = approximately(sized(1, 1).notional);
  const edge = weighEdge({
    side: decision.direction === "long" ? "buy" : "sell",
    entry: middle,
    stop: approximately(stopLoss),
    target: approximately(takeProfit),
    pWinSaid,
    pWin: active === undefined ? pWinSaid : calibrated(active.map, pWinSaid),
    costs: {
      spreadBps: ((high - low) / middle) * 10_000,
      slippageBps: 2 * settings.slippageBps,
      feesBps: 2 * settings.feeBps,
      borrowBps: decision.direction === "short" ? (settings.borrowBpsYear * settings.horizonDays * daysOfSession) / yearDays : 0,
      modelBps: most > 0 ? (approximately(modelCost) / most) * 10_000 : 0,
    },
  });
  const skillScale = settings.sizeBySkill && active !== undefined ? active.skill / settings.skillFull : 1;
  return { edge, size: sized(edge.kelly, Math.min(1, Math.max(0, skillScale))) };
}
