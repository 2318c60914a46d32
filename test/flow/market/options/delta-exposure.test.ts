import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaExposure } from "../../../../src/flow/market/options/delta-exposure.ts";
import { listedOption } from "../../../../src/flow/market/options/listed-option.ts";
import { formatExact } from "../../../../src/words/exact.ts";
import { instrumentId } from "../../../../src/words/ids.ts";
import type { Option } from "../../../../src/words/instrument.ts";
import { price } from "../../../../src/words/price.ts";
import { quantity } from "../../../../src/words/quantity.ts";

function option(right: "call" | "put"): Option {
  const listed = listedOption(
    { root: "ACME", expiry: "2026-12-18", right, strike: price("100") },
    { underlying: instrumentId("ACME"), venue: "sim" },
  );
  if (!listed.ok) throw new Error(listed.error.code);
  return listed.value;
}

describe("exposure of options by delta (OPT-5)", () => {
  it.each<["call" | "put", string, number | undefined, string, string, string]>([
    ["call", "2", 0.5, "100", "10000", "two calls of half a delta move as 100 shares do"],
    ["put", "2", -0.25, "80", "-4000", "puts that are held gain when the share falls"],
    ["call", "-1", 0.6, "100", "-6000", "a call that was sold loses when it rises"],
    ["put", "-3", -0.5, "100", "15000", "a put that was sold is a bet on a rise"],
    ["call", "1", 0, "100", "0", "far out of the money there is nothing at stake for now"],
    ["call", "1", undefined, "100", "10000", "a delta that nobody knows is a whole one"],
    ["put", "1", undefined, "100", "-10000", "and has its sign"],
    ["call", "1", 0.123_456_7, "100", "1234.57", "delta counts to six decimals"],
  ])("%s x%s of delta %d at %s is %s, because %s", (right, of, delta, at, stake) => {
    const greeks = delta === undefined ? undefined : { delta };
    expect(formatExact(deltaExposure({ instrument: option(right), quantity: quantity(of) }, greeks, price(at)))).toBe(stake);
  });

  it("is opposite for the opposite position, and never more than the shares are worth (law)", () => {
    const cases = fc.record({
      right: fc.constantFrom("call" as const, "put" as const),
      size: fc.integer({ min: 1, max: 1000 }),
      delta: fc.double({ min: 0, max: 1, noNaN: true }),
      cents: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(cases, ({ right, size, delta, cents }) => {
        const greeks = { delta: right === "call" ? delta : -delta };
        const at = price((cents / 100).toFixed(2));
        const stake = (of: number): bigint => deltaExposure({ instrument: option(right), quantity: quantity(String(of)) }, greeks, at);
        expect(stake(-size)).toBe(-stake(size));
        const shares = at * BigInt(size) * 100n;
        expect(stake(size) <= shares && stake(size) >= -shares).toBe(true);
      }),
      { seed: 81, numRuns: 200 },
    );
  });
});
