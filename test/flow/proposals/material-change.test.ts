import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetSnapshot, MarketSnapshot } from "../../../src/flow/market/snapshot.ts";
import { materialChange } from "../../../src/flow/proposals/material-change.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { price } from "../../../src/words/price.ts";
import { rate } from "../../../src/words/rate.ts";

fc.configureGlobal({ seed: 20261121 });

const anAsset = (id = "BTCUSDT.PERP", quote: Partial<AssetSnapshot["quote"]> = {}, funding = "0.0001"): AssetSnapshot => ({
  quote: {
    instrument: instrumentId(id),
    bid: price("99.9"),
    ask: price("100.1"),
    last: price("100"),
    mark: price("100"),
    status: "open",
    quotedAt: instantOfMs(0),
    ...quote,
  },
  ...(funding === "" ? {} : { fundingRate: rate(funding) }),
  frames: [],
});
const aSnapshot = (...assets: AssetSnapshot[]): MarketSnapshot => ({ takenAt: instantOfMs(0), assets, leftOut: [] });
const before = aSnapshot(anAsset());

describe("what makes an earlier answer stale (PERP-5)", () => {
  it.each<{ now: MarketSnapshot; change: string | undefined; because: string }>([
    { now: aSnapshot(anAsset()), change: undefined, because: "nothing moved" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", { last: price("100.09") })), change: undefined, because: "nine basis points are below ten" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", { last: price("100.1") })), change: "price", because: "ten are ten" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", { last: price("99.9") })), change: "price", because: "a fall counts as a rise does" },
    {
      now: aSnapshot(anAsset("BTCUSDT.PERP", { mark: price("100.2") })),
      change: "price",
      because: "the mark moved without the last price",
    },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", { ask: price("100.5") })), change: "price", because: "the spread opened" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", { bid: price("99.5") })), change: "price", because: "on the other side too" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", { status: "halted" })), change: "status", because: "it is halted" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", {}, "0.0002")), change: "funding", because: "holding costs something else" },
    { now: aSnapshot(anAsset("BTCUSDT.PERP", {}, "")), change: "funding", because: "what it costs is not known any more" },
    { now: aSnapshot(), change: "assets", because: "the asset fell out" },
    { now: aSnapshot(anAsset(), anAsset("ETHUSDT.PERP")), change: "assets", because: "another came in" },
    { now: aSnapshot(anAsset("ETHUSDT.PERP")), change: "assets", because: "it is another one" },
    { now: { ...before, takenAt: instantOfMs(60_000) }, change: undefined, because: "time alone is the cache's own business" },
  ])("is $change because $because", ({ now, change }) => {
    expect(materialChange(before, now, 10)).toBe(change);
  });

  it("compares with the snapshot that was answered, so that small steps cannot add up unseen", () => {
    const step = (n: number) => aSnapshot(anAsset("BTCUSDT.PERP", { last: price((100 + n * 0.04).toFixed(2)) }));
    expect([1, 2, 3].map((n) => materialChange(before, step(n), 10))).toEqual([undefined, undefined, "price"]);
  });

  it("knows no threshold of nothing: then every answer is stale", () => {
    expect(materialChange(before, before, 0)).toBe("price");
  });

  it("never calls a price that moved by the threshold or more the same, and never one that moved by less another", () => {
    const ticks = fc.integer({ min: 1, max: 2_000_000 });
    fc.assert(
      fc.property(
        ticks,
        ticks,
        fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100),
        fc.constantFrom("last", "mark", "bid", "ask"),
        (from, to, moveBps, which) => {
          const at = (n: number) => aSnapshot(anAsset("BTCUSDT.PERP", { [which]: price((n / 10).toFixed(1)) }));
          const moved = Math.abs(to - from) * 1_000_000 >= threshold(from, moveBps);
          expect(materialChange(at(from), at(to), moveBps)).toBe(moved ? "price" : undefined);
        },
      ),
    );
  });
});

/** From times basis points, in hundredths of a basis point: whole numbers far below 2^53. */
const threshold = (from: number, moveBps: number): number => from * Math.round(moveBps * 100);
