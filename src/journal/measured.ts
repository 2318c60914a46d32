import type { Calibrator } from "../flow/calibration/calibrator.ts";
import type { MarketMeasures } from "../flow/market/measures.ts";
import { DailyMarks } from "./daily-marks.ts";
import type { Fact } from "./fact.ts";

/** What a run has measured so far: of the market, and of how far its proposers can be believed. */
export class Measured {
  /** One last price a day for each instrument. */
  readonly daily = new DailyMarks();
  market: MarketMeasures | undefined;
  /** Whether that was measured since the day opened. */
  marketIsFresh = false;
  /** What proposers' confidence is read by; the newest that was fitted. */
  calibrator: Calibrator | undefined;

  see(fact: Fact): void {
    switch (fact.kind) {
      case "woke":
        return this.daily.woke(fact.snapshot);
      case "day_opened":
        this.marketIsFresh = false;
        return this.daily.dayOpened();
      case "shares_split":
        return this.daily.split(fact.instrument, fact.from, fact.into);
      case "market_measured":
        this.market = fact;
        this.marketIsFresh = true;
        return;
      case "calibrator_fitted":
        this.calibrator = fact.calibrator;
        return;
      default:
        return;
    }
  }
}
