import { unreachable } from "../../../words/invariant.ts";
import { Adx } from "./adx.ts";
import { Atr } from "./atr.ts";
import type { ReadableIndicator } from "./bar-indicator.ts";
import { Bollinger } from "./bollinger.ts";
import { Donchian } from "./donchian.ts";
import { Ema } from "./ema.ts";
import type { IndicatorSpec } from "./indicator-spec.ts";
import { Macd } from "./macd.ts";
import { RateOfChange } from "./rate-of-change.ts";
import { RealisedVolatility } from "./realised-volatility.ts";
import { Rsi } from "./rsi.ts";
import { Sma } from "./sma.ts";
import { Stochastic } from "./stochastic.ts";
import { Vwap } from "./vwap.ts";
import { Zscore } from "./zscore.ts";

/** A fresh indicator, as asked. A period that is no whole number of bars throws: config has refused it before. */
export function makeIndicator(spec: IndicatorSpec): ReadableIndicator {
  switch (spec.kind) {
    case "sma":
      return new Sma(spec.period);
    case "ema":
      return new Ema(spec.period);
    case "rsi":
      return new Rsi(spec.period);
    case "atr":
      return new Atr(spec.period);
    case "macd":
      return new Macd(spec.fast, spec.slow, spec.signal);
    case "bollinger":
      return new Bollinger(spec.period, spec.deviations);
    case "adx":
      return new Adx(spec.period);
    case "donchian":
      return new Donchian(spec.period);
    case "stochastic":
      return new Stochastic(spec.kPeriod, spec.dPeriod);
    case "roc":
      return new RateOfChange(spec.period);
    case "volatility":
      return new RealisedVolatility(spec.period);
    case "zscore":
      return new Zscore(spec.period);
    case "vwap":
      return new Vwap(spec.period);
    default:
      return unreachable(spec);
  }
}
