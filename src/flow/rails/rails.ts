import { buyingPower } from "./buying-power.ts";
import { concentration } from "./concentration.ts";
import { dailyLoss } from "./daily-loss.ts";
import { drawdown } from "./drawdown.ts";
import { duplicateExact } from "./duplicate-exact.ts";
import { duplicateSemantic } from "./duplicate-semantic.ts";
import { grossExposure } from "./gross-exposure.ts";
import { instrumentPermission } from "./instrument-permission.ts";
import { killSwitch } from "./kill-switch.ts";
import { leverage } from "./leverage.ts";
import { liquidationDistance } from "./liquidation-distance.ts";
import { lossLatch } from "./loss-latch.ts";
import { marketState } from "./market-state.ts";
import { messageThrottle } from "./message-throttle.ts";
import { minimumOrder } from "./minimum-order.ts";
import { netExposure } from "./net-exposure.ts";
import { orderQuantity } from "./order-quantity.ts";
import { orderValue } from "./order-value.ts";
import { positionValue } from "./position-value.ts";
import { positionsCount } from "./positions-count.ts";
import { precision } from "./precision.ts";
import { priceCollar } from "./price-collar.ts";
import { protectiveOrder } from "./protective-order.ts";
import { reduceOnly } from "./reduce-only.ts";
import { repeatedExecution } from "./repeated-execution.ts";
import { riskPerTrade } from "./risk-per-trade.ts";
import { selfTrade } from "./self-trade.ts";
import { spread } from "./spread.ts";
import { staleData } from "./stale-data.ts";
import { unknownOrder } from "./unknown-order.ts";
import type { Rail } from "./verdict.ts";

/** Every reason not to, in order of precedence: first whether to trade at all, then whether this order is sound, then how much. */
export const rails: readonly Rail[] = [
  killSwitch,
  lossLatch,
  dailyLoss,
  drawdown,
  instrumentPermission,
  marketState,
  staleData,
  priceCollar,
  spread,
  precision,
  minimumOrder,
  protectiveOrder,
  unknownOrder,
  duplicateExact,
  duplicateSemantic,
  selfTrade,
  messageThrottle,
  repeatedExecution,
  reduceOnly,
  positionsCount,
  orderValue,
  orderQuantity,
  riskPerTrade,
  positionValue,
  concentration,
  grossExposure,
  netExposure,
  leverage,
  buyingPower,
  liquidationDistance,
];
