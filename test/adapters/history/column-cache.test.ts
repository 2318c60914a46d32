import * as fc from "fast-check";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCache, writeCache } from "../../../src/adapters/history/column-cache.ts";
import { inSteps } from "../../../src/adapters/history/in-steps.ts";
import { median } from "../../../src/adapters/history/median.ts";
import { parquetHistory } from "../../../src/adapters/history/parquet-history.ts";
import type { AssetHistory } from "../../../src/flow/market/bars.ts";
import { aFile, candles, csv, freshFolder, importInto, minute } from "./history-files.ts";

const series = "BTCUSDT.PERP/ohlcv-1m";

async function aStore(rows: readonly string[] = candles(20)): Promise<{ store: string; folder: string; cache: string }> {
  const folder = freshFolder();
  const store = join(folder, "store");
  expect((await importInto(store, [aFile(folder, "BTCUSDT-1m-futures.csv", csv(rows))])).status).toBe("imported");
  return { store, folder, cache: join(store, `${series}.columns`) };
}

async function loadFrom(store: string): Promise<AssetHistory> {
  const loaded = await parquetHistory(store).load({ assets: ["BTCUSDT"], interval: "1m" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value[0]!;
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const damaged = Buffer.from(bytes);
  damaged[at] = damaged.readUInt8(at) ^ 1;
  return damaged;
};

describe("the column cache (LAB-1)", () => {
  it("is written by the first load and holds what the second one answers", async () => {
    const { store, cache } = await aStore();
    expect(existsSync(cache)).toBe(false);
    const first = await loadFrom(store);
    const bytes = readFileSync(cache);
    expect(await loadFrom(store)).toEqual(first);
    expect(readFileSync(cache), "a good cache is left alone").toEqual(bytes);
  });

  it("is what the second load reads: a sound cache of other numbers would be believed", async () => {
    const { store, cache } = await aStore();
    const first = await loadFrom(store);
    const source = (JSON.parse(/\{.*?\}/.exec(readFileSync(cache).toString("latin1"))![0]) as { source: string }).source;
    const cached = (await readCache(cache, source))!;
    const columns = cached.columns.map(({ decimals, values }, field) => ({
      decimals,
      values: field === 4 ? Float64Array.from(values as Float64Array, (value) => value * 2) : values,
    }));
    await writeCache(cache, source, { atMs: cached.atMs, columns });
    expect([...(await loadFrom(store)).bars.volume]).toEqual(Array.from(first.bars.volume, (volume) => volume * 2));
  });

  it.each`
    because                             | damage
    ${"it is empty"}                    | ${() => Buffer.alloc(0)}
    ${"it is cut off"}                  | ${(bytes: Buffer) => bytes.subarray(0, -8)}
    ${"something follows its end"}      | ${(bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(8)])}
    ${"it is of another version"}       | ${(bytes: Buffer) => flipped(bytes, 4)}
    ${"it is some other file"}          | ${() => Buffer.from("not a cache at all, but long enough")}
    ${"one bit of its header is wrong"} | ${(bytes: Buffer) => flipped(bytes, 30)}
    ${"one bit of its rows is wrong"}   | ${(bytes: Buffer) => flipped(bytes, bytes.length - 3)}
  `("is ignored and written anew where $because", async ({ damage }: { damage: (bytes: Buffer) => Buffer }) => {
    const { store, cache } = await aStore();
    const first = await loadFrom(store);
    const bytes = readFileSync(cache);
    writeFileSync(cache, damage(bytes));
    expect(await loadFrom(store)).toEqual(first);
    expect(readFileSync(cache)).toEqual(bytes);
  });

  it("is stale once an import adds rows", async () => {
    const { store, folder } = await aStore();
    await loadFrom(store);
    const more = aFile(folder, "BTCUSDT-1m-2025-05.csv", csv(candles(30)));
    expect((await importInto(store, [more], { flags: { market: "perpetual" } })).status).toBe("imported");
    expect((await loadFrom(store)).bars.length).toBe(30);
    expect((await loadFrom(store)).bars.length, "from its new cache").toBe(30);
  });

  it("serves a tick that a person changed, since it holds decimals and no ticks", async () => {
    const { store } = await aStore();
    expect((await loadFrom(store)).bars.close[0]).toBe(10_025);
    const book = join(store, "assets.json");
    writeFileSync(book, readFileSync(book, "utf8").replace('"tick": "0.01"', '"tick": "0.05"'));
    expect((await loadFrom(store)).bars.close[0]).toBe(2005);
    writeFileSync(book, readFileSync(book, "utf8").replace('"tick": "0.05"', '"tick": "0.1"'));
    const off = await parquetHistory(store).load({ assets: ["BTCUSDT"], interval: "1m" });
    expect(off.ok ? undefined : off.error).toMatchObject({ code: "off_tick", atMs: minute(0), tick: "0.1" });
  });

  it("may be deleted or impossible to write, and the list of assets never shows it", async () => {
    const { store, cache } = await aStore();
    const listed = await parquetHistory(store).assets();
    const first = await loadFrom(store);
    expect(await parquetHistory(store).assets()).toEqual(listed);
    rmSync(cache);
    mkdirSync(cache);
    expect(await loadFrom(store), "a folder in its place").toEqual(first);
    expect(await parquetHistory(store).assets()).toEqual(listed);
  });

  it("does not hold numbers of 2^53 or more, which load from the store each time", async () => {
    const { store, cache } = await aStore([`${minute(0)},100.5,101,100,100.25,90071992547409.123456`]);
    const first = await loadFrom(store);
    expect(existsSync(cache)).toBe(false);
    expect(await loadFrom(store)).toEqual(first);
  });

  it("brings back every double it was given, and nothing once any one bit is wrong", async () => {
    const path = join(freshFolder(), "any.columns");
    const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const rows = fc.array(fc.tuple(whole, whole, whole), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 0, max: 12 }), fc.nat(), async (cells, decimals, at) => {
        const column = (field: 0 | 1 | 2): Float64Array => Float64Array.from(cells, (row) => row[field]);
        const given = { atMs: column(0), columns: [1, 2].map((field) => ({ decimals, values: column(field as 1 | 2) })) };
        await writeCache(path, "digest", given);
        expect(await readCache(path, "digest")).toEqual(given);
        expect(await readCache(path, "other")).toBeUndefined();
        const bytes = readFileSync(path);
        writeFileSync(path, flipped(bytes, at % bytes.length));
        expect(await readCache(path, "digest")).toBeUndefined();
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe("cells as whole steps", () => {
  it("are those of integer arithmetic, floored, with the first that is none named", () => {
    const cell = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    const step = fc.oneof(
      fc.bigInt({ min: 1n, max: 10n ** 14n }),
      fc.integer({ min: 0, max: 12 }).map((power) => 10n ** BigInt(power)),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), fc.integer({ min: 0, max: 12 }), step, fc.boolean(), (cells, decimals, by, wide) => {
        const values = wide ? cells.map(BigInt) : Float64Array.from(cells);
        const units = cells.map((value) => BigInt(value) * 10n ** BigInt(12 - decimals));
        const steps = inSteps({ decimals, values }, by);
        expect([...steps.values]).toEqual(units.map((value) => Number(value / by)));
        expect(steps.offAt).toBe(units.findIndex((value) => value % by !== 0n));
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});

describe("the median", () => {
  it("is the middle of the sorted values, or the mean of the middle two", () => {
    const numbers = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 })), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (list) => {
        const sorted = list.toSorted((left, right) => left - right);
        const [lower, upper] = [sorted[(list.length - 1) >> 1]!, sorted[list.length >> 1]!];
        expect(median(Float64Array.from(list))).toBeCloseTo((lower + upper) / 2, 12);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("leaves the values as they are, and is no number of none", () => {
    const values = Float64Array.of(3, 1, 2);
    expect([median(values), ...values]).toEqual([2, 3, 1, 2]);
    expect(median(new Float64Array())).toBeNaN();
  });
});
