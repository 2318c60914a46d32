import type { Instrument } from "../../words/instrument.ts";
import { fundingPayment } from "../../words/margin.ts";
import { absolute, minus, money, type Money } from "../../words/money.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { FundingPaid } from "./event.ts";

/** Venues book funding to eight decimals, so a difference below this is their rounding and not a disagreement. */
const fundingTolerance = money("0.00000001");

/** What the venue booked minus what `signed` at the event's mark and rate gives; absent when they agree. */
export function fundingDifference(event: FundingPaid, signed: Quantity, instrument: Instrument): Money | undefined {
  const difference = minus(event.amount, fundingPayment(event.price, signed, instrument.multiplier, event.rate));
  return absolute(difference) < fundingTolerance ? undefined : difference;
}
