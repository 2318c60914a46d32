import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../src/sim/random.ts";
import { correlationOf } from "./market/statistics.ts";

const times = <Value>(count: number, draw: () => Value): Value[] => Array.from({ length: count }, draw);

const low64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const low32 = (value: bigint): bigint => BigInt.asUintN(32, value);

/** The published algorithms once more, in plain bigints and as slowly as they read. */
function referenceOf(seed: string): () => number {
  let hash = 14695981039346656037n;
  for (const byte of Buffer.from(seed, "utf8")) hash = low64((hash ^ BigInt(byte)) * 1099511628211n);
  const split = (): bigint => {
    hash = low64(hash + 0x9e3779b97f4a7c15n);
    let z = low64((hash ^ (hash >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = low64((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  const [first, second] = [split(), split()];
  const s = [low32(first), first >> 32n, low32(second), second >> 32n] as [bigint, bigint, bigint, bigint];
  const rotated = (value: bigint, by: bigint): bigint => low32((value << by) | (value >> (32n - by)));
  return () => {
    const result = low32(rotated(low32(s[1] * 5n), 7n) * 9n);
    const shifted = low32(s[1] << 9n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 11n);
    return Number(result);
  };
}

describe("Random", () => {
  it.each`
    seed      | first                                               | because
    ${1}      | ${[1778802063, 1185363056, 2279003820, 1346779025]} | ${"a whole number is a seed"}
    ${"1"}    | ${[1778802063, 1185363056, 2279003820, 1346779025]} | ${"its text is the same seed"}
    ${-5}     | ${[658369783, 3940717499, 358819728, 4012644122]}   | ${"the sign counts"}
    ${"demo"} | ${[2320899918, 422658290, 2983051939, 744837634]}   | ${"a text is a seed"}
    ${""}     | ${[3781564968, 1944808877, 2340108199, 3500316882]} | ${"so is an empty one"}
    ${"café"} | ${[1118437790, 298224603, 587777323, 3312414062]}   | ${"letters count as UTF-8"}
  `("starts seed $seed with fixed numbers: $because", ({ seed, first }: { seed: string | number; first: number[] }) => {
    const random = new Random(seed);
    expect(times(4, () => random.uint32())).toEqual(first);
  });

  it("draws the same fractions and normals from a seed on every machine", () => {
    const random = new Random("demo");
    expect(times(3, () => random.next())).toEqual([0.5403766192377194, 0.6945459036038892, 0.7517086169662506]);
    const normals = new Random("demo");
    expect(times(3, () => normals.normal())).toEqual([0.3904332134229839, 1.881216994794506, 0.5061789212462364]);
  });

  it("agrees with the published algorithms for any seed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (seed) => {
        const random = new Random(seed);
        const reference = referenceOf(seed);
        expect(times(20, () => random.uint32())).toEqual(times(20, reference));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 53])("refuses %s as a seed", (seed) => {
    expect(() => new Random(seed)).toThrow("a seed is a text or a whole number");
  });
});

describe("Random's distributions", () => {
  it("fills a hundred bins evenly (chi-square, 99 degrees of freedom)", () => {
    for (const seed of ["uniform", 1, 2]) {
      const random = new Random(seed);
      const bins = Array.from({ length: 100 }, () => 0);
      for (let i = 0; i < 100_000; i++) bins[Math.floor(random.next() * 100)]! += 1;
      const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chiSquare, "the upper 0.1% point is 148.2").toBeLessThan(148.2);
      expect(chiSquare, "the lower 0.1% point is 61.1: too even is not random either").toBeGreaterThan(61.1);
    }
  });

  it("draws normals with the moments and the tails of a standard normal", () => {
    const random = new Random("normal");
    const drawn = times(200_000, () => random.normal());
    const moment = (power: number): number => drawn.reduce((sum, value) => sum + value ** power, 0) / drawn.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.01);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015);
    expect(Math.abs(moment(3))).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1);
    const beyond = (limit: number): number => drawn.filter((value) => Math.abs(value) > limit).length / drawn.length;
    expect(beyond(1.959964)).toBeCloseTo(0.05, 2);
    expect(beyond(3.290527)).toBeCloseTo(0.001, 3);
  });

  it("draws every whole number of a small range equally often, both ends included", () => {
    const random = new Random("dice");
    const counts = new Map<number, number>();
    for (let i = 0; i < 60_000; i++) {
      const face = random.int(-2, 3);
      counts.set(face, (counts.get(face) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("keeps a whole number within its range, however wide", () => {
    const bound = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
    fc.assert(
      fc.property(bound, bound, fc.integer(), (one, other, seed) => {
        const [min, max] = [Math.min(one, other), Math.max(one, other)];
        const drawn = new Random(seed).int(min, max);
        expect(Number.isSafeInteger(drawn) && drawn >= min && drawn <= max).toBe(true);
      }),
      { seed: 2 },
    );
    expect(() => new Random(1).int(2, 1)).toThrow("2 to 1 is a range");
    expect(() => new Random(1).int(-(2 ** 52), 2 ** 52)).toThrow("fewer than 2^53");
  });

  it("takes a chance about as often as asked, with one draw whatever the odds", () => {
    const random = new Random("chance");
    expect(times(50_000, () => random.chance(0.3)).filter(Boolean).length / 50_000).toBeCloseTo(0.3, 2);
    const [never, always] = [new Random(3), new Random(3)];
    expect([never.chance(0), always.chance(1)]).toEqual([false, true]);
    expect(never.next()).toBe(always.next());
  });

  it("picks from a list that is not empty", () => {
    const random = new Random("pick");
    expect(new Set(times(100, () => random.pick(["a", "b", "c"])))).toEqual(new Set(["a", "b", "c"]));
    expect(() => random.pick([])).toThrow("not empty");
  });

  it("shuffles a copy, in every order alike", () => {
    const random = new Random("shuffle");
    const counts = new Map<string, number>();
    const list = ["a", "b", "c"];
    for (let i = 0; i < 12_000; i++) {
      const order = random.shuffle(list).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(list, "the list itself stays as it was").toEqual(["a", "b", "c"]);
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});

describe("a fork", () => {
  it("depends on the seed and the label alone", () => {
    const [fresh, used] = [new Random("demo"), new Random("demo")];
    times(7, () => used.normal());
    const expected = [4130410918, 3076777582];
    for (const parent of [fresh, used]) {
      const fork = parent.fork("BTC");
      expect([fork.uint32(), fork.uint32()]).toEqual(expected);
    }
  });

  it("does not shift its parent", () => {
    const [forked, plain] = [new Random(9), new Random(9)];
    forked.fork("a").normal();
    expect(forked.uint32()).toBe(plain.uint32());
  });

  it("is unrelated to its parent, its siblings and its neighbours", () => {
    const root = new Random("root");
    const streams = [root, root.fork("a"), root.fork("b"), root.fork("a").fork("b"), root.fork("ab"), new Random("root1")].map((random) =>
      times(20_000, () => random.next()),
    );
    for (const [i, left] of streams.entries())
      for (const right of streams.slice(i + 1)) expect(Math.abs(correlationOf(left, right))).toBeLessThan(0.03);
  });

  it("keeps labels apart that would read alike when joined", () => {
    const root = new Random("root");
    const firsts = [root.fork("a > 1:b"), root.fork("a").fork("b"), root.fork("a").fork("b > 0:"), root.fork("")].map((fork) =>
      fork.uint32(),
    );
    expect(new Set(firsts).size).toBe(firsts.length);
  });
});
