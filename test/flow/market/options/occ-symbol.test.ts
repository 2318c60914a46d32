import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listedOption } from "../../../../src/flow/market/options/listed-option.ts";
import { isAdjustedRoot, occSymbol, parseOccSymbol } from "../../../../src/flow/market/options/occ-symbol.ts";
import { instrumentId } from "../../../../src/words/ids.ts";
import { price, priceOfUnits } from "../../../../src/words/price.ts";
import { quantity } from "../../../../src/words/quantity.ts";

describe("OCC symbols", () => {
  it.each([
    {
      text: "AAPL261218C00200000",
      root: "AAPL",
      expiry: "2026-12-18",
      right: "call",
      strike: "200",
      because: "the compact spelling, as Alpaca writes it",
    },
    { text: "AAPL  261218C00200000", root: "AAPL", expiry: "2026-12-18", right: "call", strike: "200", because: "OCC's own 21 characters" },
    {
      text: "SPXW  240119P04747500",
      root: "SPXW",
      expiry: "2024-01-19",
      right: "put",
      strike: "4747.5",
      because: "weeklies have a root of their own",
    },
    {
      text: "AAPL1 261218P00012500",
      root: "AAPL1",
      expiry: "2026-12-18",
      right: "put",
      strike: "12.5",
      because: "an adjusted root ends in a digit",
    },
    {
      text: "AAPL1261218P00012500",
      root: "AAPL1",
      expiry: "2026-12-18",
      right: "put",
      strike: "12.5",
      because: "compact too: the last 15 are the fixed part",
    },
    { text: "F240229C00000500", root: "F", expiry: "2024-02-29", right: "call", strike: "0.5", because: "2024 is a leap year" },
    {
      text: "VIX   250521C99999999",
      root: "VIX",
      expiry: "2025-05-21",
      right: "call",
      strike: "99999.999",
      because: "the largest strike there is",
    },
  ])("reads $text: $because", ({ text, root, expiry, right, strike }) => {
    expect(parseOccSymbol(text)).toEqual({ ok: true, value: { root, expiry, right, strike: price(strike) } });
  });

  it.each([
    { text: "", because: "nothing is no symbol" },
    { text: "AAPL", because: "a share" },
    { text: "AAPL261318C00200000", because: "there is no month 13" },
    { text: "AAPL250229C00200000", because: "2025 has no 29 February" },
    { text: "AAPL261200C00200000", because: "there is no day 0" },
    { text: "AAPL261218X00200000", because: "neither call nor put" },
    { text: "AAPL261218C00000000", because: "a strike of zero" },
    { text: "AAPL261218C200000", because: "a strike of six digits" },
    { text: "AAPL 261218C00200000", because: "padded, but not to six" },
    { text: "aapl261218C00200000", because: "small letters" },
    { text: "TOOLONGX261218C00200000", because: "a root of eight" },
    { text: "AAPL261218C00200000\n", because: "a line's end is no part of a symbol" },
    { text: "١٢261218C00200000", because: "other digits" },
  ])("refuses $text: $because", ({ text }) => {
    expect(parseOccSymbol(text)).toMatchObject({ ok: false, error: { code: "not_an_occ_symbol", text } });
  });

  it("reads back what it wrote, in both spellings", () => {
    const contract = fc.record({
      root: fc.stringMatching(/^[A-Z][A-Z0-9]{0,5}$/),
      expiry: fc
        .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10)),
      right: fc.constantFrom("call" as const, "put" as const),
      strike: fc.integer({ min: 1, max: 99_999_999 }).map((mills) => priceOfUnits(BigInt(mills) * 1_000_000_000n)),
    });
    fc.assert(
      fc.property(contract, fc.constantFrom("compact" as const, "padded" as const), (of, spelling) => {
        const text = occSymbol(of, spelling);
        expect(text.ok && parseOccSymbol(text.value)).toEqual({ ok: true, value: of });
        if (spelling === "padded") expect(text.ok && text.value.length).toBe(21);
      }),
      { seed: 31 },
    );
  });

  it.each([
    { strike: "200.0005", rule: "three decimals" },
    { strike: "100000", rule: "below 100,000" },
  ])("writes no symbol for a strike of $strike: $rule", ({ strike, rule }) => {
    const written = occSymbol({ root: "AAPL", expiry: "2026-12-18", right: "call", strike: price(strike) });
    expect(written).toMatchObject({ ok: false, error: { rule: expect.stringContaining(rule) } });
  });

  it("never guesses what an adjusted contract delivers", () => {
    const contract = { root: "AAPL1", expiry: "2026-12-18", right: "call", strike: price("50") } as const;
    const terms = { underlying: instrumentId("AAPL"), venue: "alpaca" };
    expect(isAdjustedRoot("AAPL1")).toBe(true);
    expect(listedOption(contract, terms)).toEqual({ ok: false, error: { code: "adjusted_deliverable", root: "AAPL1" } });
    expect(listedOption(contract, { ...terms, multiplier: quantity("150") })).toMatchObject({
      ok: true,
      value: { multiplier: quantity("150") },
    });
    expect(listedOption({ ...contract, root: "AAPL" }, terms)).toMatchObject({
      ok: true,
      value: { id: "AAPL261218C00050000", multiplier: quantity("100"), exercise: "american" },
    });
  });
});
