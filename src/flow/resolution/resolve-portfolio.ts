import { intentOf, type CorrelationId } from "../../words/ids.ts";
import { minus, notional, type Money } from "../../words/money.ts";
import { lesser, magnitude, quantityFor, toLot, zeroQuantity } from "../../words/quantity.ts";
import { opposite, type Side } from "../../words/side.ts";
import type { AssetContext } from "../context/gather.ts";
import type { Proposal } from "../proposals/proposal.ts";
import type { Intent, Wanted } from "./intent.ts";

/** Proposals for a portfolio come in; at most one intent per instrument goes out, and a reason for every one that becomes none. */

export type StandDown = "hold" | "no_position" | "not_in_context" | "unchanged" | "superseded" | "below_one_lot";
export type Resolved =
  | { readonly proposal: Proposal; readonly intent: Intent }
  | { readonly proposal: Proposal; readonly stoodDown: StandDown };

/**
 * What takes risk away comes first, so that it makes room for what adds; then the most confident; then by name, so that neither the
 * order nor which of two proposals for one instrument counts depends on how an answer was written.
 */
export function resolvePortfolio(
  proposals: readonly Proposal[],
  assets: readonly AssetContext[],
  correlation: CorrelationId,
): readonly Resolved[] {
  const resolved = proposals.map((proposal): Resolved => {
    const asset = assets.find(({ instrument }) => instrument.id === proposal.instrument);
    const wish = asset === undefined ? "not_in_context" : wishOf(proposal, asset);
    return typeof wish === "string" ? { proposal, stoodDown: wish } : { proposal, intent: intentFrom(proposal, wish, correlation) };
  });
  if (resolved.length < 2) return resolved;
  const taken = new Set<string>();
  return resolved
    .sort(inOrder)
    .map((resolved): Resolved => {
      if (!("intent" in resolved)) return resolved;
      const { proposal } = resolved;
      if (taken.has(proposal.instrument)) return { proposal, stoodDown: "superseded" };
      taken.add(proposal.instrument);
      return resolved;
    })
    .sort(inOrder);
}

function inOrder(a: Resolved, b: Resolved): number {
  const [one, other] = [a.proposal, b.proposal];
  return rank(a) - rank(b) || other.confidence - one.confidence || byName(one.instrument, other.instrument) || byName(one.id, other.id);
}

const byName = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type Wish = { readonly aim: Intent["aim"]; readonly side: Side; readonly wanted: Wanted };

function wishOf(proposal: Proposal, asset: AssetContext): Wish | StandDown {
  const { position } = asset;
  const held: Side | undefined = position === undefined ? undefined : position.quantity > 0n ? "buy" : "sell";
  switch (proposal.action) {
    case "hold":
      return "hold";
    case "buy":
    case "sell":
      // Against a position it closes that first: one order never turns a long into a short.
      return held !== undefined && held !== proposal.action
        ? closing(asset, held)
        : { aim: "enter", side: proposal.action, wanted: { by: "notional", notional: proposal.allocation } };
    case "close_position":
      return held === undefined ? "no_position" : closing(asset, held);
    case "adjust_orders":
      return held === undefined
        ? "no_position"
        : moves(proposal, asset)
          ? { aim: "reprotect", side: opposite[held], wanted: { by: "protection" } }
          : "unchanged";
    case "adjust_position":
      return held === undefined ? "no_position" : adjusting(proposal, asset, held);
  }
}

function closing({ position }: AssetContext, held: Side): Wish {
  return { aim: "close", side: opposite[held], wanted: { by: "quantity", quantity: magnitude(position?.quantity ?? zeroQuantity) } };
}

/** Toward the asked notional: up by buying the difference, down by whole lots, so that dust is left rather than sold twice. */
function adjusting(proposal: Proposal, asset: AssetContext, held: Side): Wish | StandDown {
  const { instrument, market, position } = asset;
  const size = magnitude(position?.quantity ?? zeroQuantity);
  const present = notional(market.quote.last, size, instrument.multiplier, "down");
  const more: Money = minus(proposal.allocation, present);
  const enough = more > 0n && more >= instrument.minNotional;
  if (enough && toLot(quantityFor(more, market.quote.last, instrument.multiplier, "down"), instrument.lot, "down") > 0n)
    return { aim: "enter", side: held, wanted: { by: "notional", notional: more } };
  if (more >= 0n) {
    if (moves(proposal, asset)) return { aim: "reprotect", side: opposite[held], wanted: { by: "protection" } };
    return enough ? "below_one_lot" : "unchanged";
  }
  if (proposal.allocation === 0n) return closing(asset, held);
  const less = toLot(
    quantityFor(minus(present, proposal.allocation), market.quote.last, instrument.multiplier, "down"),
    instrument.lot,
    "down",
  );
  if (less < instrument.lot)
    return moves(proposal, asset) ? { aim: "reprotect", side: opposite[held], wanted: { by: "protection" } } : "below_one_lot";
  return { aim: "reduce", side: opposite[held], wanted: { by: "quantity", quantity: lesser(less, size) } };
}

const moves = (proposal: Proposal, { protection }: AssetContext): boolean =>
  (proposal.stopLoss !== undefined && proposal.stopLoss !== protection?.stopLoss) ||
  (proposal.takeProfit !== undefined && proposal.takeProfit !== protection?.takeProfit);

function intentFrom(proposal: Proposal, wish: Wish, correlation: CorrelationId): Intent {
  const { confidence, instrument, stopLoss, takeProfit } = proposal;
  const { aim, side, wanted } = wish;
  const named = { id: intentOf(proposal.id), correlation, proposals: [proposal.id], instrument, aim, side, wanted };
  // What closes leaves nothing to protect; the levels of a turn the other way would stand on the wrong side.
  return aim === "close" ? { ...named, confidence } : { ...named, stopLoss, takeProfit, confidence };
}

const order = { close: 0, reduce: 1, reprotect: 2, enter: 3 } as const satisfies Record<Intent["aim"], number>;
const rank = (of: Resolved): number => ("intent" in of ? order[of.intent.aim] : 4);
