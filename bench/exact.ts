/**
 * What exactness costs: notional, fee and running total of a stream of fills, as bigint units of 10^-12 (ours), bigint units of 10^-4
 * (products fit 64 bits), bigint ticks and lots, decimal.js, and doubles of ticks and lots. One process; each repeat runs all of them in
 * turn, so that whatever else the machine does hits them alike. Every result is checked against ours before anything is timed.
 * Run: node bench/exact.ts
 */
import { Decimal } from "decimal.js";
import { divideUnits, exactOne, formatExact, parseExact } from "../src/words/exact.ts";
import { notional, plus, timesRate, zeroMoney, type Money } from "../src/words/money.ts";
import { price, type Price } from "../src/words/price.ts";
import { quantity, quantityOfUnits, type Quantity } from "../src/words/quantity.ts";
import { rate } from "../src/words/rate.ts";

const fills = 100_000;
const repeats = 15;
const warmUps = 4;

// A fee of 4 basis points; ticks of 0.1 and lots of 0.001, as large venues have for BTC.
const fee = rate("0.0004");
const one = quantityOfUnits(exactOne);
const tick = price("0.1");
const lot = quantity("0.001");
const ticks = new Float64Array(fills);
const lots = new Float64Array(fills);
const prices: Price[] = [];
const quantities: Quantity[] = [];
const pricesSmall: bigint[] = [];
const quantitiesSmall: bigint[] = [];
const ticksBig: bigint[] = [];
const lotsBig: bigint[] = [];
const priceDecimals: Decimal[] = [];
const quantityDecimals: Decimal[] = [];
const feeDecimal = new Decimal("0.0004");
Decimal.set({ precision: 40 });

/** Seeded (mulberry32): the same fills on every machine. */
function fill(): void {
  let state = 20_261_121;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let at = 0; at < fills; at++) {
    ticks[at] = 500_000 + Math.floor(draw() * 200_000);
    lots[at] = 1 + Math.floor(draw() * 2_000);
    const tickCount = BigInt(ticks[at]!);
    const lotCount = BigInt(lots[at]!);
    prices.push(price(formatExact(tickCount * tick)));
    quantities.push(quantity(formatExact(lotCount * lot)));
    pricesSmall.push(tickCount * 1_000n);
    quantitiesSmall.push(lotCount * 10n);
    ticksBig.push(tickCount);
    lotsBig.push(lotCount);
    priceDecimals.push(new Decimal(formatExact(tickCount * tick)));
    quantityDecimals.push(new Decimal(formatExact(lotCount * lot)));
  }
}

type Way = { readonly name: string; readonly run: () => unknown; readonly asText: (result: unknown) => string; readonly rounds?: true };

const ways: readonly Way[] = [
  {
    name: "bigint, 10^-12 (ours)",
    run: (): Money => {
      let total = zeroMoney;
      for (let at = 0; at < fills; at++) {
        const worth = notional(prices[at]!, quantities[at]!, one, "half_even");
        total = plus(total, plus(worth, timesRate(worth, fee, "half_even")));
      }
      return total;
    },
    asText: (result) => formatExact(result as bigint),
  },
  {
    // The same steps on a scale of four decimals. A fee needs eight, so each is rounded and the total is off by a little.
    name: "bigint, 10^-4, fees rounded",
    rounds: true,
    run: (): bigint => {
      let total = 0n;
      for (let at = 0; at < fills; at++) {
        const worth = divideUnits(pricesSmall[at]! * quantitiesSmall[at]!, 10_000n, "half_even");
        total += worth + divideUnits(worth * 4n, 10_000n, "half_even");
      }
      return total;
    },
    asText: (result) => formatExact((result as bigint) * 100_000_000n),
  },
  {
    // Ticks times lots is 10^-4 of a dollar and a fee of it 10^-8: no division, and every number below 2^63.
    name: "bigint, ticks and lots",
    run: (): bigint => {
      let total = 0n;
      for (let at = 0; at < fills; at++) {
        const worth = ticksBig[at]! * lotsBig[at]!;
        total += worth * 10_000n + worth * 4n;
      }
      return total;
    },
    asText: (result) => formatExact((result as bigint) * 10_000n),
  },
  {
    name: "decimal.js, 40 digits",
    run: (): Decimal => {
      let total = new Decimal(0);
      for (let at = 0; at < fills; at++) {
        const worth = priceDecimals[at]!.times(quantityDecimals[at]!);
        total = total.plus(worth.plus(worth.times(feeDecimal)));
      }
      return total;
    },
    asText: (result) => (result as Decimal).toFixed(),
  },
  {
    // The hot path's numbers: whole, but the total in 10^-8 must stay below 2^53, so it is kept as two parts.
    name: "doubles, ticks and lots",
    run: (): readonly [number, number] => {
      let worths = 0;
      let fees = 0;
      for (let at = 0; at < fills; at++) {
        const worth = ticks[at]! * lots[at]!;
        worths += worth;
        fees += worth * 4;
      }
      return [worths, fees];
    },
    asText: (result) => {
      const [worths, fees] = result as readonly [number, number];
      if (!Number.isSafeInteger(worths) || !Number.isSafeInteger(fees)) throw new Error("the doubles left the whole numbers");
      return formatExact((BigInt(worths) * 10_000n + BigInt(fees)) * 10_000n);
    },
  },
];

fill();
const unitsOf = (text: string): bigint => {
  const read = parseExact(text);
  if (!read.ok) throw new Error(`${text} is a total`);
  return read.value;
};
const expected = ways[0]!.asText(ways[0]!.run());
const offs = ways.map(({ name, run, asText, rounds }) => {
  const off = unitsOf(asText(run())) - unitsOf(expected);
  // Half of 10^-4 a fill is the most that rounding fees can do.
  const offMax = rounds === true ? BigInt(fills) * 50_000_000n : 0n;
  if (off > offMax || -off > offMax) throw new Error(`${name} is off by ${formatExact(off)}`);
  return formatExact(off);
});

const times = ways.map(() => [] as number[]);
for (let repeat = -warmUps; repeat < repeats; repeat++) {
  ways.forEach(({ run }, way) => {
    const from = performance.now();
    run();
    const tookMs = performance.now() - from;
    if (repeat >= 0) times[way]!.push(tookMs);
  });
}

const nsPerFill = times.map((of) => (of.toSorted((a, b) => a - b)[repeats >> 1]! * 1e6) / fills);
console.log(`${fills} fills, median of ${repeats} interleaved repeats; the total is ${expected}`);
console.log("| Way | ns a fill | against ours | total off by |\n| - | -: | -: | -: |");
ways.forEach(({ name }, way) => {
  const ns = nsPerFill[way]!;
  console.log(`| ${name} | ${ns.toFixed(1)} | ${(ns / nsPerFill[0]!).toFixed(3)} | ${offs[way]!} |`);
});
