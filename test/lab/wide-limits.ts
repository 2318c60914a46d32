/** Settings that leave room for a position which its margin can lose. */
export const wide = [
  "account.leverage=20",
  "limits.leverageMax=20",
  "limits.stopRequired=false",
  "limits.liquidationDistanceBpsMin=0",
  "limits.orderNotionalMax=10000000",
  "limits.orderEquityBpsMax=200000",
  "limits.positionNotionalMax=10000000",
  "limits.concentrationBpsMax=200000",
  "limits.grossExposureBpsMax=200000",
  "limits.netExposureBpsMax=200000",
  "limits.riskPerTradeBpsMax=10000",
  "limits.dailyLossBpsMax=10000",
  "limits.drawdownBpsMax=10000",
  "perps.allocationUsdMax=10000000",
  "venue.takerFeeBps=5",
];
