import { magnitude } from "../words/quantity.ts";
import { grouped, signedMoney } from "./readable.ts";
import type { SettlementFact } from "./settlement-facts.ts";

/** One of these facts in, a short sentence for people out. */
export function settlementWords(fact: SettlementFact): string {
  const { instrument, price } = fact;
  if (fact.kind === "dividend_paid") return `${instrument} ${signedMoney(fact.amount)} at ${grouped(price)} a share`;
  const { quantity, delivered } = fact;
  const contracts = `${grouped(quantity)} ${instrument}`;
  if (delivered === undefined) return fact.kind === "option_expired" ? contracts : `${contracts} for cash at ${grouped(price)}`;
  const { quantity: shares, instrument: of, price: strike } = delivered;
  const size = grouped(magnitude(shares));
  return `${contracts}: ${shares > 0n ? "received" : "delivered"} ${size} ${of} at ${grouped(strike)}`;
}
