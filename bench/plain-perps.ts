import type { AssetHistory } from "../src/flow/market/bars.ts";
import { approximately } from "../src/words/exact.ts";

/** One perpetual in plain doubles: prices in currency, funding and marks as columns. */
export type PlainPerp = {
  readonly openMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly fundingMs: Float64Array;
  readonly funding: Float64Array;
  readonly markMs: Float64Array;
  readonly mark: Float64Array;
};

export function plainPerp({ instrument, bars, funding, mark }: AssetHistory): PlainPerp {
  const tick = approximately(instrument.tick);
  const priced = (ticks: Float64Array): Float64Array => ticks.map((value) => value * tick);
  const none = { atMs: new Float64Array(0), value: [] };
  const startMs = bars.openMs[0] ?? Infinity;
  const paid = funding ?? none;
  // As our own tape: funding from before the first bar was paid by nobody here.
  const from = paid.atMs.findIndex((ms) => ms >= startMs);
  return {
    openMs: bars.openMs,
    open: priced(bars.open),
    high: priced(bars.high),
    low: priced(bars.low),
    close: priced(bars.close),
    fundingMs: from < 0 ? new Float64Array(0) : paid.atMs.slice(from),
    funding: from < 0 ? new Float64Array(0) : Float64Array.from(paid.value.slice(from), approximately),
    markMs: (mark ?? none).atMs,
    mark: Float64Array.from((mark ?? none).value, approximately),
  };
}

export type PlainPerpsResult = {
  readonly bars: number;
  readonly minutes: number;
  readonly wakes: number;
  readonly fills: number;
  readonly fundings: number;
  readonly liquidations: number;
  readonly equity: number;
  readonly maxDrawdown: number;
};

/**
 * The hand-written merged loop over several perpetuals: SMA 20/50 long or flat, fills at the next open with a fee, funding on the mark,
 * equity of the cross-margined account at every minute, and the margin call at each bar's worst price. No rails, journal or exact money.
 */
export function plainPerps(assets: readonly PlainPerp[], fee = 0.0005, part = 0.1, maintenance = 0.005): PlainPerpsResult {
  const count = assets.length;
  const at = new Int32Array(count);
  const nextMs = Float64Array.from(assets, ({ openMs }) => openMs[0] ?? Infinity);
  const fast = new Float64Array(count);
  const slow = new Float64Array(count);
  const before = new Int8Array(count);
  const wanted = new Int8Array(count);
  const held = new Float64Array(count);
  const entry = new Float64Array(count);
  const last = new Float64Array(count);
  const marks = new Float64Array(count);
  const fundingAt = new Int32Array(count);
  const markAt = new Int32Array(count);
  let cash = 100_000;
  let [bars, minutes, wakes, fills, fundings, liquidations, peak, maxDrawdown, equity] = [0, 0, 0, 0, 0, 0, 0, 0, cash];
  for (;;) {
    let now = Infinity;
    for (let k = 0; k < count; k++) if (nextMs[k]! < now) now = nextMs[k]!;
    if (now === Infinity) break;
    minutes++;
    let crossed = false;
    for (let k = 0; k < count; k++) {
      if (nextMs[k] !== now) continue;
      const asset = assets[k]!;
      const i = at[k]!;
      bars++;
      while (markAt[k]! < asset.markMs.length && asset.markMs[markAt[k]!]! <= now) {
        marks[k] = asset.mark[markAt[k]!]!;
        markAt[k]!++;
      }
      while (fundingAt[k]! < asset.fundingMs.length && asset.fundingMs[fundingAt[k]!]! <= now) {
        if (held[k] !== 0) {
          cash -= asset.funding[fundingAt[k]!]! * (marks[k] === 0 ? last[k]! : marks[k]!) * held[k]!;
          fundings++;
        }
        fundingAt[k]!++;
      }
      const open = asset.open[i]!;
      if (wanted[k] !== 0) {
        if (wanted[k]! > 0) {
          held[k] = (equity * part) / open;
          entry[k] = open;
          cash -= held[k]! * open * fee;
        } else {
          cash += held[k]! * (open - entry[k]!) - held[k]! * open * fee;
          held[k] = 0;
        }
        fills++;
        wanted[k] = 0;
      }
      if (held[k] !== 0) {
        let spare = cash;
        const worst = asset.low[i]!;
        for (let n = 0; n < count; n++) {
          if (held[n] === 0) continue;
          const priced = n === k ? worst : last[n]!;
          spare += held[n]! * (priced - entry[n]!) - maintenance * held[n]! * priced;
        }
        if (spare < 0) {
          cash += held[k]! * (worst - entry[k]!) - held[k]! * worst * fee;
          held[k] = 0;
          liquidations++;
        }
      }
      const close = asset.close[i]!;
      last[k] = close;
      fast[k]! += close - (i >= 20 ? asset.close[i - 20]! : 0);
      slow[k]! += close - (i >= 50 ? asset.close[i - 50]! : 0);
      if (i >= 49) {
        const above = Math.sign(fast[k]! / 20 - slow[k]! / 50);
        if (above !== 0) {
          if (before[k] !== 0 && above !== before[k]) {
            crossed = true;
            if (above > 0 && held[k] === 0) wanted[k] = 1;
            else if (above < 0 && held[k] !== 0) wanted[k] = -1;
          }
          before[k] = above;
        }
      }
      at[k] = i + 1;
      nextMs[k] = asset.openMs[i + 1] ?? Infinity;
    }
    if (crossed) wakes++;
    equity = cash;
    for (let k = 0; k < count; k++) if (held[k] !== 0) equity += held[k]! * (last[k]! - entry[k]!);
    if (equity > peak) peak = equity;
    const drawdown = 1 - equity / peak;
    if (drawdown > maxDrawdown) maxDrawdown = drawdown;
  }
  return { bars, minutes, wakes, fills, fundings, liquidations, equity, maxDrawdown };
}
