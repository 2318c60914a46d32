import type { AssetSnapshot } from "../../flow/market/snapshot.ts";
import { Watched, type FrameWish } from "../../flow/market/watched.ts";
import type { Random } from "../../sim/random.ts";
import type { Instrument } from "../../words/instrument.ts";
import { intervalMs } from "../../words/interval.ts";
import { priceOfTicks } from "../../words/price.ts";
import { quantity } from "../../words/quantity.ts";
import { rate } from "../../words/rate.ts";

/** One hourly bar's character: mean move and noise as fractions of the price, and volume as a multiple of the ordinary one. */
export type Move = { readonly drift: number; readonly noise: number; readonly volume: number };

/** What happens at bar `at` of `bars`, at a price of `price` where 100 is where it began; undefined is a bar that is missing. */
export type Course = (at: number, price: number) => Move | undefined;

/** Long enough for the slowest indicator of the slowest frame of any style of the house. */
export const goldenBars = 240;
const lastMs = Temporal.Instant.from("2026-03-03T15:00:00Z").epochMilliseconds;
/** When the last bar is over. */
export const goldenNowMs = lastMs + intervalMs["1h"];

const ticksPerUnit = 1_000;
const ordinaryLots = 2_000_000;

/** An asset that took this course, as the desk's own watching sees it: the same code that shows a real market. */
export function goldenAsset(
  instrument: Instrument,
  course: Course,
  wishes: readonly FrameWish[],
  spreadBps: number,
  random: Random,
): AssetSnapshot {
  const watched = new Watched(instrument, "1h", wishes, spreadBps);
  let close = 100;
  for (let at = 0; at < goldenBars; at++) {
    const move = course(at, close);
    // Drawn for missing bars too, so that leaving one out does not change the others.
    const [step, reach, traded] = [random.normal(), random.next(), random.next()];
    if (move === undefined) continue;
    const open = close;
    close = Math.max(1, open * (1 + move.drift + move.noise * step));
    const wick = open * move.noise * (0.2 + reach);
    const ticks = (value: number): number => Math.max(1, Math.round(value * ticksPerUnit));
    const openMs = lastMs - (goldenBars - 1 - at) * intervalMs["1h"];
    const lots = Math.max(1, Math.round(ordinaryLots * move.volume * (0.6 + 0.8 * traded)));
    watched.push(openMs, ticks(open), ticks(Math.max(open, close) + wick), ticks(Math.min(open, close) - wick), ticks(close), lots);
  }
  watched.setMark(priceOfTicks(Math.round(close * ticksPerUnit), instrument.tick), goldenNowMs);
  watched.setFunding(rate("0.0001"), goldenNowMs - intervalMs["8h"] / 2, goldenNowMs + intervalMs["8h"] / 2);
  watched.setOpenInterest(quantity("250000"), goldenNowMs);
  return watched.snapshot();
}
