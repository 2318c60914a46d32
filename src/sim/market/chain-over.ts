import type { AssetHistory, Bars } from "../../flow/market/bars.ts";
import { calendarOf, type Session } from "../../flow/market/calendar/calendar.ts";
import { resampleContract } from "../../flow/market/options/resample-contract.ts";
import type { MarketRates } from "../../flow/market/options/value-chain.ts";
import { instantOfMs, msOf } from "../../words/instant.ts";
import type { Equity, Etf } from "../../words/instrument.ts";
import { intervalMs, type Interval } from "../../words/interval.ts";
import { price, priceOfTicks, type Price } from "../../words/price.ts";
import { quantity } from "../../words/quantity.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { chainHistories } from "./chain-histories.ts";
import type { Dividend } from "./chain-spec.ts";
import { BarColumns } from "./columns.ts";

export type NoChain = { readonly code: "no_session" | "too_few_minutes" | "nothing_moves" | "no_root"; readonly detail: string };

const minuteMs = intervalMs["1m"];
const minutesPerSession = 390;
const minutesPerYear = 252 * minutesPerSession;
const minutesMin = 120;
/** Options are priced above what the underlying has been moving by, as they mostly are. */
const premium = 1.15;
const volatility = { least: 0.08, most: 1.5 } as const;

/**
 * Real one-minute bars of a share or fund in; the same bars at `interval` with a modelled chain of weekly options over them out. The
 * underlying's prices are real; those of the options are made up, by model at a volatility of the bars' own size, and their venue says so.
 */
export function chainOver(
  history: AssetHistory & { readonly instrument: Equity | Etf },
  seed: string | number,
  interval: Interval,
  rates: MarketRates,
  dividends: readonly Dividend[] = [],
): Result<readonly AssetHistory[], NoChain> {
  const { instrument } = history;
  const root = instrument.symbol;
  if (!/^[A-Z][A-Z0-9]{0,5}$/.test(root) || /\d$/.test(root))
    return err({ code: "no_root", detail: `${root} is no root of an OCC symbol` });
  const { bars, sessions } = sessionMinutes(history.bars);
  const [first] = sessions;
  if (first === undefined) return err({ code: "no_session", detail: "no minute lies in a session of New York" });
  if (bars.length < minutesMin) return err({ code: "too_few_minutes", detail: `${bars.length} minutes, at least ${minutesMin}` });
  const moving = yearly(bars);
  if (!(moving > 0)) return err({ code: "nothing_moves", detail: "every close is the same" });
  const start = priceOfTicks(bars.close[0] ?? 1, instrument.tick);
  const level = Math.min(volatility.most, Math.max(volatility.least, moving * premium));
  const chain = chainHistories({
    seed: `${seed}/${root}`,
    underlying: { ...instrument, venue: "synthetic" },
    root,
    firstDate: first.date.toString(),
    sessions: sessions.length,
    startPrice: start,
    annualVolatility: moving,
    dailyVolume: quantity("1000000"),
    rates,
    surface: { level, volatilityOfLevel: 0.8, skew: -0.1, smile: 0.06 },
    weeklies: Math.ceil(sessions.length / 5) + 2,
    strikeStep: stepOf(start),
    strikesEachSide: 5,
    spreadBps: 140,
    contractsPerDay: 6_000,
    dividends,
    over: { instrument, bars, ...(dividends.length === 0 ? {} : { actions: dividends }) },
  });
  return ok(chain.map(({ bars: fine, ...rest }) => ({ ...rest, bars: resampleContract(fine, interval) })));
}

/** Listed strikes of liquid names, by price. */
const stepOf = (start: Price): Price => (start < price("25") ? price("0.5") : start < price("250") ? price("1") : price("2"));

/**
 * The minutes of New York sessions, from the first bar of each to its last: what lies outside is left out, and a minute without a trade
 * stands where the one before it closed. Where a feed begins late, so does the session here.
 */
function sessionMinutes(raw: Bars): { readonly bars: Bars; readonly sessions: readonly Session[] } {
  const calendar = calendarOf("xnys");
  const days = Math.ceil(((raw.openMs[raw.length - 1] ?? 0) - (raw.openMs[0] ?? 0)) / intervalMs["1d"]) + 1;
  const columns = new BarColumns(days * minutesPerSession);
  const sessions: Session[] = [];
  let [lastMs, lastClose] = [Number.NaN, Number.NaN];
  for (let at = 0; at < raw.length; at++) {
    const openMs = raw.openMs[at] ?? 0;
    const instant = instantOfMs(openMs);
    const session = calendar.covers(instant) ? calendar.sessionAt(instant) : undefined;
    if (session === undefined) continue;
    const known = sessions.at(-1);
    if (known !== undefined && msOf(known.openAt) === msOf(session.openAt))
      for (let ms = lastMs + minuteMs; ms < openMs; ms += minuteMs)
        columns.add({ openMs: ms, open: lastClose, high: lastClose, low: lastClose, close: lastClose, volume: 0 });
    else sessions.push(session);
    const close = raw.close[at] ?? 0;
    columns.add({
      openMs,
      open: raw.open[at] ?? close,
      high: raw.high[at] ?? close,
      low: raw.low[at] ?? close,
      close,
      volume: raw.volume[at] ?? 0,
    });
    [lastMs, lastClose] = [openMs, close];
  }
  return { bars: columns.bars(raw.instrument, "1m"), sessions };
}

/** The root of the mean squared minute, a year's; nights are left out, since they are not minutes. */
function yearly({ openMs, close, length }: Bars): number {
  let [squares, count] = [0, 0];
  for (let at = 1; at < length; at++) {
    if ((openMs[at] ?? 0) - (openMs[at - 1] ?? 0) !== minuteMs) continue;
    const moved = (close[at] ?? 1) / (close[at - 1] ?? 1) - 1;
    squares += moved * moved;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt((squares / count) * minutesPerYear);
}
