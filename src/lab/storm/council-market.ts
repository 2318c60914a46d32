import type { AssetHistory } from "../../flow/market/bars.ts";
import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { councilDue, type CouncilTimes } from "../../flow/market/calendar/council-week.ts";
import { BarColumns } from "../../sim/market/columns.ts";
import { etfMarket } from "../../sim/market/etf-market.ts";
import { sessionsFrom } from "../../sim/market/session-walk.ts";
import type { Random } from "../../sim/random.ts";
import { instantOfMs, msOf } from "../../words/instant.ts";
import { intervalMs } from "../../words/interval.ts";
import { present } from "../../words/invariant.ts";
import type { StormMarket } from "./shape.ts";
import { wilder } from "./shares-market.ts";

export const stormTimes: CouncilTimes = { meetingTime: "08:00", answerMinutes: 15 };

/** Three meetings at least, and two days of calm in which all that waits for a person ends. */
const stormSessions = 15;
const calmSessions = 2;
/** An ordinary month, an early close on a Wednesday, Thanksgiving, and two Wednesdays in a row that are holidays. */
export const firstDates = ["2024-01-16", "2024-06-24", "2024-11-18", "2024-12-16"] as const;

const stepMs = intervalMs["5m"];
/** Of bars after each instant at which the desk looks: one to decide on, and so many for what it sent. */
const barsAfter = 3;

/**
 * Two to five of the eight funds over three weeks, of whose bars only those are played in which a council has something to do: between
 * them the price jumps by all that the others would have moved it.
 */
export function fundsInStorm(random: Random): StormMarket {
  const first = random.pick(firstDates);
  const sessions = sessionsFrom(first, stormSessions + calmSessions);
  const wild = random.pick([1, 2, 4]);
  const thin = random.pick([0, 0, 0.03]);
  const end = present(sessions.at(-1), "a storm has sessions");
  const played = playedMs(msOf(present(sessions[0], "a storm has sessions").openAt), msOf(end.closeAt));
  const histories = random
    .fork("which")
    .shuffle(etfMarket(random.fork("funds").uint32(), sessions.length, first))
    .slice(0, random.int(2, 5))
    .map((history) => wilder(only(history, played, thin, random.fork(history.instrument.symbol)), wild));
  const calm = present(sessions[stormSessions], "a storm is followed by calm");
  return { histories, interval: "5m", calmFromMs: msOf(calm.openAt) };
}

/** When the bars close that are played. */
function playedMs(fromMs: number, toMs: number): ReadonlySet<number> {
  const calendar = calendarOf("xnys");
  const found = new Set<number>();
  for (const { dueMs } of councilDue(calendar, fromMs - 2 * 3_600_000, toMs, stormTimes)) {
    // What falls due before the open is done with the first prices.
    const firstMs = calendar.isOpenMs(dueMs) ? Math.ceil(dueMs / stepMs) * stepMs : msOf(calendar.nextOpen(instantOfMs(dueMs))) + stepMs;
    for (let bar = 0; bar < barsAfter; bar++) found.add(firstMs + bar * stepMs);
  }
  return found;
}

function only({ instrument, bars }: AssetHistory, played: ReadonlySet<number>, thin: number, random: Random): AssetHistory {
  const columns = new BarColumns(bars.length);
  for (let at = 0; at < bars.length; at++) {
    const openMs = bars.openMs[at] ?? 0;
    // The first bar is every fund's: what opens the account must have a price.
    if (!played.has(openMs + stepMs) || (at > 0 && random.chance(thin))) continue;
    const [open = 1, high = 1, low = 1, close = 1, volume = 1] = [
      bars.open[at],
      bars.high[at],
      bars.low[at],
      bars.close[at],
      bars.volume[at],
    ];
    columns.add({ openMs, open, high, low, close, volume });
  }
  return { instrument, bars: columns.bars(instrument, bars.interval) };
}
