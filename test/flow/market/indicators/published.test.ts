import { describe, expect, it } from "vitest";
import { Atr } from "../../../../src/flow/market/indicators/atr.ts";
import { Rsi } from "../../../../src/flow/market/indicators/rsi.ts";

/** Worked examples of StockCharts' ChartSchool (articles on RSI and ATR), printed there with two decimals. */
describe("the worked examples of StockCharts' ChartSchool", () => {
  it("RSI(14), which follows Wilder's own", () => {
    const closes = [
      44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.614, 46.282, 46.282,
      46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672,
      43.4205, 42.6628, 43.1314,
    ];
    const printed = [
      70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87, 45.46, 37.3, 33.08, 37.77,
    ];
    const rsi = new Rsi(14);
    const values = closes.flatMap((close) => {
      rsi.update(close);
      return rsi.ready ? [Number(rsi.value.toFixed(2))] : [];
    });
    expect(values).toEqual(printed);
  });

  it("ATR(14)", () => {
    const bars = [
      [48.7, 47.79, 48.16],
      [48.72, 48.14, 48.61],
      [48.9, 48.39, 48.75],
      [48.87, 48.37, 48.63],
      [48.82, 48.24, 48.74],
      [49.05, 48.64, 49.03],
      [49.2, 48.94, 49.07],
      [49.35, 48.86, 49.32],
      [49.92, 49.5, 49.91],
      [50.19, 49.87, 50.13],
      [50.12, 49.2, 49.53],
      [49.66, 48.9, 49.5],
      [49.88, 49.43, 49.75],
      [50.19, 49.73, 50.03],
      [50.36, 49.26, 50.31],
      [50.57, 50.09, 50.52],
      [50.65, 50.3, 50.41],
      [50.43, 49.21, 49.34],
      [49.63, 48.98, 49.37],
      [50.33, 49.61, 50.23],
      [50.29, 49.2, 49.24],
      [50.17, 49.43, 49.93],
      [49.32, 48.08, 48.43],
      [48.5, 47.64, 48.18],
      [48.32, 41.55, 46.57],
      [46.8, 44.28, 45.41],
      [47.8, 47.31, 47.77],
      [48.39, 47.2, 47.72],
      [48.66, 47.9, 48.62],
      [48.79, 47.73, 47.85],
    ] as const;
    const printed = [0.56, 0.59, 0.59, 0.57, 0.62, 0.62, 0.64, 0.67, 0.69, 0.78, 0.78, 1.21, 1.3, 1.38, 1.37, 1.34, 1.32];
    const atr = new Atr(14);
    const values = bars.flatMap(([high, low, close]) => {
      atr.update(high, low, close);
      return atr.ready ? [atr.value] : [];
    });
    expect(values).toHaveLength(printed.length);
    // Its prices are shown rounded to cents but were reckoned with unrounded, so the second decimal is good to one.
    values.forEach((value, at) => expect(Math.abs(value - printed[at]!), `value ${at} is ${value}`).toBeLessThanOrEqual(0.01));
  });
});
