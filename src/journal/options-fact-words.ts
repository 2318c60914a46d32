import type { GateRefusal } from "../flow/resolution/option-situation.ts";
import { unreachable } from "../words/invariant.ts";
import type { OptionsFact } from "./options-facts.ts";
import { readablePercent } from "./readable.ts";

/** One of these facts in, a short sentence for people out. */
export function optionsWords(fact: OptionsFact): string {
  const { decision, symbol } = fact;
  switch (fact.kind) {
    case "option_asked":
      return `${decision} of ${symbol}, contract ${fact.instrument}`;
    case "option_gated": {
      const { action, confidence, outcome, reasons, waitMinutes } = fact;
      const wait = waitMinutes === undefined ? "" : ` ${waitMinutes} minutes`;
      return because(`${decision} of ${symbol}: ${action}${wait}, ${readablePercent(confidence)} sure, became ${outcome}`, reasons);
    }
    case "hard_rail_fired":
      return because(`${symbol} closed by ${fact.rail}`, fact.reasons);
    case "person_asked":
      return `${fact.item} ${decision} of ${symbol}, contract ${fact.instrument}, for ${fact.why} until ${fact.expiresAt.toString()}`;
    case "person_answered":
      return `${fact.item ?? "unasked"} ${decision} of ${symbol}: ${fact.action} by ${fact.by}${fact.why === undefined ? "" : `, ${fact.why}`}`;
    case "person_obeyed":
      return `${decision} of ${symbol} became ${fact.outcome}`;
    case "person_expired":
      return `${fact.item} ${decision} of ${symbol}: nobody answered in time`;
    default:
      return unreachable(fact);
  }
}

const because = (what: string, reasons: readonly GateRefusal[]): string =>
  reasons.length === 0 ? what : `${what}: ${reasons.map(reason).join(", ")}`;

const reason = ({ code, measured, limit }: GateRefusal): string =>
  `${code}${measured === undefined ? "" : ` ${rounded(measured)}`}${limit === undefined ? "" : ` against ${rounded(limit)}`}`;

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
