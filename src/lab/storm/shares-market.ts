import type { AssetHistory } from "../../flow/market/bars.ts";
import { shareMarket } from "../../sim/market/share-market.ts";
import type { Random } from "../../sim/random.ts";
import { present } from "../../words/invariant.ts";
import type { StormMarket } from "./shape.ts";
import { calmBars } from "./weather.ts";

/** Sessions of storm: enough for warm-up, forecasts and their calibration, weeks and holidays. */
const stormSessions = 70;

/** A few made-up shares in days, with moves several times the usual: what a day does to a stop here takes a share a month. */
export function sharesInStorm(random: Random): StormMarket {
  const sessions = stormSessions + calmBars;
  const wild = random.pick([1, 3, 6]);
  const all = shareMarket(random.fork("shares").uint32(), sessions, random.pick(["2024-01-02", "2024-06-24", "2024-11-18"]));
  const histories = random
    .fork("which")
    .shuffle(all)
    .slice(0, random.int(2, 5))
    .map((history) => wilder(history, wild));
  const { bars } = present(histories[0], "a storm has shares");
  return { histories, interval: "1d", calmFromMs: bars.openMs[stormSessions] ?? 0 };
}

/** Every bar's distance from the one before, times so much; never below a dollar, where a tick is a per cent. */
export function wilder({ instrument, bars }: AssetHistory, times: number): AssetHistory {
  const [open, high, low, close] = [bars.open.slice(), bars.high.slice(), bars.low.slice(), bars.close.slice()];
  let level = bars.open[0] ?? 100;
  for (let at = 0; at < bars.length; at++) {
    const before = (at === 0 ? bars.open[0] : bars.close[at - 1]) ?? 100;
    const moved = (ticks = before): number => Math.max(100, Math.round(level * Math.max(0.2, 1 + (ticks / before - 1) * times)));
    open[at] = moved(bars.open[at]);
    high[at] = moved(bars.high[at]);
    low[at] = moved(bars.low[at]);
    close[at] = moved(bars.close[at]);
    level = close[at] ?? level;
  }
  return { instrument, bars: { ...bars, open, high, low, close } };
}
