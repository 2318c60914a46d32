import type { CorrelationId, IntentId, ProposalId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import { magnitude } from "../../words/quantity.ts";
import { opposite, type Side } from "../../words/side.ts";
import type { AssetContext } from "../context/gather.ts";
import type { Intent } from "./intent.ts";

/** One arbitrated wish and what is held come in; an intent goes out, or why there is none. */

export type ArbitratedWish = {
  readonly id: IntentId;
  readonly correlation: CorrelationId;
  readonly proposals: readonly ProposalId[];
  readonly side: Side;
  readonly allocation: Money;
  readonly confidence: number;
  readonly stopLoss?: Price | undefined;
  readonly takeProfit?: Price | undefined;
};

export type NoIntent = "already_held" | "nothing_to_sell" | "entry_working";

/**
 * Flat it enters, against a position it closes that whole, and with one it stands down: a position is not added to. What cannot be sold
 * short is sold only where it is held.
 */
export function resolveArbitrated(wish: ArbitratedWish, { instrument, position, openOrders }: AssetContext): Intent | NoIntent {
  const { id, correlation, proposals, side, allocation, confidence, stopLoss, takeProfit } = wish;
  const named = { id, correlation, proposals, instrument: instrument.id, side, confidence };
  if (position !== undefined) {
    const held: Side = position.quantity > 0n ? "buy" : "sell";
    if (held === side) return "already_held";
    return { ...named, aim: "close", side: opposite[held], wanted: { by: "quantity", quantity: magnitude(position.quantity) } };
  }
  if (side === "sell" && instrument.kind === "spot") return "nothing_to_sell";
  if (openOrders.some(({ purpose }) => purpose === "entry")) return "entry_working";
  return { ...named, aim: "enter", wanted: { by: "notional", notional: allocation }, stopLoss, takeProfit };
}

const rank = { close: 0, reduce: 1, reprotect: 2, enter: 3 } as const satisfies Record<Intent["aim"], number>;
const byName = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What takes risk away makes room for what adds; then the surest; then by name, so that no order of answers decides. */
export const inOrderOfRisk = (intents: readonly Intent[]): Intent[] =>
  [...intents].sort((a, b) => rank[a.aim] - rank[b.aim] || b.confidence - a.confidence || byName(a.instrument, b.instrument));
