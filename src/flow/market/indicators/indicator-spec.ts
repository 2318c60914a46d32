/** An indicator asked for in words: by a strategy, a desk or its config. Periods count bars of the frame it stands in. */
export type IndicatorSpec =
  | { readonly kind: "sma"; readonly period: number }
  | { readonly kind: "ema"; readonly period: number }
  | { readonly kind: "rsi"; readonly period: number }
  | { readonly kind: "atr"; readonly period: number }
  | { readonly kind: "macd"; readonly fast: number; readonly slow: number; readonly signal: number }
  | { readonly kind: "bollinger"; readonly period: number; readonly deviations: number }
  | { readonly kind: "adx"; readonly period: number }
  | { readonly kind: "donchian"; readonly period: number }
  | { readonly kind: "stochastic"; readonly kPeriod: number; readonly dPeriod: number }
  | { readonly kind: "roc"; readonly period: number }
  | { readonly kind: "volatility"; readonly period: number }
  | { readonly kind: "zscore"; readonly period: number }
  | { readonly kind: "vwap"; readonly period: number };

/** `price` values come out in the unit of the bars, which is ticks in a frame, and must be scaled to be shown; `plain` ones are as they are. */
export const indicatorUnit = {
  sma: "price",
  ema: "price",
  rsi: "plain",
  atr: "price",
  macd: "price",
  bollinger: "price",
  adx: "plain",
  donchian: "price",
  stochastic: "plain",
  roc: "plain",
  volatility: "plain",
  zscore: "plain",
  vwap: "price",
} as const satisfies Record<IndicatorSpec["kind"], "price" | "plain">;
