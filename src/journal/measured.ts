import type { Calibrator } from "../flow/calibration/calibrator.ts";
import type { MarketMeasures } from "../flow/market/measures.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import type { GroupStanding } from "../flow/portfolio/group-standing.ts";
import type { KnownClock } from "../words/clock-skew.ts";
import type { InstrumentId } from "../words/ids.ts";
import { DailyMarks } from "./daily-marks.ts";
import type { Fact } from "./fact.ts";

const unanswered: KnownClock = { known: "unanswered" };

/** What a run has measured so far: of the market, and of how far its proposers can be believed. */
export class Measured {
  /** One last price a day for each instrument. */
  readonly daily = new DailyMarks();
  market: MarketMeasures | undefined;
  /** Whether that was measured since the day opened. */
  marketIsFresh = false;
  /** By whose words they read; of each the newest that was fitted. */
  readonly #calibrators = new Map<string, Calibrator>();

  /** The other accounts of the group, as they were last seen. */
  group: GroupStanding | undefined;
  /** The venue's own, as it was last told; undefined where it was never anything but ours. */
  clock: KnownClock | undefined;
  /** When the newest entry was made. */
  seenAt: Temporal.Instant | undefined;
  #snapshot: MarketSnapshot | undefined;

  /** What the confidence of a proposer, by name, is read by; undefined while too few of its outcomes are known. */
  calibratorOf(name: string): Calibrator | undefined {
    return this.#calibrators.get(name);
  }

  /** Of an option, as the newest snapshot had it. */
  deltaOf(instrument: InstrumentId): number | undefined {
    return this.#snapshot?.assets.find(({ quote }) => quote.instrument === instrument)?.contract?.delta;
  }

  see(fact: Fact, at: Temporal.Instant): void {
    this.seenAt = at;
    switch (fact.kind) {
      case "group_seen":
        this.group = fact;
        return;
      case "woke":
        this.#snapshot = fact.snapshot;
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
        this.#calibrators.set(fact.calibrator.of, fact.calibrator);
        return;
      case "clock_measured":
        this.clock = { known: "measured", at, skewMs: fact.skewMs, uncertaintyMs: fact.uncertaintyMs };
        return;
      case "clock_unanswered":
        this.clock = unanswered;
        return;
      default:
        return;
    }
  }
}
