import { z } from "zod";
import { amount, flag, normally, whole } from "../leaf.ts";

/** Every key of the rails' `Limits` but `allowed`, which comes from the instruments at hand. */
export const limits = z.strictObject({
  priceCollarBps: normally(
    whole(1, 2000, "bps", "How much worse than the middle an entry's price may be; exits have three times that"),
    100,
  ),
  referenceGapBpsMax: normally(whole(1, 2000, "bps", "How far last, middle and mark may differ and still be believed"), 150),
  quoteAgeMsMax: normally(whole(100, 86_400_000, "ms", "Age from which a quote is stale"), 120_000),
  spreadBpsMax: normally(whole(1, 2000, "bps", "Widest spread that is entered into"), 50),
  orderNotionalMax: normally(amount("1", "1000000000000", "USD", "Largest entry, in money"), "50000"),
  orderEquityBpsMax: normally(whole(1, 500_000, "bps of equity", "Largest entry, against equity"), 5000),
  positionNotionalMax: normally(amount("1", "1000000000000", "USD", "Largest position in one instrument, in money"), "60000"),
  concentrationBpsMax: normally(
    whole(1, 500_000, "bps of equity", "Largest exposure to one instrument, orders on their way included"),
    6000,
  ),
  grossExposureBpsMax: normally(whole(1, 500_000, "bps of equity", "Longs and shorts added"), 20_000),
  netExposureBpsMax: normally(whole(1, 500_000, "bps of equity", "Longs less shorts, either way"), 15_000),
  leverageMax: normally(whole(1, 50, "times", "Gross exposure over equity"), 3),
  liquidationDistanceBpsMin: normally(whole(0, 9000, "bps", "How far the liquidation price stays from the mark"), 1000),
  dailyLossBpsMax: normally(whole(1, 10_000, "bps of equity", "Loss since the trading day began from which entries stop"), 300),
  drawdownBpsMax: normally(whole(1, 10_000, "bps of equity", "Loss since the highest equity from which entries stop"), 1500),
  ordersPerMinuteMax: normally(whole(1, 6000, "orders a minute", "Entries sent, rejected ones too"), 30),
  entriesPerHourMax: normally(whole(1, 3600, "fills an hour", "Entries filled in one instrument that no person has looked at"), 12),
  duplicateWindowMs: normally(whole(0, 86_400_000, "ms", "For how long a like order counts as the same idea"), 60_000),
  duplicateSizeBps: normally(whole(0, 10_000, "bps", "How much sizes may differ and still be alike"), 1000),
  positionsMax: normally(whole(1, 1000, "positions", "Instruments held or on their way"), 8),
  stopRequired: normally(flag("Whether every entry brings a stop"), true),
  stopDistanceBpsMin: normally(whole(0, 10_000, "bps", "Nearest stop"), 5),
  stopDistanceBpsMax: normally(whole(1, 10_000, "bps", "Farthest stop; targets have three times that"), 2500),
  riskPerTradeBpsMax: normally(whole(1, 10_000, "bps of equity", "Loss of one trade at its stop"), 200),
});
