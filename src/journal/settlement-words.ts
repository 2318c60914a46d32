import { magnitude, quantityTimes } from "../words/quantity.ts";
import { count, grouped, readableMoney, signedMoney } from "./readable.ts";
import type { SettlementFact } from "./settlement-facts.ts";

/** One of these facts in, a short sentence for people out. */
export function settlementWords(fact: SettlementFact): string {
  const { instrument } = fact;
  if (fact.kind === "option_adjusted")
    return `${grouped(fact.quantity)} ${instrument} became ${grouped(quantityTimes(fact.quantity, fact.times, 1))} ${fact.became}`;
  const { price } = fact;
  if (fact.kind === "dividend_paid") return `${instrument} ${signedMoney(fact.amount)} at ${grouped(price)} a share`;
  if (fact.kind === "borrow_charged")
    return `${instrument} ${readableMoney(fact.amount)} for ${count(fact.days, "day")} short at ${grouped(price)}`;
  const { quantity, delivered } = fact;
  const contracts = `${grouped(quantity)} ${instrument}`;
  if (delivered === undefined) return fact.kind === "option_expired" ? contracts : `${contracts} for cash at ${grouped(price)}`;
  const { quantity: shares, instrument: of, price: strike } = delivered;
  const size = grouped(magnitude(shares));
  return `${contracts}: ${shares > 0n ? "received" : "delivered"} ${size} ${of} at ${grouped(strike)}`;
}
