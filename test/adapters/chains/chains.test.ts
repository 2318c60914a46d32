import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readSettlements } from "../../../src/adapters/chains/settlement-list.ts";
import { readStrikeCsv, readStrikeJson } from "../../../src/adapters/chains/strike-table.ts";
import { checkChain } from "../../../src/flow/market/options/check-chain.ts";
import { midOf, valueChain } from "../../../src/flow/market/options/value-chain.ts";
import { approximately } from "../../../src/words/exact.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import { price } from "../../../src/words/price.ts";

const about = {
  underlying: instrumentId("SP500"),
  root: "SP500",
  underlyingPrice: price("5781.88"),
  expiry: "2024-10-18",
  asOf: Temporal.Instant.from("2024-10-10T19:00:00Z"),
  venue: "file",
  exercise: "european",
} as const;
const header = "Strike Price,Call Bid,Call Ask,Put Bid,Put Ask,Implied Volatility,Delta,Delta,Gamma,Volume,Open Interest";

describe("a table of strikes", () => {
  it("gives a call and a put a row, with blank counts as none", () => {
    const read = readStrikeCsv(
      `${header}\n5520,274.26,276.06,13.22,14.9,16.31,0.5,0.5,0.5,1,300\n5525,269.62,271.42,13.54,15.27,16.2,,,,,\n`,
      about,
    );
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.rejected).toEqual([]);
    expect(read.value.chain.quotes).toMatchObject([
      { instrument: { id: "SP500241018C05520000", right: "call" }, bid: price("274.26"), volume: 1, openInterest: 300, iv: 0.1631 },
      { instrument: { id: "SP500241018P05520000", right: "put" }, ask: price("14.9") },
      { instrument: { strike: price("5525") }, volume: 0, openInterest: 0 },
      {},
    ]);
  });

  it.each([
    { row: "abc,1,2,1,2,16,,,,,", why: 'the strike "abc" is no price', because: "a strike in words" },
    { row: "5520,1,,1,2,16,,,,,", why: "the call's ask is missing", because: "a side that is missing" },
    { row: "5520,1,2,,,16,,,,,", why: "the put's bid is missing; the put's ask is missing", because: "nobody quotes the put" },
    { row: "5520,1,2,1,2,16,,,,1.5,", why: 'the volume "1.5" is no whole number from 0', because: "half a contract" },
    { row: "5520,x,2,1,y,16,,,,-5,", why: `the call's bid "x" is no price; the put's ask "y" is no price`, because: "two faults" },
  ])("names the row and reads on: $because", ({ row, why }) => {
    const read = readStrikeCsv(`${header}\n${row}\n5530,1,2,1,2,16,,,,,\n`, about);
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.rejected).toEqual([{ line: 2, why }]);
    expect(read.value.chain.quotes.filter(({ instrument }) => instrument.strike === price("5530"))).toHaveLength(2);
  });

  it.each([
    { text: "", fault: { code: "missing_column", column: "Strike Price" } },
    { text: header, fault: { code: "no_rows" } },
    { text: "Strike,Bid\n1,2", fault: { code: "missing_column", column: "Strike Price" } },
  ])("refuses a file that is none: $fault.code", ({ text, fault }) => {
    expect(readStrikeCsv(text, about)).toEqual({ ok: false, error: fault });
  });

  it.each([{ text: "{" }, { text: "[]" }, { text: '{"options":[{"strike_price":"5520"}]}' }])(
    "refuses JSON of another shape: $text",
    ({ text }) => {
      expect(readStrikeJson(text, about)).toMatchObject({ ok: false, error: { code: "unreadable_file" } });
    },
  );
});

const data = (path: string): string => fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url));
const table = data("optionstratlib/SP500-18-oct-2024-5781.88");
const list = data("je-suis-tm/henry_hub_european_options_2020-11-12.csv.gz");

describe.skipIf(!existsSync(`${table}.csv`))("the S&P 500 chain of October 2024 (skipped without ../shared/data)", () => {
  const csv = existsSync(`${table}.csv`) ? readStrikeCsv(readFileSync(`${table}.csv`, "utf8"), about) : undefined;
  const chain = csv?.ok === true ? csv.value.chain : undefined;

  it("is the same chain as CSV and as JSON, 45 strikes of calls and puts", () => {
    expect(chain?.quotes).toHaveLength(90);
    expect(readStrikeJson(readFileSync(`${table}.json`, "utf8"), about)).toEqual(csv);
  });

  it("refuses the two calls that nobody bids for and values all the rest", () => {
    const checked = checkChain(chain!);
    expect(checked.refused.map(({ code }) => code)).toEqual(["one_sided", "one_sided"]);
    const bare = { ...checked.chain, quotes: checked.chain.quotes.map(({ iv: _iv, ...quote }) => quote) };
    const { chain: valued, unvalued } = valueChain(bare, { rate: 0.0485, dividendYield: 0.013 });
    expect(unvalued).toEqual([]);
    expect(valued.quotes.every(({ greeks }) => greeks?.source === "computed")).toBe(true);
  });

  it("keeps put-call parity: one forward explains call less put at every strike within the spreads", () => {
    const byStrike = Map.groupBy(checkChain(chain!).chain.quotes, ({ instrument }) => instrument.strike);
    const pairs = [...byStrike].flatMap(([strike, [call, put]]) => (call && put ? [{ strike: approximately(strike), call, put }] : []));
    const forwards = pairs.map(({ strike, call, put }) => midOf(call) - midOf(put) + strike).sort((a, b) => a - b);
    const forward = forwards[forwards.length >> 1]!;
    expect(forward / 5781.88).toBeCloseTo(1, 2);
    for (const { strike, call, put } of pairs) {
      const spread = approximately(call.ask - call.bid) + approximately(put.ask - put.bid);
      // A tenth of a percent of the strike's distance is left for a month's discount.
      expect(Math.abs(midOf(call) - midOf(put) + strike - forward)).toBeLessThan(spread + 0.01 * Math.abs(strike - forward));
    }
  });
});

describe.skipIf(!existsSync(list))("gas options settled on 2020-11-12 (skipped without ../shared/data)", () => {
  const read = existsSync(list)
    ? readSettlements(gunzipSync(readFileSync(list)).toString(), {
        root: "LN",
        venue: "nymex",
        asOf: Temporal.Instant.from("2020-11-12T19:30:00Z"),
        strikeTimes: 1000,
        multiplier: "10000",
      })
    : undefined;
  const months = read?.ok === true ? read.value : [];

  it("are 23 months of 10,002 contracts in all, each month on its own future", () => {
    expect(months).toHaveLength(23);
    expect(months.reduce((sum, { chain, rejected }) => sum + chain.quotes.length + rejected.length, 0)).toBe(10_002);
    expect(months[0]?.chain).toMatchObject({ underlying: "LN.2021-01", underlyingPrice: price("3.094"), expiries: ["2020-12-28"] });
  });

  it("have a smile: near the money the volatility is least, and calls and puts of a strike agree on it", () => {
    const [january] = months;
    const { chain } = valueChain(checkChain(january!.chain).chain, { rate: 0.0025, dividendYield: 0.0025 });
    const of = (strike: string, right: "call" | "put"): number =>
      chain.quotes.find(({ instrument }) => instrument.strike === price(strike) && instrument.right === right)?.iv ?? Number.NaN;
    expect(of("3.1", "call")).toBeCloseTo(of("3.1", "put"), 2);
    expect(of("3.1", "call")).toBeLessThan(of("5", "call"));
    expect(of("3.1", "call")).toBeLessThan(of("1.5", "put"));
  });
});
