import fc from "fast-check";
import { instrumentId, transactionId } from "../../src/words/ids.ts";
import { moneyOfUnits } from "../../src/words/money.ts";
import { priceOfUnits } from "../../src/words/price.ts";
import { quantityOfUnits } from "../../src/words/quantity.ts";

const units = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const plain = <Of extends object>(of: fc.Arbitrary<Of>): fc.Arbitrary<Of> => of.map((value) => ({ ...value }));
const transaction = fc.constantFrom("t1", "t2").map(transactionId);
const instrument = fc.constantFrom("SPY261218C00600000", "SPY").map(instrumentId);
const price = units.map(priceOfUnits);
const quantity = units.map(quantityOfUnits);

const settled = <Kind extends string>(kind: Kind) =>
  plain(
    fc.record(
      { kind: fc.constant(kind), transaction, instrument, quantity, price, delivered: plain(fc.record({ instrument, quantity, price })) },
      { requiredKeys: ["kind", "transaction", "instrument", "quantity", "price"] },
    ),
  );

/** One arbitrary for each fact of what a venue does to what is held. */
export const settlementFactsByKind = {
  option_expired: settled("option_expired"),
  option_exercised: settled("option_exercised"),
  option_assigned: settled("option_assigned"),
  option_adjusted: plain(
    fc.record({
      kind: fc.constant("option_adjusted" as const),
      transaction,
      instrument,
      quantity,
      became: instrument,
      times: fc.integer({ min: 1, max: 50 }),
    }),
  ),
  borrow_charged: plain(
    fc.record({
      kind: fc.constant("borrow_charged" as const),
      transaction,
      instrument,
      price,
      days: fc.integer({ min: 1, max: 5 }),
      amount: units.map(moneyOfUnits),
    }),
  ),
  dividend_paid: plain(
    fc.record({ kind: fc.constant("dividend_paid" as const), transaction, instrument, price, amount: units.map(moneyOfUnits) }),
  ),
};
