import { driftOf } from "../flow/approval/shown-trade.ts";
import type { Proposal, RiskLevel } from "../flow/proposals/proposal.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import type { CouncilTrade } from "../journal/council-log.ts";
import { closePosition, countersign } from "../runtime/countersign.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { intentId, proposalId } from "../words/ids.ts";
import { outBeforeMs } from "../flow/market/calendar/council-exit.ts";
import { priceTimes, toTick, type Price } from "../words/price.ts";
import { bps, oneMinus, onePlus } from "../words/rate.ts";
import type { Side } from "../words/side.ts";
import { ended, show, sizeNow } from "./council-pending.ts";
import { reduce } from "./council-reduce.ts";
import { firstEvent, leaveMs } from "./council-exit.ts";
import type { CouncilSettings } from "./council-settings.ts";

/**
 * Carries out what a person approved, if it still is what he was shown; otherwise he is asked again (COUN-6, COUN-7). `again` says that the
 * rest of a reduction may be sent: just before a checkpoint or a meeting it waits for what that has to say.
 */
export function* release(turn: Turn, settings: CouncilSettings, again: boolean): Line<readonly string[]> {
  const outcomes: string[] = [];
  for (const trade of turn.state.decisions.council.open)
    if (trade.status === "approved") outcomes.push(yield* carryOut(turn, settings, trade, again));
  return outcomes;
}

function* carryOut(turn: Turn, settings: CouncilSettings, trade: CouncilTrade, again: boolean): Line<string> {
  const { state, correlation } = turn;
  const { instrument, action, asked } = trade;
  const quote = turn.quote(instrument);
  if (quote === undefined) return "waits_for_a_price";
  const held = state.position(instrument);
  const heldSide: Side | undefined = held === undefined ? undefined : held.quantity > 0n ? "buy" : "sell";
  const turns = action === "flip" && held !== undefined && heldSide !== trade.side;

  if (action === "reduce") return yield* reduce(turn, trade, again);
  if (action === "exit" || turns) {
    if (held === undefined) {
      yield ended(turn, trade, "failed", "no position is left");
      return "no_position";
    }
    yield record({ kind: "trade_released", trade: trade.trade, intent: trade.trade, by: trade.by ?? "" }, correlation);
    yield* closePosition(turn, instrument, trade.trade, correlation);
    // The other side is taken at the next wake, from flat.
    if (turns) return "closing_to_flip";
    yield ended(turn, trade, "executed", "");
    return "exited";
  }

  const leaving = state.positions.filter((position) => leaveMs(state, position, settings) <= turn.now.epochMilliseconds);
  if (leaving.length < state.positions.length || state.openOrders.some(({ purpose }) => purpose === "entry")) {
    yield ended(turn, trade, "failed", "one instrument an account a week, and this one is in a trade");
    return "already_in_a_trade";
  }
  // A thin fund may give back the old trade in parts: the new one comes after it, as long as what was approved is for.
  if (leaving.length > 0) return "waits_for_the_old_trade";
  const first = firstEvent(trade.outBefore);
  if (first !== undefined && outBeforeMs(settings.calendar, settings.times, first) <= turn.now.epochMilliseconds) {
    yield ended(turn, trade, "failed", "an event comes before there would be time to be out");
    return "event_too_near";
  }
  const { limit } = trade;
  if (trade.entryBy === "limit" && limit !== undefined && (trade.side === "buy" ? quote.ask > limit : quote.bid < limit))
    return "waits_for_its_limit";

  const price = quote.last;
  const now = { price: trade.entryBy === "limit" ? trade.price : price, notional: sizeNow(turn, settings, trade, price) };
  const drift = driftOf(trade, now, settings.drift);
  if (drift !== undefined) {
    yield record({ kind: "trade_drifted", trade: trade.trade, ...drift }, correlation);
    yield* show(turn, settings, trade.trade, asked + 1, instrument, trade);
    return "asked_again";
  }
  const proposal: Proposal = {
    id: proposalId(`${trade.trade}${asked}`),
    correlation,
    by: { kind: "model", name: turn.account, version: settings.prompts.pm.id },
    instrument,
    action: trade.side,
    allocation: now.notional,
    ...levels(turn, trade, price),
    confidence: Math.abs(trade.conviction) / 2,
    riskLevel: riskOf[trade.profile],
    exitPlan: `${trade.horizon}${trade.outBefore.length === 0 ? "" : `, out before ${trade.outBefore.join(" and ")}`}`,
    rationale: trade.rationale,
  };
  const { takeProfit, stopLoss, confidence } = proposal;
  const intent: Intent = {
    id: intentId(proposal.id),
    correlation,
    proposals: [proposal.id],
    instrument,
    aim: "enter",
    side: trade.side,
    wanted: { by: "notional", notional: now.notional },
    stopLoss,
    takeProfit,
    confidence,
  };
  yield record({ kind: "trade_released", trade: trade.trade, intent: intent.id, by: trade.by ?? "" }, correlation);
  yield record({ kind: "proposed", proposal }, correlation);
  yield record({ kind: "resolved", intent }, correlation);
  const outcome = yield* countersign(turn, intent);
  yield ended(turn, trade, outcome === "ordered" || outcome === "unknown" ? "executed" : "failed", outcome === "ordered" ? "" : outcome);
  return outcome;
}

const riskOf = { TIGHT: "low", BASE: "medium", WIDE: "high" } as const satisfies Record<CouncilTrade["profile"], RiskLevel>;

/** Stop and target at the profile's percent from where the market is, on ticks, the stop never farther than it says. */
function levels(
  { state }: Turn,
  { instrument, side, stopPct, targetPct }: CouncilTrade,
  price: Price,
): { readonly stopLoss: Price; readonly takeProfit: Price } {
  const { tick } = state.instrument(instrument);
  const [stop, target] = [bps(stopPct * 100), bps(targetPct * 100)];
  return side === "buy"
    ? {
        stopLoss: toTick(priceTimes(price, oneMinus(stop), "up"), tick, "up"),
        takeProfit: toTick(priceTimes(price, onePlus(target), "down"), tick, "down"),
      }
    : {
        stopLoss: toTick(priceTimes(price, onePlus(stop), "down"), tick, "down"),
        takeProfit: toTick(priceTimes(price, oneMinus(target), "up"), tick, "up"),
      };
}
