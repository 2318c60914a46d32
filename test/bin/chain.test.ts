import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { blackScholes } from "../../src/flow/market/options/black-scholes.ts";
import { cli, expectDone, expectRefused, freshFolder, root } from "./run-cli.ts";

const folder = freshFolder();
const header = "Strike Price,Call Bid,Call Ask,Put Bid,Put Ask,Implied Volatility,Volume,Open Interest";
const at = ["--at", "2026-06-01T15:00:00Z"];

/** A table whose middles are worth a volatility of 30% at 2% and no yield, 25 days and 5 hours before its end. */
function madeUp(strikes: readonly number[]): string {
  const rows = strikes.map((strike) => {
    const side = (right: "call" | "put"): string => {
      const terms = { right, underlying: 100, strike, years: (25 + 5 / 24) / 365, rate: 0.02, dividendYield: 0 } as const;
      const mid = Math.round(blackScholes(terms, 0.3) * 100) / 100;
      return `${(mid - 0.02).toFixed(2)},${(mid + 0.02).toFixed(2)}`;
    };
    return `${strike},${side("call")},${side("put")},30,120,1500`;
  });
  return [header, ...rows, ""].join("\n");
}

type Shown = {
  readonly underlying: string;
  readonly expiries: readonly string[];
  readonly quotes: readonly {
    readonly contract: string;
    readonly iv: number | null;
    readonly fileIv: number | null;
    readonly greeks: { readonly delta: number; readonly source: string } | null;
  }[];
  readonly rejected: readonly { readonly line: number }[];
  readonly refused: readonly { readonly code: string; readonly instrument?: string }[];
};

const file = (name: string, text: string | Uint8Array): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

