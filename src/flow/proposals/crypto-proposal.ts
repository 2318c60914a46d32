import type { CorrelationId, ProposalId } from "../../words/ids.ts";
import { smaller, timesRate, type Money } from "../../words/money.ts";
import { priceNear, toTick, type Price } from "../../words/price.ts";
import { bps } from "../../words/rate.ts";
import type { Side } from "../../words/side.ts";
import type { AssetContext, Context } from "../context/gather.ts";
import type { Belief } from "./belief.ts";
import { usualLevels, type CryptoRules, type LocalSignal, type LocalWish } from "./crypto-rules.ts";
import type { Proposal, Proposer } from "./proposal.ts";
import type { TraderDecision } from "./read-trader.ts";

/** A wish of either source comes in; the record that every desk's proposals are goes out, with the size that it asks for. */

export type Draft = { readonly proposal: Proposal; readonly sizePct: number };
/** How far it is believed is what it is compared by; what was said stays in its proposal. */
export type Offer = Draft & { readonly belief: Belief };

export type OfferTerms = {
  readonly id: ProposalId;
  readonly correlation: CorrelationId;
  readonly context: Context;
  readonly asset: AssetContext;
  readonly allocationMax: Money;
};

/** A percentage of equity as position notional, never above the largest allocation. */
export const allocationOf = (sizePct: number, equity: Money, allocationMax: Money): Money =>
  equity <= 0n
    ? smaller(equity, allocationMax)
    : smaller(timesRate(equity, bps(Math.round(sizePct * 100 * 1e4) / 1e4), "down"), allocationMax);

export const ruleOf = (signal: LocalSignal): Proposer => ({ kind: "rules", name: signal, version: "1" });

export function localOffer(wish: LocalWish, terms: OfferTerms): Offer {
  const { signal, side, confidence, belief, sizePct, rationale } = wish;
  const plan = "out at stop or target, or when the other side wins";
  const stated = { side, confidence, sizePct, rationale, exitPlan: plan, ...onTicks(wish, side, terms.asset) };
  return { ...draft(stated, ruleOf(signal), terms), belief };
}

/** What the AI trader left open is the rules' own: their distance of stop and target, and the size that is usual here. */
export function traderOffer(
  { side, confidence, sizePct, stopLoss, takeProfit, rationale }: TraderDecision,
  by: Proposer,
  sizePctUsual: number,
  rules: CryptoRules,
  terms: OfferTerms,
): Draft {
  const { instrument } = terms.asset;
  const usual = usualLevels(terms.asset, side, rules);
  const levels = usual === undefined ? { stopLoss: undefined, takeProfit: undefined } : onTicks(usual, side, terms.asset);
  const open = [
    ...(sizePct === undefined ? ["size"] : []),
    ...(stopLoss === undefined ? ["stop"] : []),
    ...(takeProfit === undefined ? ["target"] : []),
  ];
  const stated = {
    side,
    confidence,
    sizePct: sizePct ?? sizePctUsual,
    rationale,
    exitPlan: open.length === 0 ? "" : `${open.join(", ")} by the desk`,
    // Levels between ticks move toward the entry: less risk, less reward, and an order the venue takes.
    stopLoss: stopLoss === undefined ? levels.stopLoss : toTick(stopLoss, instrument.tick, side === "buy" ? "up" : "down"),
    takeProfit: takeProfit === undefined ? levels.takeProfit : toTick(takeProfit, instrument.tick, side === "buy" ? "down" : "up"),
  };
  return draft(stated, by, terms);
}

type Stated = Pick<Proposal, "confidence" | "rationale" | "exitPlan" | "stopLoss" | "takeProfit"> & {
  readonly side: Side;
  readonly sizePct: number;
};

function draft({ side, sizePct, ...stated }: Stated, by: Proposer, { id, correlation, context, asset, allocationMax }: OfferTerms): Draft {
  const allocation = allocationOf(sizePct, context.equity, allocationMax);
  return {
    sizePct,
    proposal: { id, correlation, by, instrument: asset.instrument.id, action: side, allocation, riskLevel: "medium", ...stated },
  };
}

type Levels = { readonly stopLoss: Price | undefined; readonly takeProfit: Price | undefined };

/** Levels round toward the entry; one that no order could have is none. */
function onTicks({ stop, target }: { readonly stop: number; readonly target: number }, side: Side, { instrument }: AssetContext): Levels {
  const above = (level: Price | undefined): Price | undefined => (level === undefined || level <= 0n ? undefined : level);
  return {
    stopLoss: above(priceNear(stop, instrument.tick, side === "buy" ? "up" : "down")),
    takeProfit: above(priceNear(target, instrument.tick, side === "buy" ? "down" : "up")),
  };
}
