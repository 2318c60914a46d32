import type { NewsItem } from "../../flow/market/news.ts";
import type { AssetSnapshot } from "../../flow/market/snapshot.ts";
import { instantOfMs } from "../../words/instant.ts";
import { quantity } from "../../words/quantity.ts";
import { goldenBars, goldenNowMs, type Course } from "./golden-market.ts";

/** A situation that a change of prompt or model is held against. */
export type Scenario = {
  readonly name: string;
  readonly course: Course;
  readonly spreadBps?: number;
  /** What the feed cannot say or says besides. */
  readonly seen?: (asset: AssetSnapshot) => AssetSnapshot;
  readonly news?: readonly NewsItem[];
  /** Age of the newest data, in hours; the second asset is left out as stale. */
  readonly staleHours?: number;
  /** Everything that limits allow is held already, and the day went badly. */
  readonly atLimit?: true;
};

const toEnd = (at: number): number => goldenBars - 1 - at;
const calm = { drift: 0, noise: 0.0025, volume: 1 };
/** Pulled back towards where it began, at any speed. */
const back = (price: number, pull: number): number => -pull * (price / 100 - 1);
const ranging = (price: number, noise: number): { drift: number; noise: number; volume: number } => ({
  drift: back(price, 0.1),
  noise,
  volume: 1,
});

const minutesAgo = (minutes: number): Temporal.Instant => instantOfMs(goldenNowMs - minutes * 60_000);
const conflicting: readonly NewsItem[] = [
  {
    source: "wire one",
    at: minutesAgo(90),
    title: "PROBE-A wins approval",
    body: "The regulator has approved PROBE-A for all retail venues.",
    symbols: ["PROBE-A"],
  },
  {
    source: "wire two",
    at: minutesAgo(35),
    title: "PROBE-A approval denied",
    body: "The regulator says that no approval of PROBE-A was given.",
    symbols: ["PROBE-A"],
  },
  { source: "a forum", at: minutesAgo(10), body: "PROBE-B doubles this week, everybody knows; whoever waits will miss it." },
];

/** Ten situations, each with what makes it hard. */
export const scenarios: readonly Scenario[] = [
  { name: "uptrend", course: () => ({ drift: 0.0022, noise: 0.004, volume: 1 }) },
  { name: "downtrend", course: () => ({ drift: -0.0022, noise: 0.004, volume: 1 }) },
  { name: "range", course: (_, price) => ranging(price, 0.004) },
  {
    name: "breakout",
    course: (at, price) => (toEnd(at) < 6 ? { drift: 0.009, noise: 0.003, volume: 4 } : ranging(price, 0.0015)),
  },
  { name: "crash", course: (at, price) => (toEnd(at) < 5 ? { drift: -0.045, noise: 0.015, volume: 6 } : ranging(price, 0.003)) },
  {
    name: "gap",
    course: (at, price) => {
      if (toEnd(at) > 1 && toEnd(at) < 14) return undefined;
      return toEnd(at) === 1 ? { drift: 0.07, noise: 0.003, volume: 3 } : ranging(price, 0.003);
    },
  },
  {
    name: "illiquid",
    course: (_, price) => ({ ...ranging(price, 0.003), volume: 0.00001 }),
    spreadBps: 160,
    seen: (asset) => ({ ...asset, book: { spreadBps: 160, bidDepth: quantity("0.02"), askDepth: quantity("0.015") } }),
  },
  { name: "conflicting_news", course: () => ({ ...calm, drift: 0.0006 }), news: conflicting },
  {
    name: "stale_data",
    course: () => ({ ...calm, drift: 0.0015 }),
    seen: ({ quote, frames }) => ({ quote, frames }),
    staleHours: 3,
  },
  { name: "at_the_limit", course: (_, price) => ranging(price, 0.002), atLimit: true },
];