describe("countersign chain show", () => {
  it("finds the volatility that a table was made with, and puts its words about itself beside it (OPT-5)", async () => {
    const name = file("ABC-26-jun-2026-100.csv", madeUp([95, 100, 105]));
    const ran = await cli(folder, ["chain", "show", name, ...at, "--rate", "0.02", "--dividend", "0", "--exercise", "european", "--json"]);
    expectDone(ran);
    const [shown] = JSON.parse(ran.out) as readonly Shown[];
    expect(shown).toMatchObject({ underlying: "ABC", expiries: ["2026-06-26"], rejected: [], refused: [] });
    expect(shown!.quotes.map(({ contract }) => contract.slice(9))).toEqual([
      "C00095000",
      "P00095000",
      "C00100000",
      "P00100000",
      "C00105000",
      "P00105000",
    ]);
    for (const { iv, fileIv, greeks } of shown!.quotes) {
      expect(iv).toBeCloseTo(0.3, 2);
      expect([fileIv, greeks?.source]).toEqual([0.3, "computed"]);
    }
  });

  it("names what it refuses and shows the rest: a side that nobody quotes, a crossed one, a row in words", async () => {
    const rows = [header, "95,0,0.5,1,1.1,,,", "100,3,2.9,2.9,3,,,", "abc,1,2,1,2,,,", "105,1.2,1.3,5.9,6.1,,,", "110,1,2,9,10,,-5,10", ""];
    const name = file("table.csv", rows.join("\n"));
    const ran = await cli(folder, ["chain", "show", name, ...at, "--underlying", "ABC", "--price", "100", "--expiry", "2026-06-26"]);
    expectDone(ran);
    expect(ran.out).toContain("ABC at 100, 2026-06-01T15:00:00Z (UTC), expiring 2026-06-26\n");
    expect(ran.out).toContain("4 quotes of 6");
    expect(ran.out.match(/^rejected .*$/gm)).toEqual([
      'rejected row 4: the strike "abc" is no price',
      'rejected row 6: the volume "-5" is no whole number from 0',
    ]);
    expect(ran.out).toContain("refused one_sided: ABC260626C00095000\n");
    expect(ran.out).toContain("refused crossed: ABC260626C00100000\n");
    expect(ran.out).toMatch(/^ABC260626C00105000 .* computed$/m);
  });

  it("fails on a chain of which nothing is left, and says so in one line", async () => {
    const name = file("DEF-26-jun-2026-100.csv", madeUp([100]));
    const ran = await cli(folder, ["chain", "show", name, "--at", "2026-06-27T15:00:00Z"]);
    expect([ran.code, ran.err]).toEqual([1, `${name}: none of its quotes can be believed; the page names why for each\n`]);
    expect(ran.out).toContain("refused expired: DEF260626C00100000, DEF260626P00100000");
  });

  it("reads settlements month by month, packed, and one month whole", async () => {
    const columns = "futures-expirationDate,tradeDate,options-priorSettle,options-strikePrice,futures-priorSettle,options-optiontype";
    const rows = ["2021-01-01,2020-11-12,0.2,3000.0,3.1,call", "2021-02-01,2020-11-12,0.25,3000.0,3.05,put", ""];
    const name = file("list.csv.gz", gzipSync([columns, ...rows].join("\n")));
    const all = await cli(folder, ["chain", "show", name]);
    expectDone(all);
    expect(all.out.split("\n").filter((line) => line.startsWith("LN."))).toHaveLength(2);
    const one = await cli(folder, ["chain", "show", name, "--month", "2021-02", "--json"]);
    expectDone(one);
    expect(JSON.parse(one.out)).toMatchObject([
      { underlying: "LN.2021-02", asOf: "2020-11-12T19:30:00Z", quotes: [{ contract: "LN210126P00003000", exercise: "european" }] },
    ]);
  });

  it.each`
    because                             | words                                                                                    | says
    ${"no file"}                        | ${["none.csv"]}                                                                          | ${/^none\.csv: there is no such file\n$/}
    ${"a folder"}                       | ${["."]}                                                                                 | ${/this is a directory/}
    ${"another table"}                  | ${["other.csv", "--underlying", "ABC", "--price", "1", "--expiry", "2026-06-26", ...at]} | ${/no column "Strike Price"/}
    ${"nothing but a header"}           | ${["GHI-26-jun-2026-100.csv", ...at]}                                                    | ${/it holds no rows/}
    ${"JSON that is none"}              | ${["JKL-26-jun-2026-100.json", ...at]}                                                   | ${/cannot be read/}
    ${"half of a gzip"}                 | ${["half.csv.gz", ...at]}                                                                | ${/not whole gzip/}
    ${"a table that keeps its secrets"} | ${["other.csv"]}                                                                         | ${/add --underlying, --expiry, --price, --at\n$/}
    ${"a day that is none"}             | ${["other.csv", "--underlying", "A", "--price", "1", "--expiry", "2026-06-31", ...at]}   | ${/--expiry 2026-06-31: not a day/}
    ${"a root that is none"}            | ${["other.csv", "--underlying", "a", "--price", "1", "--expiry", "2026-06-26", ...at]}   | ${/capital letters/}
    ${"4 for 4%"}                       | ${["other.csv", "--rate", "4"]}                                                          | ${/0\.04 for 4%/}
    ${"a time in words"}                | ${["other.csv", "--at", "noon"]}                                                         | ${/--at noon: not a time/}
    ${"a format that is none"}          | ${["other.csv", "--format", "strike-csv"]}                                               | ${/did you mean strikes-csv/}
  `("refuses $because in one line", async ({ words, says }) => {
    file("other.csv", "a,b\n1,2\n");
    file("GHI-26-jun-2026-100.csv", `${header}\n`);
    file("JKL-26-jun-2026-100.json", '{"options":');
    file("half.csv.gz", gzipSync(header).subarray(0, 20));
    expectRefused(await cli(folder, ["chain", "show", ...(words as readonly string[])]), 2, says as RegExp);
  });
});

const table = join(root, "../shared/data/optionstratlib/SP500-18-oct-2024-5781.88.csv");

describe.skipIf(!existsSync(table))("the S&P 500 chain of October 2024 by command (skipped without ../shared/data)", () => {
  it("is 88 quotes with computed greeks, and two calls that nobody bids for", async () => {
    const ran = await cli(folder, ["chain", "show", table, "--at", "2024-10-10T19:00:00Z", "--exercise", "european", "--json"]);
    expectDone(ran);
    const [shown] = JSON.parse(ran.out) as readonly Shown[];
    expect(shown!.quotes).toHaveLength(88);
    expect(new Set(shown!.quotes.map(({ greeks }) => greeks?.source))).toEqual(new Set(["computed"]));
    expect(shown!.refused.map(({ code }) => code)).toEqual(["one_sided", "one_sided"]);
  });
});
