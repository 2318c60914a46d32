import type { ProviderKind } from "../../ports/known-model.ts";
import { divideUnits, exactDecimals } from "../../words/exact.ts";
import { moneyOfUnits, type Money } from "../../words/money.ts";
import { fieldsOf, type Fields } from "./wire-body.ts";

const decimal = /^(\d{1,30})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** Dollars as JSON spells them, to the unit of 10^-12 and up from there: what was billed is never booked as less. */
function dollarsUp(text: string, scaledBy: bigint): Money | undefined {
  const match = decimal.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const shift = BigInt(exactDecimals - fraction.length) + BigInt(exponent.replace("+", "")) + scaledBy;
  const digits = BigInt(whole + fraction);
  return moneyOfUnits(shift >= 0n ? digits * 10n ** shift : divideUnits(digits, 10n ** -shift, "up"));
}

/**
 * The provider's own figure for one call, exactly as its digits say; undefined where it gives none. OpenRouter: `usage.cost`, plus the
 * upstream's bill where the account brings its own key. Requesty and other gateways: `cost ?? total_cost`. xAI: ticks of 10^-10 dollars
 * (docs.x.ai/developers/cost-tracking).
 */
export function costFigure(kind: ProviderKind, body: Fields): Money | undefined {
  const usage = fieldsOf(body["usage"]);
  switch (kind) {
    case "openai":
    case "anthropic":
    case "google":
    case "deepseek":
      return undefined;
    case "xai":
      return figure(usage["cost_in_usd_ticks"], -10n);
    case "openrouter":
    case "requesty":
    case "openai-compatible": {
      const cost = figure(usage["cost"]) ?? figure(usage["total_cost"]);
      if (cost === undefined || usage["is_byok"] !== true) return cost;
      return moneyOfUnits(cost + (figure(fieldsOf(usage["cost_details"])["upstream_inference_cost"]) ?? 0n));
    }
  }
}

const figure = (field: unknown, scaledBy = 0n): Money | undefined => (typeof field === "string" ? dollarsUp(field, scaledBy) : undefined);
