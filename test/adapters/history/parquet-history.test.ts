import * as fc from "fast-check";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { historyFaultText, isUsageFault } from "../../../src/adapters/history/history-fault-text.ts";
import { parquetHistory } from "../../../src/adapters/history/parquet-history.ts";
import { resample } from "../../../src/flow/market/resample.ts";
import type { HistoryAsk } from "../../../src/ports/history.ts";
import { parseExact } from "../../../src/words/exact.ts";
import { money } from "../../../src/words/money.ts";
import { aFile, candles, csv, freshFolder, header, importInto, minute } from "./history-files.ts";

const ask = (more: Partial<HistoryAsk>): HistoryAsk => ({ assets: ["BTCUSDT.PERP"], interval: "1m", ...more });

describe("history from the store (LAB-1)", () => {
  const folder = freshFolder();
  const store = join(folder, "store");
  const history = parquetHistory(store);
  const marks = [-480, 0, 480].map((offset) => `${minute(27 + offset)},${offset + 1000}.5,0,0,0,0`);
  beforeAll(async () => {
    const files = [
      aFile(folder, "BTCUSDT-1m-futures.csv", csv(candles(60))),
      aFile(folder, "BTCUSDT-8h-mark.csv", csv(marks)),
      aFile(folder, "BTCUSDT-8h-funding_rate.csv", csv(marks.map((line) => line.replace(/,.*/, ",1e-05,0,0,0,0")))),
      aFile(folder, "BTCUSDT-5m-spot.csv", csv([`${minute(2)},1,1,1,1,1`])),
    ];
    expect((await importInto(store, files)).status).toBe("imported");
  });
  it("lists what it holds", async () => {
    const listed = await history.assets();
    expect(listed.ok && listed.value.map((one) => [one.id, one.kind, one.interval, one.rows, one.gaps, one.sources[0]])).toEqual([
      ["BTCUSDT.PERP", "funding", "8h", 3, 0, "BTCUSDT-8h-funding_rate.csv"],
      ["BTCUSDT.PERP", "mark", "8h", 3, 0, "BTCUSDT-8h-mark.csv"],
      ["BTCUSDT.PERP", "ohlcv", "1m", 60, 0, "BTCUSDT-1m-futures.csv"],
      ["BTCUSDT.SPOT", "ohlcv", "5m", 1, 0, "BTCUSDT-5m-spot.csv"],
    ]);
  });

  it("is half-open on the open of a bar, and brings the mark that held before the window but not the funding", async () => {
    const loaded = await history.load(ask({ fromMs: minute(10), toMs: minute(20) }));
    const [asset] = loaded.ok ? loaded.value : [];
    expect([...asset!.bars.openMs]).toEqual(Array.from({ length: 10 }, (_, row) => minute(10 + row)));
    expect(asset!.mark).toMatchObject({ length: 1, value: [520_500_000_000_000n] });
    expect(asset!.funding).toMatchObject({ length: 0 });
    const later = await history.load(ask({ fromMs: minute(10), toMs: minute(27) }));
    expect(later.ok && later.value[0]!.funding?.value, "the end of the window is in").toEqual([10_000_000n]);
  });

  it("builds an interval that is not stored from the coarsest finer one", async () => {
    const fine = await history.load(ask({}));
    const coarse = await history.load(ask({ interval: "15m", fromMs: minute(0), toMs: minute(40) }));
    const whole = fine.ok ? resample(fine.value[0]!.bars, "15m") : undefined;
    expect(coarse.ok && [...coarse.value[0]!.bars.openMs]).toEqual([minute(12), minute(27)]);
    expect(coarse.ok && [...coarse.value[0]!.bars.volume]).toEqual(Array.from(whole!.volume.slice(1, 3)));
  });

  it.each`
    asset             | interval | from          | code                     | usage    | text
    ${"DOGEUSDT"}     | ${"1m"}  | ${undefined}  | ${"unknown_asset"}       | ${true}  | ${"the store holds BTCUSDT.PERP, BTCUSDT.SPOT"}
    ${"BTCUSDT"}      | ${"1m"}  | ${undefined}  | ${"ambiguous_asset"}     | ${true}  | ${"say BTCUSDT.PERP or BTCUSDT.SPOT"}
    ${"BTCUSDT.SPOT"} | ${"1m"}  | ${undefined}  | ${"interval_not_stored"} | ${true}  | ${"the store holds 5m"}
    ${"BTCUSDT.PERP"} | ${"1m"}  | ${minute(60)} | ${"empty_window"}        | ${false} | ${"no 1m candle from 2025-05-04T16:33:00Z to the end; the store holds 2025-05-04T15:33:00Z to 2025-05-04T16:32:00Z"}
  `(
    "answers $asset $interval with $code and says: $text",
    async ({
      asset,
      from,
      code,
      usage,
      text,
    }: Record<"asset" | "code" | "text", string> & { from: number | undefined; usage: boolean }) => {
      const loaded = await history.load(ask({ assets: [asset], ...(from === undefined ? {} : { fromMs: from }) }));
      expect(loaded.ok).toBe(false);
      if (loaded.ok) return;
      expect([loaded.error.code, isUsageFault(loaded.error)]).toEqual([code, usage]);
      expect(historyFaultText(loaded.error)).toContain(text);
    },
  );

  it("knows no asset where there is no store, and holds nothing there", async () => {
    const nothing = parquetHistory(join(folder, "nowhere"));
    expect(await nothing.assets()).toEqual({ ok: true, value: [] });
    expect(await nothing.load(ask({}))).toMatchObject({ ok: false, error: { code: "unknown_asset" } });
  });
});

