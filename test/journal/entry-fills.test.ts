import { describe, expect, it } from "vitest";
import { EntryFills } from "../../src/journal/entry-fills.ts";
import { clientOrderIdOf, instrumentId } from "../../src/words/ids.ts";

const [btc, eth] = [instrumentId("BTC.PERP"), instrumentId("ETH.PERP")];
type Part = readonly [of: typeof btc, order: string, atMs: number];

describe("entries that filled since a person looked", () => {
  it.each([
    { parts: [], count: 0, because: "nothing filled" },
    { parts: [[btc, "a", 10]], count: 1, because: "one did" },
    {
      parts: [
        [btc, "a", 10],
        [btc, "a", 11],
        [btc, "a", 12],
      ],
      count: 1,
      because: "an order that fills in parts is one entry",
    },
    {
      parts: [
        [btc, "a", 10],
        [btc, "b", 11],
      ],
      count: 2,
      because: "entered again",
    },
    {
      parts: [
        [btc, "a", 10],
        [eth, "b", 11],
      ],
      count: 1,
      because: "the other is of another instrument",
    },
    {
      parts: [
        [btc, "a", 4],
        [btc, "b", 5],
      ],
      count: 1,
      because: "one was before the window, one as it began",
    },
    {
      parts: [
        [btc, "a", 4],
        [btc, "a", 11],
      ],
      count: 0,
      because: "an order counts by its first part",
    },
  ] as { parts: Part[]; count: number; because: string }[])("are $count, because $because", ({ parts, count }) => {
    const fills = new EntryFills();
    for (const [of, order, atMs] of parts) fills.add(of, clientOrderIdOf(order), atMs);
    expect(fills.since(btc, 5)).toBe(count);
    fills.clear();
    expect(fills.since(btc, 0)).toBe(0);
  });
});
