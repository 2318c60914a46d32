/** Candles of a seeded random walk. */
export type Candle = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** mulberry32: small, seeded, and good enough to walk with. */
export function seededDraw(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Prices move by about one percent a bar and keep their fractions; some bars do not trade. */
export function randomWalk(seed: number, count: number, start = 100): Candle[] {
  const draw = seededDraw(seed);
  let price = start;
  return Array.from({ length: count }, () => {
    const open = price;
    price *= Math.exp((draw() - 0.5) * 0.02);
    const high = Math.max(open, price) * (1 + draw() * 0.005);
    const low = Math.min(open, price) * (1 - draw() * 0.005);
    return { open, high, low, close: price, volume: Math.floor(draw() * 1_000) };
  });
}
