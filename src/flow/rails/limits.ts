import type { InstrumentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { GroupLimits } from "./group/group-limits.ts";

/** Every limit a rail compares with. Values come from config only; their digest is journalled with each decision. */
export type Limits = {
  /** Instruments that may be traded, by id: never by a name out of a text. */
  readonly allowed: readonly InstrumentId[];
  /** Fingers off beyond this distance from a fresh reference price. */
  readonly priceCollarBps: number;
  /** Last and mark price may differ by this much before the reference is not believed. */
  readonly referenceGapBpsMax: number;
  readonly quoteAgeMsMax: number;
  readonly spreadBpsMax: number;
  readonly orderNotionalMax: Money;
  /** Share of the instrument's recent bar volume is the venue's business; this is the hard cap in equity terms. */
  readonly orderEquityBpsMax: number;
  readonly positionNotionalMax: Money;
  /** One instrument's exposure, position and reservations together, against equity. */
  readonly concentrationBpsMax: number;
  readonly grossExposureBpsMax: number;
  readonly netExposureBpsMax: number;
  readonly leverageMax: number;
  readonly liquidationDistanceBpsMin: number;
  readonly dailyLossBpsMax: number;
  readonly drawdownBpsMax: number;
  readonly ordersPerMinuteMax: number;
  readonly entriesPerHourMax: number;
  readonly duplicateWindowMs: number;
  readonly duplicateSizeBps: number;
  readonly positionsMax: number;
  readonly stopRequired: boolean;
  readonly stopDistanceBpsMin: number;
  readonly stopDistanceBpsMax: number;
  /** Loss at the stop, against equity. */
  readonly riskPerTradeBpsMax: number;
  /** What only the equities' rails compare with: a desk that names those brings these, or they refuse. */
  readonly weeklyLossBpsMax?: number;
  readonly averageDailyValueMin?: Money;
  readonly dayNotionalMax?: Money;
  /** Exposure of one correlation bucket, both sides added, against equity. */
  readonly bucketBpsMax?: number;
  /** The budget that this account shares with others; absent where it stands alone. */
  readonly group?: GroupLimits;
};
