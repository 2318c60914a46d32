import type { ChargeReason, LedgerEvent } from "../../../src/flow/ledger/event.ts";
import { executionId, instrumentId, type InstrumentId } from "../../../src/words/ids.ts";
import type { Instrument } from "../../../src/words/instrument.ts";
import { present } from "../../../src/words/invariant.ts";
import { money } from "../../../src/words/money.ts";
import { price, type Price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";

const common = (id: string, tick: string, lot: string, multiplier = "1") => ({
  id: instrumentId(id),
  symbol: id,
  venue: "test",
  currency: "USD",
  tick: price(tick),
  lot: quantity(lot),
  multiplier: quantity(multiplier),
  minQuantity: quantity(lot),
  maxQuantity: quantity("1000000"),
  minNotional: money("0"),
  priceMayBeNegative: false,
  calendar: "always" as const,
});

const perpetual = (id: string, tick: string, lot: string): Instrument => ({
  ...common(id, tick, lot),
  kind: "perpetual",
  base: id,
  leverageMax: 100,
  maintenanceMarginRate: rate("0.005"),
  liquidationFeeRate: rate("0.01"),
  fundingIntervalHours: 8,
});

/** One instrument of each kind the ledger tells apart, and a second perpetual to share collateral with the first. */
export const instruments: readonly Instrument[] = [
  perpetual("BTC", "0.1", "0.001"),
  perpetual("ETH", "0.01", "0.0001"),
  { ...common("AAPL", "0.01", "0.001"), kind: "equity", name: "Apple", shortable: true },
  { ...common("SPY", "0.01", "1"), kind: "etf", name: "S&P 500", shortable: true },
  { ...common("SOL", "0.0001", "0.00000001"), kind: "spot", base: "SOL" },
  {
    ...common("CALL", "0.01", "1", "100"),
    kind: "option",
    underlying: instrumentId("AAPL"),
    right: "call",
    strike: price("200"),
    expiry: "2026-12-18",
    exercise: "american",
  },
];

const byId = new Map(instruments.map((instrument) => [instrument.id, instrument]));
export const instrumentOf = (id: InstrumentId): Instrument => present(byId.get(id), `${id} is one of the test's instruments`);

export const start = Temporal.Instant.from("2026-01-05T00:00:00Z");

export const reasons = ["liquidation", "model", "borrow", "interest", "regulatory", "dividend"] as const satisfies readonly ChargeReason[];

/** Reads `deposit 1000`, `buy 2 BTC at 100 fee 0.1`, `funding BTC 0.0001 at 100 gives -0.02`, `margin BTC 50`, `charge 3 model BTC`. */
export function eventOf(sentence: string, index: number): LedgerEvent {
  const words = sentence.split(" ");
  const at = start.add({ minutes: index });
  const word = (position: number): string => present(words[position], `"${sentence}" has a word at ${position}`);
  const [verb] = words;
  switch (verb) {
    case "deposit":
      return { kind: "cash_moved", amount: money(word(1)), at };
    case "buy":
    case "sell":
    case "bust": {
      const busted = verb === "bust";
      const [side, size, id, , paid, , fee = "0"] = busted ? words.slice(1) : words;
      const fill = {
        execution: executionId(`x${index}`),
        instrument: instrumentId(present(id, "a fill has an instrument")),
        side: side === "buy" ? ("buy" as const) : ("sell" as const),
        quantity: quantity(present(size, "a fill has a size")),
        price: price(present(paid, "a fill has a price")),
        fee: money(fee),
        liquidity: fee.startsWith("-") ? ("maker" as const) : ("taker" as const),
        reason: "order" as const,
        at,
      };
      return busted ? { kind: "fill_busted", fill, at } : { kind: "filled", fill };
    }
    case "funding":
      return {
        kind: "funding_paid",
        instrument: instrumentId(word(1)),
        rate: rate(word(2)),
        price: price(word(4)),
        amount: money(word(6)),
        at,
      };
    case "margin":
      return { kind: "margin_moved", instrument: instrumentId(word(1)), amount: money(word(2)), at };
    case "charge": {
      const why = present(
        reasons.find((reason) => reason === word(2)),
        `"${word(2)}" is a reason for a charge`,
      );
      const charge = { kind: "fee_charged" as const, amount: money(word(1)), why, at };
      return words[3] === undefined ? charge : { ...charge, instrument: instrumentId(words[3]) };
    }
    default:
      throw new Error(`"${sentence}" is not an event`);
  }
}

/** Marks written as `BTC 110 ETH 20`; asking for one that is not there is a bug of the test or of the ledger. */
export function marksOf(text: string): (id: InstrumentId) => Price {
  const words = text.split(" ");
  return (id) => price(present(words[words.indexOf(id) + 1], `${id} has a mark in "${text}"`));
}
