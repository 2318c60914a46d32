import { existsSync, readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parquetHistory } from "../../../src/adapters/history/parquet-history.ts";
import { aFile, candles, csv, faultsOf, freshFolder, importInto, minute, rulesOf } from "./history-files.ts";

const name = "BTCUSDT-1m-futures.csv";
const withRow = (row: string): string => csv([...candles(2), row]);

describe("an import (LAB-1)", () => {
  it.each`
    row                                               | rule                | because
    ${`${minute(2)},,101,100,100,1`}                  | ${"empty_cell"}     | ${"an empty price is no price"}
    ${`${minute(2)},NaN,101,100,100,1`}               | ${"not_a_number"}   | ${"not a number is not finite"}
    ${`${minute(2)},Infinity,101,100,100,1`}          | ${"not_a_number"}   | ${"infinity is not finite"}
    ${`${minute(2)},0x10,101,100,100,1`}              | ${"not_a_number"}   | ${"only decimals are numbers"}
    ${`${minute(2)},100.0000000000001,101,100,100,1`} | ${"too_precise"}    | ${"digits are never dropped unasked"}
    ${`${minute(2)},100,1e15,100,100,1`}              | ${"too_large"}      | ${"the store has 38 digits"}
    ${`${minute(2)},100,101,100,100`}                 | ${"missing_cells"}  | ${"a short row lost something"}
    ${`${minute(2)},100,101,100,100,1,234`}           | ${"extra_cells"}    | ${"a thousands separator splits a cell"}
    ${"soon,100,101,100,100,1"}                       | ${"bad_time"}       | ${"a word is no time"}
    ${"2025-02-30 00:00:00,100,101,100,100,1"}        | ${"bad_time"}       | ${"February has no 30th"}
    ${`${minute(2) / 1000},100,101,100,100,1`}        | ${"year_out"}       | ${"seconds among milliseconds are in 1970"}
    ${`${minute(2) + 1},100,101,100,100,1`}           | ${"off_grid"}       | ${"a minute bar opens on the minute"}
    ${`${minute(-1)},100,101,100,100,1`}              | ${"unsorted"}       | ${"time goes forward"}
    ${`${minute(1)},100,101,100,100,1`}               | ${"duplicate"}      | ${"one bar an instant"}
    ${`${minute(2)},0,101,0,100,1`}                   | ${"not_positive"}   | ${"nothing trades at zero"}
    ${`${minute(2)},-1,101,-1,100,1`}                 | ${"not_positive"}   | ${"nothing here trades below zero"}
    ${`${minute(2)},100,101,100,100,-1`}              | ${"negative"}       | ${"volume is a count"}
    ${`${minute(2)},100,99,100,100,1`}                | ${"high_below_low"} | ${"the high is the highest"}
    ${`${minute(2)},102,101,100,100,1`}               | ${"open_outside"}   | ${"the open was traded"}
    ${`${minute(2)},100,101,100,99.999,1`}            | ${"close_outside"}  | ${"the close was traded"}
  `("refuses a row as $rule because $because", async ({ row, rule }: { row: string; rule: string }) => {
    const folder = freshFolder();
    const outcome = await importInto(`${folder}/store`, [aFile(folder, name, withRow(row))]);
    expect(outcome.status).toBe("refused");
    expect(rulesOf(outcome, folder)).toEqual([`${name}:4: ${rule}`]);
    expect(existsSync(`${folder}/store`), "nothing is written").toBe(false);
  });

  it.each`
    content                                          | ending   | fault                  | because
    ${""}                                            | ${""}    | ${"empty_file"}        | ${"there are no bytes"}
    ${"ts_ms,open,high,low,close,volume\n"}          | ${""}    | ${"empty_file"}        | ${"a header has no rows"}
    ${"a,b,c\n1,2,3\n"}                              | ${""}    | ${"bad_header"}        | ${"no column is a time"}
    ${gzipSync(csv(candles(500))).subarray(0, 2000)} | ${".gz"} | ${"truncated_archive"} | ${"the archive ends early"}
    ${gzipSync("")}                                  | ${".gz"} | ${"empty_file"}        | ${"the archive holds nothing"}
    ${"not gzip"}                                    | ${".gz"} | ${"bad_archive"}       | ${"it never was an archive"}
  `(
    "refuses a whole file as $fault because $because",
    async ({ content, ending, fault }: { content: string; ending: string; fault: string }) => {
      const folder = freshFolder();
      const outcome = await importInto(`${folder}/store`, [aFile(folder, name + ending, content)]);
      expect(outcome.status).toBe("refused");
      expect(outcome.files.map((file) => file.fault?.code)).toEqual([fault]);
      expect(existsSync(`${folder}/store`)).toBe(false);
    },
  );

  it("checks every file of the command before it writes one", async () => {
    const folder = freshFolder();
    const sound = aFile(folder, "ETHUSDT-1m-futures.csv", csv(candles(3)));
    const faulty = aFile(folder, name, withRow(`${minute(2)},0,0,0,0,0`));
    expect((await importInto(`${folder}/store`, [sound, faulty])).status).toBe("refused");
    expect(existsSync(`${folder}/store`)).toBe(false);
  });

  it("says which flag is missing, and that is a mistake of the command", async () => {
    const folder = freshFolder();
    const outcome = await importInto(`${folder}/store`, [aFile(folder, "prices.csv", csv(candles(2)))]);
    expect(outcome.status).toBe("usage");
    expect(faultsOf(outcome, folder)).toEqual(["prices.csv: say_more: say --interval and --market: the name does not tell"]);
  });

  it("imports the other rows with lenient, and keeps the rejected ones with line, rule and text", async () => {
    const folder = freshFolder();
    const store = `${folder}/store`;
    const file = aFile(
      folder,
      name,
      csv([...candles(2), `${minute(2)},,1,1,1,1`, `${minute(3)},100,101,100,100,9`, `${minute(3)},1,1,1,1,1`]),
    );
    const outcome = await importInto(store, [file], { lenient: true });
    expect(outcome.status).toBe("imported");
    expect(outcome.files[0]).toMatchObject({ rowsAdded: 3, rowsRejected: 2 });
    expect(readFileSync(outcome.files[0]!.rejectFile!, "utf8").split("\n")).toEqual([
      "line,rule,detail,text",
      `4,empty_cell,"open is empty","${minute(2)},,1,1,1,1"`,
      `6,duplicate,"2025-05-04T15:36:00Z came before","${minute(3)},1,1,1,1,1"`,
      "",
    ]);
    expect(outcome.series[0]?.gaps).toMatchObject({ count: 1, missing: 1 });
  });

  it("keeps the whole lines of a truncated archive with lenient", async () => {
    const folder = freshFolder();
    const file = aFile(folder, `${name}.gz`, gzipSync(csv(candles(500))).subarray(0, 2000));
    const outcome = await importInto(`${folder}/store`, [file], { lenient: true });
    expect(outcome.status).toBe("imported");
    expect(outcome.files[0]!.rowFaults.map(({ rule }) => rule)).toEqual(["cut_off"]);
    expect(outcome.files[0]!.rowsAdded).toBe(outcome.files[0]!.rowsRead - 1);
  });

  it("counts identical rows as already there, adds new ones, and refuses other values on a stored instant", async () => {
    const folder = freshFolder();
    const store = `${folder}/store`;
    const lines = candles(6);
    await importInto(store, [aFile(folder, name, csv(lines.slice(0, 4)))]);
    const again = await importInto(store, [aFile(folder, name, csv(lines.slice(2)))]);
    expect(again.files[0]).toMatchObject({ rowsAdded: 2, rowsAlreadyThere: 2 });
    const before = readFileSync(`${store}/BTCUSDT.PERP/ohlcv-1m.parquet`);
    const changed = await importInto(store, [
      aFile(folder, name, csv([lines[5]!, `${minute(6)},1,1,1,1,1`, `${minute(3)},1,1,1,1,1`].sort())),
    ]);
    expect(rulesOf(changed, folder)).toEqual([`${name}:2: overlap`]);
    expect(readFileSync(`${store}/BTCUSDT.PERP/ohlcv-1m.parquet`).equals(before), "the store is as it was").toBe(true);
  });

  it("finds overlaps between the files of one command", async () => {
    const folder = freshFolder();
    const one = aFile(folder, name, csv(candles(3)));
    const two = aFile(folder, `${name}.gz`, gzipSync(csv([`${minute(2)},1,1,1,1,1`])));
    const outcome = await importInto(`${folder}/store`, [two, one]);
    expect(rulesOf(outcome, folder)).toEqual([`${name}.gz:2: overlap`]);
    expect(outcome.files[0]!.rowFaults[0]!.detail).toContain(`is in ${name} as 100.5,101,100,100.25,3.5`);
  });

  it("sorts when asked to, so that only true faults remain", async () => {
    const folder = freshFolder();
    const file = aFile(folder, name, csv(candles(5).toReversed()));
    expect((await importInto(`${folder}/store`, [file])).status).toBe("refused");
    expect((await importInto(`${folder}/store`, [file], { sort: true })).files[0]).toMatchObject({ rowsAdded: 5, rowsRejected: 0 });
  });

  it("rounds half to even only when asked to, and says how often", async () => {
    const folder = freshFolder();
    const coarse = aFile(folder, name, csv([`${minute(0)},1.125,1.135,1.105,1.115,1`]));
    const rounded = await importInto(`${folder}/store`, [coarse], { flags: { roundDecimals: 2 } });
    expect(rounded.files[0]!.notes).toEqual(["4 numbers were rounded half to even"]);
    const loaded = await parquetHistory(`${folder}/store`).load({ assets: ["BTCUSDT"], interval: "1m" });
    expect(loaded.ok && [...loaded.value[0]!.bars.open, ...loaded.value[0]!.bars.high, ...loaded.value[0]!.bars.low]).toEqual([
      112, 114, 110,
    ]);
  });

  it("refuses prices off a given tick, and keeps a given tick from then on", async () => {
    const folder = freshFolder();
    const store = `${folder}/store`;
    const tick = 250_000_000_000n as never;
    expect((await importInto(store, [aFile(folder, name, csv(candles(2)))], { tick })).status).toBe("imported");
    const outcome = await importInto(store, [aFile(folder, name, csv([`${minute(5)},100.1,101,100,100.25,1`]))], { tick });
    expect(rulesOf(outcome, folder)).toEqual([`${name}:2: off_tick`]);
  });

  it("leaves no temporary file behind", async () => {
    const folder = freshFolder();
    const store = `${folder}/store`;
    await importInto(store, [aFile(folder, name, csv(candles(2)))]);
    expect(readdirSync(store, { recursive: true }).map(String).sort()).toEqual([
      "BTCUSDT.PERP",
      "BTCUSDT.PERP/ohlcv-1m.parquet",
      "assets.json",
    ]);
  });
});
