/**
 * Our streaming indicators against plain hand-written streaming loops and against `trading-signals`, in one process: each repeat runs
 * the three in turn, so that whatever else the machine does hits them alike. Nothing is timed before its result is checked.
 */
import * as peer from "trading-signals";
import { Atr } from "../src/flow/market/indicators/atr.ts";
import { Bollinger } from "../src/flow/market/indicators/bollinger.ts";
import { Ema } from "../src/flow/market/indicators/ema.ts";
import { Macd } from "../src/flow/market/indicators/macd.ts";
import { Rsi } from "../src/flow/market/indicators/rsi.ts";
import { Sma } from "../src/flow/market/indicators/sma.ts";

const bars = 500_000;
const repeats = 9;
const warmUps = 3;

const closes = new Float64Array(bars);
const highs = new Float64Array(bars);
const lows = new Float64Array(bars);
const candles: { high: number; low: number; close: number }[] = [];

/** Whole ticks on a random walk (mulberry32, seeded), as a frame would feed them. */
function fill(): void {
  let state = 20_261_201;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  let price = 1_000_000;
  for (let at = 0; at < bars; at++) {
    const open = price;
    price = Math.max(1_000, price + Math.round((draw() - 0.5) * 2_000));
    closes[at] = price;
    highs[at] = Math.max(open, price) + Math.round(draw() * 500);
    lows[at] = Math.min(open, price) - Math.round(draw() * 500);
    candles.push({ high: highs[at]!, low: lows[at]!, close: price });
  }
}

const bySma = {
  ours: (): number => {
    const sma = new Sma(20);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      sma.update(closes[at]!);
      if (sma.ready) sink += sma.value;
    }
    return sink;
  },
  hand: (): number => {
    const ring = new Float64Array(20);
    let slot = 0;
    let sum = 0;
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const close = closes[at]!;
      sum += close - ring[slot]!;
      ring[slot] = close;
      slot = slot === 19 ? 0 : slot + 1;
      if (at >= 19) sink += sum / 20;
    }
    return sink;
  },
  peer: (): number => {
    const sma = new peer.SMA(20);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const value = sma.update(closes[at]!, false);
      if (value !== null) sink += value;
    }
    return sink;
  },
};

const byEma = {
  ours: (): number => {
    const ema = new Ema(20);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      ema.update(closes[at]!);
      if (ema.ready) sink += ema.value;
    }
    return sink;
  },
  hand: (): number => {
    const weight = 2 / 21;
    let seed = 0;
    let value = 0;
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const close = closes[at]!;
      if (at >= 20) value += (close - value) * weight;
      else {
        seed += close;
        value = seed / 20;
      }
      if (at >= 19) sink += value;
    }
    return sink;
  },
  peer: (): number => {
    const ema = new peer.EMA(20);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const value = ema.update(closes[at]!, false);
      if (at >= 19) sink += value;
    }
    return sink;
  },
};

const byRsi = {
  ours: (): number => {
    const rsi = new Rsi(14);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      rsi.update(closes[at]!);
      if (rsi.ready) sink += rsi.value;
    }
    return sink;
  },
  hand: (): number => {
    let gain = 0;
    let loss = 0;
    let before = closes[0]!;
    let sink = 0;
    for (let at = 1; at < bars; at++) {
      const change = closes[at]! - before;
      before = closes[at]!;
      const up = change > 0 ? change : 0;
      const down = change < 0 ? -change : 0;
      if (at <= 14) {
        gain += up / 14;
        loss += down / 14;
      } else {
        gain += (up - gain) / 14;
        loss += (down - loss) / 14;
      }
      if (at >= 14) sink += (100 * gain) / (gain + loss);
    }
    return sink;
  },
  peer: (): number => {
    const rsi = new peer.RSI(14);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const value = rsi.update(closes[at]!, false);
      if (value !== null) sink += value;
    }
    return sink;
  },
};

const byAtr = {
  ours: (): number => {
    const atr = new Atr(14);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      atr.update(highs[at]!, lows[at]!, closes[at]!);
      if (atr.ready) sink += atr.value;
    }
    return sink;
  },
  hand: (): number => {
    let value = 0;
    let before = closes[0]!;
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const high = highs[at]!;
      const low = lows[at]!;
      let range = high - low;
      if (at > 0) {
        const up = high > before ? high - before : before - high;
        const down = low > before ? low - before : before - low;
        if (up > range) range = up;
        if (down > range) range = down;
      }
      before = closes[at]!;
      if (at < 14) value += range / 14;
      else value += (range - value) / 14;
      if (at >= 13) sink += value;
    }
    return sink;
  },
  peer: (): number => {
    const atr = new peer.ATR(14);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const value = atr.update(candles[at]!, false);
      if (value !== null) sink += value;
    }
    return sink;
  },
};

