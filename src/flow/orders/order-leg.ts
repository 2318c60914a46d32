import type { InstrumentId } from "../../words/ids.ts";
import { divideUnits } from "../../words/exact.ts";
import { lesser, quantityOfUnits, zeroQuantity, type Quantity } from "../../words/quantity.ts";
import type { Side } from "../../words/side.ts";

/** One contract of an order over several: `ratio` of it, a whole number, go with each unit of the order. */
export type OrderLeg = { readonly instrument: InstrumentId; readonly side: Side; readonly ratio: number };

/** Fills come in leg by leg; whole units of the order go out: as many as its least filled leg allows. */
export function unitsFilled(legs: readonly OrderLeg[], filledOf: (instrument: InstrumentId) => Quantity): Quantity {
  const [first, ...others] = legs.map(({ instrument, ratio }) => quantityOfUnits(divideUnits(filledOf(instrument), BigInt(ratio), "down")));
  return others.reduce(lesser, first ?? zeroQuantity);
}
