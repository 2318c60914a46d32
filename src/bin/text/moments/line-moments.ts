import type { ClosedTrade } from "../../../flow/portfolio/trade.ts";
import type { Intent } from "../../../flow/resolution/intent.ts";
import type { Proposal } from "../../../flow/proposals/proposal.ts";
import type { Entry } from "../../../journal/entry.ts";
import type { FactOf } from "../../../journal/fact.ts";
import { grouped, readableEvidence, readableMoney, signedMoney } from "../../../journal/readable.ts";
import type { InstrumentId } from "../../../words/ids.ts";
import { quantityPlus, zeroQuantity } from "../../../words/quantity.ts";
import { refusalText, whole, wish } from "../in-passing.ts";
import type { Said } from "./moment.ts";
import { ofKind, type Played } from "./played.ts";

/** What every desk shares, from a wish to the money that it brought. */

export const wanted = (proposal: Proposal, name: string): Said => ({ label: "wants", text: wish(proposal, name).replace(/^wants /, "") });

/** What the line made of the intent for this instrument within one decision; nothing where it came to none. */
export function verdict(decision: readonly Entry[], instrument: InstrumentId): readonly Said[] {
  const refused = ofKind(decision, "refused").find(({ fact }) => fact.instrument === instrument)?.fact;
  if (refused !== undefined) return [{ label: "refused", text: refusalText(refused), tone: "bad" }];
  const invalid = ofKind(decision, "proposal_refused").find(({ fact }) => fact.instrument === instrument)?.fact;
  if (invalid !== undefined) return [{ label: "refused", text: belowThreshold(invalid), tone: "bad" }];
  const intent = ofKind(decision, "resolved").findLast(({ fact }) => fact.intent.instrument === instrument)?.fact.intent;
  const passed = ofKind(decision, "passed").find(({ fact }) => fact.intent === intent?.id)?.fact;
  const sized = ofKind(decision, "sized").find(({ fact }) => fact.intent === intent?.id)?.fact;
  const order = ofKind(decision, "order_planned").find(({ fact }) => fact.order.intent === intent?.id)?.fact.order;
  if (intent === undefined || passed === undefined || sized === undefined || order === undefined) return [];
  const size = `${aims[intent.aim]}${grouped(order.quantity)} for ${readableMoney(sized.notional)}`;
  const limit = order.limit === undefined ? "" : ` at ${grouped(order.limit)} or better`;
  return [
    { label: "countersigned", text: `${passed.verdicts.length} rails; ${size}${limit}${trimmed(passed)}`, tone: "good" },
    ...withheld(decision, order.id),
  ];
}

const aims = { enter: "", reduce: "reducing by ", close: "closing ", reprotect: "" } as const satisfies Record<Intent["aim"], string>;

const belowThreshold = ({ code, evidence }: FactOf<"proposal_refused">): string => `${code}, ${readableEvidence(evidence)}`;

function trimmed({ verdicts, notionalMax }: FactOf<"passed">): string {
  const [first, ...more] = verdicts.filter(({ outcome }) => outcome === "trimmed").map(({ rail }) => rail);
  return first === undefined ? "" : `; trimmed to ${whole(notionalMax)} by ${first}${more.length === 0 ? "" : ` and ${more.length} more`}`;
}

const withheld = (decision: readonly Entry[], order: string): readonly Said[] => [
  ...ofKind(decision, "order_withheld").flatMap(({ fact }): Said[] =>
    fact.order === order ? [{ label: "withheld", text: fact.refusal.code, tone: "bad" }] : [],
  ),
  ...ofKind(decision, "order_rejected").flatMap(({ fact }): Said[] =>
    fact.order === order ? [{ label: "rejected", text: `by the venue: ${fact.reason}`, tone: "bad" }] : [],
  ),
];

/** What the decision's own order traded, with the guards that it came with; nothing where it was not filled. */
export function filled(played: Played, decision: readonly Entry[], instrument: InstrumentId): readonly Said[] {
  const order = ofKind(decision, "order_planned").find(({ fact: { order: of } }) => of.instrument === instrument && isOwn(of))?.fact.order;
  const fills = ofKind(decision, "filled").filter(({ fact }) => fact.fill.order === order?.id);
  const last = fills.at(-1)?.fact.fill;
  if (order === undefined || last === undefined) return [];
  const quantity = fills.reduce((all, { fact }) => quantityPlus(all, fact.fill.quantity), zeroQuantity);
  const many = fills.length === 1 ? "" : ` in ${fills.length} fills, the last`;
  const what = `${order.side === "buy" ? "bought" : "sold"} ${grouped(quantity)} ${played.name(instrument)}${many} at ${grouped(last.price)}`;
  const { stopLoss, takeProfit } =
    ofKind(decision, "protection_planned").find(({ fact }) => fact.plan.intent === order.intent)?.fact.plan ?? {};
  const guards = [
    ...(stopLoss === undefined ? [] : [`stop ${grouped(stopLoss)}`]),
    ...(takeProfit === undefined ? [] : [`target ${grouped(takeProfit)}`]),
  ];
  return [{ label: "filled", text: `${what}${guards.length === 0 ? "" : `, with ${guards.join(" and ")}`}` }];
}

const isOwn = ({ purpose }: { readonly purpose: string }): boolean => purpose !== "stop_loss" && purpose !== "take_profit";

/** How the trade that a decision began came to its end; `how` where a desk knows it better than the order does. */
export function closed(trade: ClosedTrade | undefined, name: string, how?: string): readonly Said[] {
  if (trade === undefined) return [];
  const { closedAt, endedBy, net } = trade;
  const text = `${name} ${how ?? ends[endedBy]} on ${minuteOf(closedAt)}: ${signedMoney(net)} after all costs`;
  return [{ label: "closed", text, tone: net < 0n ? "bad" : "good" }];
}

const ends = {
  order: "by an order",
  stop_loss: "at its stop",
  take_profit: "at its target",
  liquidation: "by liquidation",
  settlement: "at expiry",
} as const satisfies Record<ClosedTrade["endedBy"], string>;

/** `2026-01-08 16:30`, in UTC as all times of the demo. */
export const minuteOf = (at: Temporal.Instant): string => at.toString().slice(0, 16).replace("T", " ");
