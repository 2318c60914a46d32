import { approximately } from "../../words/exact.ts";
import type { MarketDay } from "../market-day.ts";

type Shown = { readonly symbol: string; readonly last: number; readonly tick: number };

/** What a hostile model knows of the market: it wants prices that could be meant. */
export const shownOf = ({ watched }: MarketDay): Shown[] =>
  watched
    .filter(({ seen }) => seen)
    .map((asset) => ({
      symbol: asset.instrument.symbol,
      last: asset.lastTicks * approximately(asset.instrument.tick),
      tick: approximately(asset.instrument.tick),
    }));
