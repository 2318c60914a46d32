import { clientOrderIdOf } from "../../words/ids.ts";
import type { Quantity } from "../../words/quantity.ts";
import { opposite } from "../../words/side.ts";
import type { OrderTerms } from "./order.ts";

/**
 * The protective orders that a venue brings to life as a bracketed entry fills, for just as much as has filled. Their ids follow from
 * the entry's, so that the venue's reports of them are known for ours.
 */
export function bracketLegs(entry: OrderTerms, filled: Quantity): readonly OrderTerms[] {
  const { bracket } = entry;
  if (bracket === undefined) return [];
  const { account, intent, correlation, instrument, triggerBy } = entry;
  const shared = {
    account,
    intent,
    correlation,
    instrument,
    side: opposite[entry.side],
    quantity: filled,
    triggerBy,
    timeInForce: "gtc",
    reduceOnly: true,
    oco: `${entry.id}.b`,
  } as const;
  return [
    ...(bracket.stopLoss === undefined
      ? []
      : [{ ...shared, id: clientOrderIdOf(`${entry.id}.s`), purpose: "stop_loss", type: "stop", stop: bracket.stopLoss } as const]),
    ...(bracket.takeProfit === undefined
      ? []
      : [{ ...shared, id: clientOrderIdOf(`${entry.id}.t`), purpose: "take_profit", type: "limit", limit: bracket.takeProfit } as const]),
  ];
}
