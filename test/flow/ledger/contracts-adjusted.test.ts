import { describe, expect, it } from "vitest";
import { Ledger } from "../../../src/flow/ledger/ledger.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { instantOfMs } from "../../../src/words/instant.ts";
import { executionId, instrumentId, type InstrumentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import type { CostMethod } from "../../../src/words/order-words.ts";
import { price } from "../../../src/words/price.ts";
import { magnitude, quantity } from "../../../src/words/quantity.ts";
import { anOption } from "../../sim/venue/a-market.ts";

const [old, half] = [instrumentId("C120"), instrumentId("C60")];

type Held = readonly [of: InstrumentId, lots: number, at: string];

/** What is held of both, after `told` contracts (signed) became twice as many of the other; the market says 7 of the old one. */
function after(
  before: readonly Held[],
  told: number,
  costMethod: CostMethod = "average",
): { readonly held: string; readonly ledger: Ledger } {
  const ledger = new Ledger({ instruments: (id) => ({ ...anOption(), id }), costMethod });
  ledger.post({ kind: "cash_moved", amount: money("10000"), at: instantOfMs(0) });
  for (const [n, [instrument, lots, at]] of before.entries())
    ledger.post({
      kind: "filled",
      fill: {
        execution: executionId(`x${n}`),
        order: undefined,
        instrument,
        side: lots > 0 ? "buy" : "sell",
        quantity: magnitude(quantity(String(lots))),
        price: price(at),
        fee: money("0"),
        liquidity: "taker",
        reason: "order",
        at: instantOfMs(n),
      },
    });
  const common = { instrument: old, became: half, times: 2, price: price("7"), at: instantOfMs(100) };
  ledger.post({ kind: "contracts_adjusted", ...common, quantity: quantity(String(told)) });
  ledger.check((id) => (id === old ? price("7") : price("3.5")));
  const named = ledger.positions().map((of) => `${formatExact(of.quantity)} ${of.instrument} for ${formatExact(of.cost)}`);
  return { held: named.join(", "), ledger };
}

describe("contracts that a split made others of, by the venue's count (OPT-13)", () => {
  it.each<[before: readonly Held[], told: number, held: string, because: string]>([
    [[[old, 2, "6"]], 2, "4 C60 for 1200", "all of them, at the same cost"],
    [[[old, -2, "6"]], -2, "-4 C60 for 1200", "who owes two owes four"],
    [[[old, 3, "6"]], 2, "1 C120 for 600, 4 C60 for 1200", "one was bought afterwards"],
    [[[old, 1, "6"]], 2, "4 C60 for 1300, -1 C120 for 700", "an execution is not told yet, and stands at the mark until it is"],
    [[], 2, "-2 C120 for 1400, 4 C60 for 1400", "none is told yet"],
    [
      [
        [old, 2, "6"],
        [half, 1, "4"],
      ],
      2,
      "5 C60 for 1600",
      "what was bought since keeps its own cost",
    ],
    [
      [
        [old, 2, "6"],
        [half, -4, "3"],
      ],
      2,
      "",
      "they have ended since, as far as these books know",
    ],
  ])("%j, %i told: %s, because %s", (before, told, held) => {
    expect(after(before, told).held).toBe(held);
  });

  it("realises nothing by itself, and takes the oldest lots first under FIFO", () => {
    const lots: readonly Held[] = [
      [old, 1, "6"],
      [old, 2, "9"],
    ];
    const { held, ledger } = after(lots, 2, "fifo");
    expect(held).toBe("1 C120 for 900, 4 C60 for 1500");
    expect([ledger.realised, ledger.cash]).toEqual([money("0"), money("7600")]);
  });

  it("comes to the same once the execution is told that was missing", () => {
    const { ledger } = after([[old, 1, "6"]], 2);
    const late = { execution: executionId("late"), order: undefined, instrument: old, side: "buy", quantity: quantity("1") } as const;
    const fill = { ...late, price: price("6"), fee: money("0"), liquidity: "taker", reason: "order", at: instantOfMs(50) } as const;
    ledger.post({ kind: "filled", fill });
    expect(ledger.positions().map((of) => [of.instrument, formatExact(of.quantity)])).toEqual([[half, "4"]]);
    expect([ledger.cash, ledger.equity(() => price("3"))]).toEqual([money("8800"), money("10000")]);
  });
});
