import type { Bars } from "../flow/market/bars.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Tape } from "./tape.ts";

/** How what a row says of a contract changes with it: `times` as many, each of a part of the share. */
const part = (value: number, times: number): number => value / times;
const many = (value: number, times: number): number => value * times;
const ticks = (value: number, times: number): number => (value <= 0 ? value : Math.max(1, Math.round(value / times)));

/**
 * Every share of `underlying` became `times`: the contract struck at such a part of an older one's strike is quoted from the row that is
 * shown on as the part of it that it now is, volatility and delta the same. The older one goes on as it was, for whom no other stands.
 */
export function splitContracts({ assets }: Tape, underlying: InstrumentId, times: number, rowOf: (bars: Bars) => number): void {
  const contracts = assets
    .flatMap((bars) => {
      const { instrument } = bars;
      return instrument.kind === "option" && instrument.underlying === underlying ? [{ bars, option: instrument }] : [];
    })
    // From the lowest strike on, so that each is read before it is another's part itself.
    .toSorted((a, b) => (a.option.strike < b.option.strike ? -1 : 1));
  for (const { bars, option } of contracts) {
    const old = contracts.find(
      (other) =>
        other.option.right === option.right &&
        other.option.expiry === option.expiry &&
        other.option.strike === option.strike * BigInt(times),
    );
    if (old !== undefined) quoteAs(bars, old.bars, times, rowOf(bars));
  }
}

function quoteAs(to: Bars, from: Bars, times: number, row: number): void {
  const take = (into: Float64Array, out: Float64Array, value: (of: number, times: number) => number): void => {
    for (let at = Math.max(0, row); at < Math.min(to.length, from.length); at++) into[at] = value(out[at] ?? 0, times);
  };
  for (const name of ["open", "high", "low", "close"] as const) take(to[name], from[name], ticks);
  take(to.volume, from.volume, many);
  const [into, out] = [to.contract, from.contract];
  if (into === undefined || out === undefined) return;
  for (const name of ["bid", "ask"] as const) take(into[name], out[name], ticks);
  for (const name of ["bidSize", "askSize", "openInterest", "dayVolume", "gamma"] as const) take(into[name], out[name], many);
  for (const name of ["theta", "vega"] as const) take(into[name], out[name], part);
  for (const name of ["iv", "delta"] as const) take(into[name], out[name], (value) => value);
}