async function edited(change: (text: string) => string): Promise<Awaited<ReturnType<ReturnType<typeof parquetHistory>["load"]>>> {
  const folder = freshFolder();
  const store = join(folder, "store");
  await importInto(store, [aFile(folder, "BTCUSDT-1m-futures.csv", csv(candles(3)))]);
  const book = join(store, "assets.json");
  writeFileSync(book, change(readFileSync(book, "utf8")));
  return parquetHistory(store).load({ assets: ["BTCUSDT"], interval: "1m" });
}

describe("a damaged store", () => {
  it("is named by every reader, and an import leaves it as it is", async () => {
    const folder = freshFolder();
    const file = aFile(folder, "BTCUSDT-1m-futures.csv", csv(candles(3)));
    await importInto(folder, [file]);
    const path = join(folder, "BTCUSDT.PERP/ohlcv-1m.parquet");
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    const history = parquetHistory(folder);
    for (const read of [await history.assets(), await history.load(ask({}))])
      expect(read).toMatchObject({ ok: false, error: { code: "unreadable_store", path } });
    const outcome = await importInto(folder, [file]);
    expect([outcome.status, outcome.files[0]!.fault?.code]).toEqual(["refused", "unreadable"]);
    expect(readFileSync(path).length).toBe(100);
  });
});

describe("what a person edited in assets.json", () => {
  it("counts at load", async () => {
    const loaded = await edited((text) =>
      text
        .replace('"minNotional": "5"', '"minNotional": "100"')
        .replace('"lot": "0.1"', '"lot": "1"')
        .replace('"minQuantity": "0.1"', '"minQuantity": "1"'),
    );
    expect(loaded.ok && loaded.value[0]!.instrument.minNotional).toBe(money("100"));
    expect(loaded.ok && [...loaded.value[0]!.bars.volume], "volume is floored to whole lots").toEqual([1, 2, 3]);
  });

  it.each`
    from                   | to                  | code                  | because
    ${'"tick": "0.01"'}    | ${'"tick": "0.1"'}  | ${"off_tick"}         | ${"100.25 is no whole multiple of 0.1"}
    ${'"tick": "0.01"'}    | ${'"tick": "0"'}    | ${"unreadable_store"} | ${"a tick is above zero"}
    ${'"tick": "0.01"'}    | ${'"tick": 0.01'}   | ${"unreadable_store"} | ${"exact numbers are text"}
    ${'"leverageMax": 50'} | ${'"leverage": 50'} | ${"unreadable_store"} | ${"a misspelt word is not ignored"}
    ${'"version": 1'}      | ${'"version": '}    | ${"unreadable_store"} | ${"that is no JSON"}
  `("is refused as $code because $because", async ({ from, to, code }: { from: string; to: string; code: string }) => {
    const loaded = await edited((text) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    });
    expect(loaded).toMatchObject({ ok: false, error: { code } });
  });
});