const byMacd = {
  ours: (): number => {
    const macd = new Macd(12, 26, 9);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      macd.update(closes[at]!);
      if (macd.ready) sink += Math.abs(macd.histogram);
    }
    return sink;
  },
  hand: (): number => {
    let fast = 0;
    let slow = 0;
    let signal = 0;
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const close = closes[at]!;
      if (at < 12) fast += close / 12;
      else fast += (close - fast) * (2 / 13);
      if (at < 26) slow += close / 26;
      else slow += (close - slow) * (2 / 27);
      if (at < 25) continue;
      const macd = fast - slow;
      if (at < 34) signal += macd / 9;
      else signal += (macd - signal) * (2 / 10);
      if (at >= 33) sink += Math.abs(macd - signal);
    }
    return sink;
  },
  peer: (): number => {
    const macd = new peer.MACD(new peer.EMA(12), new peer.EMA(26), new peer.EMA(9));
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const value = macd.update(closes[at]!, false);
      if (value !== null && at >= 33) sink += Math.abs(value.histogram);
    }
    return sink;
  },
};

const byBollinger = {
  ours: (): number => {
    const bands = new Bollinger(20, 2);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      bands.update(closes[at]!);
      if (bands.ready) sink += bands.upper - bands.lower;
    }
    return sink;
  },
  hand: (): number => {
    const ring = new Float64Array(20);
    const origin = closes[0]!;
    let slot = 0;
    let sum = 0;
    let squares = 0;
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const come = closes[at]! - origin;
      const gone = ring[slot]!;
      ring[slot] = come;
      slot = slot === 19 ? 0 : slot + 1;
      sum += come - gone;
      squares += come * come - gone * gone;
      if (at < 19) continue;
      const mean = sum / 20;
      const variance = squares / 20 - mean * mean;
      const reach = 2 * Math.sqrt(variance > 0 ? variance : 0);
      sink += mean + origin + reach - (mean + origin - reach);
    }
    return sink;
  },
  peer: (): number => {
    const bands = new peer.BollingerBands(20, 2);
    let sink = 0;
    for (let at = 0; at < bars; at++) {
      const value = bands.update(closes[at]!, false);
      if (value !== null) sink += value.upper - value.lower;
    }
    return sink;
  },
};

const contests = { SMA: bySma, EMA: byEma, RSI: byRsi, ATR: byAtr, MACD: byMacd, BB: byBollinger };

const nsPerUpdate = (run: () => number): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / bars;
};

const median = (of: readonly number[]): number => of.toSorted((left, right) => left - right)[of.length >> 1]!;

/** The peer starts some averages from the first value alone; over half a million bars that start is below one part in a hundred thousand. */
function check(name: string, ours: number, theirs: number, toleranceRelative: number): void {
  const apart = Math.abs(ours - theirs) / Math.abs(theirs);
  if (!(apart <= toleranceRelative)) throw new Error(`${name}: results are ${apart} apart, at most ${toleranceRelative} was expected`);
}

fill();
console.log(`${bars} bars of whole ticks, median of ${repeats} paired repeats after ${warmUps} warm-ups, Node ${process.version}\n`);
console.log("indicator   ours ns   hand ns   peer ns   ours/hand   peer/ours");
for (const [name, { ours, hand, peer: theirs }] of Object.entries(contests)) {
  for (let turn = 0; turn < warmUps; turn++) {
    const result = ours();
    check(`${name} against the hand-written loop`, result, hand(), 1e-8);
    check(`${name} against trading-signals`, result, theirs(), 1e-5);
  }
  const times: { ours: number; hand: number; peer: number }[] = [];
  for (let turn = 0; turn < repeats; turn++) times.push({ ours: nsPerUpdate(ours), hand: nsPerUpdate(hand), peer: nsPerUpdate(theirs) });
  const cells = [
    median(times.map((of) => of.ours)).toFixed(2),
    median(times.map((of) => of.hand)).toFixed(2),
    median(times.map((of) => of.peer)).toFixed(1),
    `${median(times.map((of) => of.ours / of.hand)).toFixed(2)}x`,
    `${median(times.map((of) => of.peer / of.ours)).toFixed(1)}x`,
  ];
  console.log(name.padEnd(9) + cells.map((cell, at) => cell.padStart(at < 3 ? 10 : 12)).join(""));
}
