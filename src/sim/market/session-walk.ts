import type { AssetHistory } from "../../flow/market/bars.ts";
import { calendarOf, type Session } from "../../flow/market/calendar/calendar.ts";
import { msOf } from "../../words/instant.ts";
import { intervalMs } from "../../words/interval.ts";
import { invariant } from "../../words/invariant.ts";
import { ticksOfPrice } from "../../words/price.ts";
import { lotsOfQuantity } from "../../words/quantity.ts";
import type { Random } from "../random.ts";
import type { ChainSpec } from "./chain-spec.ts";
import { BarColumns } from "./columns.ts";
import { Garch } from "./volatility.ts";
import { volumeOf } from "./volume.ts";

const sessionsPerYear = 252;
/** The share of a day's variance that falls between the close and the next open. */
const overnight = 0.25;
const stepsPerBar = 4;
const sessionsPerRead = 40;

/** The first `count` sessions in New York on or after a date. */
export function sessionsFrom(date: string, count: number): readonly Session[] {
  const calendar = calendarOf("xnys");
  const found: Session[] = [];
  for (let day = Temporal.PlainDate.from(date); found.length < count; day = day.add({ days: 1 })) {
    const session = calendar.session(day);
    if (session !== undefined) found.push(session);
    invariant(found.length > 0 || day.since(Temporal.PlainDate.from(date)).days < sessionsPerRead, `sessions follow ${date}`);
  }
  return found;
}

/** How loud a minute is against the session's mean: the open and the close are, noon is not. The squares average one. */
const loudness = (part: number): number => Math.sqrt(0.6 + 1.2 * (2 * part - 1) * (2 * part - 1));

/**
 * A share's one-minute bars over New York sessions: clustered volatility, a U over the day, gaps overnight. The same specification gives
 * the same bytes on every machine.
 */
export function sessionWalk(spec: ChainSpec, random: Random): AssetHistory {
  const { underlying, annualVolatility, dividends = [] } = spec;
  const sessions = sessionsFrom(spec.firstDate, spec.sessions);
  const minuteMs = intervalMs["1m"];
  const barsOf = (session: Session): number => (msOf(session.closeAt) - msOf(session.openAt)) / minuteMs;
  const columns = new BarColumns(sessions.reduce((sum, session) => sum + barsOf(session), 0));
  const [noise, gaps, trading] = [random.fork("noise"), random.fork("gaps"), random.fork("volume")];
  const garch = new Garch();
  const day = annualVolatility / Math.sqrt(sessionsPerYear);
  const dailyLots = lotsOfQuantity(spec.dailyVolume, underlying.lot);
  const paidOn = (date: string): number =>
    dividends.reduce((ticks, { exDate, amount }) => (exDate === date ? ticks + ticksOfPrice(amount, underlying.tick) : ticks), 0);
  let level = ticksOfPrice(spec.startPrice, underlying.tick);
  for (const [at, session] of sessions.entries()) {
    if (at > 0) level = Math.max(1, level * (1 + gaps.normal() * day * Math.sqrt(overnight)) - paidOn(session.date.toString()));
    const bars = barsOf(session);
    const step = day * Math.sqrt((1 - overnight) / (bars * stepsPerBar));
    for (let bar = 0; bar < bars; bar++) {
      const loud = loudness((bar + 0.5) / bars);
      const before = level;
      const open = Math.round(level);
      let [high, low, close, shocks] = [open, open, open, 0];
      for (let part = 0; part < stepsPerBar; part++) {
        const shock = noise.normal();
        shocks += shock;
        level = Math.max(1, level * (1 + step * loud * garch.volatility * shock));
        close = Math.round(level);
        high = Math.max(high, close);
        low = Math.min(low, close);
      }
      garch.endBar(shocks / Math.sqrt(stepsPerBar));
      const moved = Math.abs(level / before - 1) / (step * Math.sqrt(stepsPerBar) * loud);
      const volume = volumeOf((dailyLots / bars) * loud * loud, moved, trading);
      columns.add({ openMs: msOf(session.openAt) + bar * minuteMs, open, high, low, close, volume });
    }
  }
  return { instrument: underlying, bars: columns.bars(underlying, "1m"), ...(dividends.length === 0 ? {} : { actions: dividends }) };
}