const decimal = (decimals: number, max: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat({ max }), fc.nat({ max: decimals }), fc.bigInt({ min: 0n, max: 10n ** BigInt(decimals) - 1n }))
    .map(([whole, places, fraction]) => {
      const digits = fraction.toString().padStart(decimals, "0").slice(0, places);
      return digits === "" ? String(whole) : `${whole}.${digits}`;
    });

describe("exactness (LAB-1)", () => {
  it("brings back every price and volume that was written, whatever their decimals", async () => {
    const price = decimal(6, 200_000).map((text) => (Number(text) === 0 ? "1" : text));
    const volume = fc.oneof(decimal(6, 1_000_000), fc.constantFrom("0", "1e-05", "123456789.123456"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(price, volume), { minLength: 1, maxLength: 30 }), async (rows) => {
        const folder = freshFolder();
        const lines = rows.map(([at, size], row) => `${minute(row)},${at},${at},${at},${at},${size}`);
        const outcome = await importInto(folder, [aFile(folder, "BTCUSDT-1m-futures.csv", [header, ...lines].join("\n"))]);
        expect(outcome.status).toBe("imported");
        const loaded = await parquetHistory(folder).load({ assets: ["BTCUSDT"], interval: "1m" });
        if (!loaded.ok) throw new Error(historyFaultText(loaded.error));
        const { bars, instrument } = loaded.value[0]!;
        rows.forEach(([at, size], row) => {
          for (const column of [bars.open, bars.high, bars.low, bars.close])
            expect(parseExact(at)).toEqual({ ok: true, value: BigInt(column[row]!) * instrument.tick });
          expect(parseExact(size)).toEqual({ ok: true, value: BigInt(bars.volume[row]!) * instrument.lot });
        });
      }),
      { numRuns: 15, seed: 20_261_121 },
    );
  });

  it("brings back every rate and mark that was written, up to twelve decimals", async () => {
    const value = fc.oneof(
      decimal(8, 200_000),
      decimal(12, 90_000),
      fc.constantFrom("0.000000000001", "2.6e-05", "99999999999999.999999999999"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 30 }), async (values) => {
        const folder = freshFolder();
        const lines = values.map((text, row) => `${minute(27 + row * 480)},-${text}`);
        const funding = aFile(folder, "BTCUSDT-8h-funding_rate.csv", ["ts_ms,rate", ...lines].join("\n"));
        const outcome = await importInto(folder, [funding, aFile(folder, "BTCUSDT-1m-futures.csv", csv(candles(1)))]);
        expect(outcome.status).toBe("imported");
        const loaded = await parquetHistory(folder).load({ assets: ["BTCUSDT"], interval: "1m" });
        const expected = values.map((text) => parseExact(`-${text}`)).map((read) => (read.ok ? read.value : undefined));
        expect(loaded.ok && loaded.value[0]!.funding!.value).toEqual(expected);
      }),
      { numRuns: 15, seed: 20_261_121 },
    );
  });

  it("infers no lot so fine that the largest volume would not count exactly, and floors volumes to it", async () => {
    const folder = freshFolder();
    await importInto(folder, [aFile(folder, "PEPEUSDT-1m-futures.csv", csv([`${minute(0)},1,1,1,1,12345678901.123456`]))]);
    const loaded = await parquetHistory(folder).load({ assets: ["PEPEUSDT"], interval: "1m" });
    expect(loaded.ok && [loaded.value[0]!.instrument.lot, loaded.value[0]!.bars.volume[0]]).toEqual([100_000_000n, 123_456_789_011_234]);
  });

  it("widens tick and lot for a later, finer file, and the earlier rows keep their values", async () => {
    const folder = freshFolder();
    await importInto(folder, [aFile(folder, "BTCUSDT-1m-futures.csv", csv([`${minute(0)},100,100,100,100,5`]))]);
    await importInto(folder, [aFile(folder, "BTCUSDT-1m-futures.csv", csv([`${minute(1)},100.125,100.125,100.125,100.125,5.5`]))]);
    const loaded = await parquetHistory(folder).load({ assets: ["BTCUSDT"], interval: "1m" });
    expect(loaded.ok && loaded.value[0]!.instrument).toMatchObject({ tick: 10n ** 9n, lot: 10n ** 11n, minQuantity: 10n ** 11n });
    expect(loaded.ok && [[...loaded.value[0]!.bars.close], [...loaded.value[0]!.bars.volume]]).toEqual([
      [100_000, 100_125],
      [50, 55],
    ]);
  });
});
