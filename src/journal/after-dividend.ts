import { reducedBy } from "../flow/market/ex-dividend.ts";
import type { ProtectionPlan } from "../flow/portfolio/standing.ts";
import type { Price } from "../words/price.ts";
import type { FactOf } from "./fact.ts";

/**
 * A plan's levels as brokers keep the orders behind it through an ex-date: the stop of what was bought and the target of what was sold short
 * are lower by the dividend. The other two stay.
 */
export function planAfterDividend(plan: ProtectionPlan, { price, amount }: FactOf<"dividend_paid">, tick: Price): ProtectionPlan {
  const { stopLoss, takeProfit } = plan;
  if (amount > 0n) return stopLoss === undefined ? plan : { ...plan, stopLoss: reducedBy(price, stopLoss, tick) };
  return takeProfit === undefined ? plan : { ...plan, takeProfit: reducedBy(price, takeProfit, tick) };
}
