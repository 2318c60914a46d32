import type { Brand } from "../../words/brand.ts";
import { formatExact } from "../../words/exact.ts";
import type { Money } from "../../words/money.ts";
import type { Intent } from "../resolution/intent.ts";
import type { Sized } from "../sizing/size.ts";

/** Sized intents come in; a yes that is bound to exactly what was shown goes out, or a no. */

/** Only this file makes one, and only from a `Sized`. */
export type Approved = Brand<{ readonly sized: Sized; readonly by: string }, "Approved">;

export type ApprovalRule = {
  /** Entries above this notional wait for a person; everything below, and everything that takes risk away, approves itself. */
  readonly personAbove: Money | undefined;
  readonly secondsMax: number;
};

export type Answer =
  | { readonly yes: true; readonly by: string; readonly binding: string }
  | { readonly yes: false; readonly by: string; readonly why: string };

export const needsPerson = (sized: Sized, rule: ApprovalRule): boolean =>
  rule.personAbove !== undefined && sized.passed.candidate.purpose === "entry" && sized.notional > rule.personAbove;

/** What a person sees and says yes to, as one line: any field that changes makes another line, and the yes is void. */
export function bindingOf(sized: Sized, intent: Intent): string {
  const { instrument, purpose, side, price, stopLoss, takeProfit } = sized.passed.candidate;
  const levels = [stopLoss, takeProfit].map((level) => (level === undefined ? "-" : formatExact(level))).join("/");
  return [intent.id, instrument.id, purpose, side, formatExact(sized.quantity), formatExact(price), levels].join(" ");
}

/** Without a person: the rule itself says yes. */
export function approveByRule(sized: Sized, rule: ApprovalRule): Approved | undefined {
  return needsPerson(sized, rule) ? undefined : ({ sized, by: "rule" } as Approved);
}

/** With one: the yes must be bound to what is about to be sent. */
export function approveByPerson(sized: Sized, intent: Intent, answer: Answer): Approved | { readonly why: string; readonly by: string } {
  if (!answer.yes) return { why: answer.why, by: answer.by };
  if (answer.binding !== bindingOf(sized, intent)) return { why: "binding_changed", by: answer.by };
  return { sized, by: answer.by } as Approved;
}

export const isApproved = (answer: Approved | { readonly why: string; readonly by: string } | undefined): answer is Approved =>
  answer !== undefined && "sized" in answer;
