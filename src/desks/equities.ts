import type { Forecast } from "../flow/calibration/forecast.ts";
import { gather, type AssetContext, type Context } from "../flow/context/gather.ts";
import { checkDecisive, pairDecisions } from "../flow/proposals/check-decisive.ts";
import { decisiveProposal } from "../flow/proposals/decisive-proposal.ts";
import { decisiveQuestion } from "../flow/proposals/decisive-question.ts";
import { decisiveSchema } from "../flow/proposals/decisive-schema.ts";
import { formatMoney } from "../flow/proposals/format-money.ts";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import { readDecisive, type Decisive } from "../flow/proposals/read-decisive.ts";
import { resolvePortfolio } from "../flow/resolution/resolve-portfolio.ts";
import { edgeRefusals } from "../flow/sizing/edge-gates.ts";
import { countersign } from "../runtime/countersign.ts";
import type { Watching } from "../runtime/desk.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { deskId, proposalId } from "../words/ids.ts";
import { instantOfMs, msOf } from "../words/instant.ts";
import { over, zeroMoney, type Money } from "../words/money.ts";
import { measureMarket, type MeasureSettings } from "./measure-market.ts";
import { putQuestion, type NoAnswer } from "./put-question.ts";
import { recalibrate, type CalibrateSettings } from "./recalibrate.ts";
import { Tally } from "./tally.ts";
import { weighDecision, type WeighSettings } from "./weigh-decision.ts";

/** What the equities desk goes by beyond the house rules; every value is a config key. */
export type EquitiesSettings = WeighSettings &
  MeasureSettings &
  CalibrateSettings & { readonly strategy: Watching; readonly prompt: Prompt; readonly entryGapBpsMax: number };

export const equities = { id: deskId("equities"), cycle };

/** Sessions as time that passes: five of them are a week. */
const sessionMs = (86_400_000 * 7) / 5;

type Wish = { readonly proposal: Proposal; readonly asset: AssetContext };

/** One decision a share, once a session: a model says what it would do and how sure it is, and every number after that is ours. */
function* cycle(turn: Turn, settings: EquitiesSettings): Line {
  const { snapshot, state, correlation } = turn;
  const tally = Tally.of(snapshot);

  // Observe, and learn from what has come true since.
  const equity = state.equityAt(snapshot);
  yield record({ kind: "woke", trigger: turn.trigger, strategy: settings.strategy.name, equity, snapshot }, correlation);
  for (const { instrument, why } of snapshot.leftOut) tally.count(instrument, why);
  yield* measureMarket(turn, settings);
  yield* recalibrate(turn, settings.model, state.forecasts.scoredBy(settings.model), settings);
  const context = gather(
    snapshot,
    state,
    (id) => state.instrument(id),
    (id) => state.decisions.recent(id),
  );

  // Propose: what has had its time is closed whether or not a model answers (LINE-5); the rest is asked for.
  const dueMs = msOf(turn.now) - settings.horizonDays * sessionMs;
  const due = context.assets.filter(({ position }) => position !== undefined && msOf(position.openedAt) <= dueMs);
  const wishes: Wish[] = [];
  for (const asset of due) wishes.push({ proposal: yield* timedOut(turn, asset), asset });
  const rest = { ...context, assets: context.assets.filter((asset) => !due.includes(asset)) };
  const decided = rest.assets.length === 0 ? [] : yield* decide(turn, settings, rest);
  if (typeof decided === "string") for (const { instrument } of rest.assets) tally.count(instrument.id, decided);
  else {
    const trading = decided.filter(({ decision }) => decision.direction === "long" || decision.direction === "short").length;
    const modelCost = over(state.decisions.lastAnswer?.answer.cost ?? zeroMoney, Math.max(1, trading), "up");
    for (const { decision, asset } of decided) {
      const proposal = yield* propose(turn, settings, decision, asset, modelCost);
      if (typeof proposal === "string") tally.count(asset.instrument.id, proposal);
      else wishes.push({ proposal, asset });
    }
  }

  // Resolve, then countersign each intent: gate, size, approve, route, protect.
  const all = wishes.map(({ proposal }) => proposal);
  for (const resolved of resolvePortfolio(all, context.assets, correlation)) {
    const { proposal } = resolved;
    if ("stoodDown" in resolved) {
      yield record({ kind: "stood_down", instrument: proposal.instrument, proposals: [proposal.id], why: resolved.stoodDown }, correlation);
      tally.count(proposal.instrument, resolved.stoodDown);
      continue;
    }
    yield record({ kind: "resolved", intent: resolved.intent }, correlation);
    tally.count(resolved.intent.instrument, yield* countersign(turn, resolved.intent));
  }

  // Review.
  yield record(tally.scanned(), correlation);
}

/** Asks once about all shares; no answer, one that cannot be read and one about other shares all fall back to doing nothing. */
function* decide(
  turn: Turn,
  settings: EquitiesSettings,
  context: Context,
): Line<readonly { readonly decision: Decisive; readonly asset: AssetContext }[] | NoAnswer | "invalid_answer"> {
  const { correlation } = turn;
  const { prompt, model, orderMax } = settings;
  const ask = { prompt, model, thresholds: inWords(settings), orderMax: formatMoney(orderMax) };
  const said = yield* putQuestion(turn, decisiveQuestion(context, ask));
  if (typeof said !== "string") return said.none;
  const read = readDecisive(said);
  if (!read.ok) {
    yield record({ kind: "fell_back", why: `unreadable: ${read.error.code}`, detail: read.error.detail }, correlation);
    return "unreadable";
  }
  const { decisions, normalised } = read.value;
  if (normalised.count > 0) yield record({ kind: "answer_normalised", schema: decisiveSchema.name, ...normalised }, correlation);
  const paired = pairDecisions(decisions, context);
  if (paired.ok) return paired.value;
  yield record({ kind: "fell_back", why: `invalid: ${paired.error.code}`, detail: paired.error.symbol }, correlation);
  return "invalid_answer";
}

/** The proposal as it may go on, its confidence calibrated, or the outcome of one that ends here. What was said stays in the journal. */
function* propose(
  turn: Turn,
  settings: EquitiesSettings,
  decision: Decisive,
  asset: AssetContext,
  modelCost: Money,
): Line<Proposal | "invalid" | "no_edge" | "already_held" | "no_size"> {
  const { correlation } = turn;
  const { instrument, position } = asset;
  const by = { kind: "model", name: settings.model, version: settings.prompt.id } as const;
  const id = proposalId(`${correlation}.${turn.snapshot.assets.findIndex(({ quote }) => quote.instrument === instrument.id)}`);
  const refuse = (code: string, of: { readonly measured?: number | bigint; readonly limit?: number | bigint } = {}) => {
    const { measured, limit } = of;
    const unit = typeof measured === "bigint" ? ("price" as const) : ("state" as const);
    const evidence = { unit, ...(measured === undefined ? {} : { measured }), ...(limit === undefined ? {} : { limit }) };
    return record({ kind: "proposal_refused", proposal: id, instrument: instrument.id, code, evidence }, correlation);
  };

  const invalid = checkDecisive(decision, asset, settings.entryGapBpsMax);
  const trades = decision.direction === "long" || decision.direction === "short";
  const weighed = invalid === undefined && trades ? weighDecision(turn, decision, asset, settings, modelCost) : undefined;
  const allocation = weighed === undefined || weighed === "no_range" ? zeroMoney : weighed.size.notional;
  const proposal = decisiveProposal(decision, asset, allocation, id, correlation, by);
  yield record({ kind: "proposed", proposal }, correlation);
  if (invalid !== undefined || weighed === "no_range") {
    yield invalid === undefined ? refuse("no_range") : refuse(invalid.code, invalid);
    return "invalid";
  }
  if (weighed === undefined) return proposal;
  const { edge, size } = weighed;
  yield record({ kind: "edge_weighed", proposal: id, instrument: instrument.id, edge, arithmetic: size.arithmetic }, correlation);
  const held = position === undefined ? undefined : position.quantity > 0n ? "buy" : "sell";
  if (held === proposal.action) {
    yield record({ kind: "stood_down", instrument: instrument.id, proposals: [id], why: "already_held" }, correlation);
    return "already_held";
  }
  // Whether or not it is traded: a record of the trades alone would be one of what the thresholds like (EQ-8).
  yield record({ kind: "forecast_made", forecast: forecastOf(turn, settings, proposal, asset) }, correlation);
  // Against a position it closes that, which needs no edge.
  if (held !== undefined) return { ...proposal, confidence: edge.pWin };
  const [refusal] = edgeRefusals(edge, decision.conviction, settings.thresholds);
  if (refusal !== undefined) {
    yield refuse(refusal.code, refusal);
    return "no_edge";
  }
  if (size.notional > 0n) return { ...proposal, confidence: edge.pWin };
  yield record({ kind: "stood_down", instrument: instrument.id, proposals: [id], why: "no_size" }, correlation);
  return "no_size";
}

/** A position that neither target nor stop has ended within the horizon: its thesis has had its time. */
function* timedOut(turn: Turn, { instrument }: AssetContext): Line<Proposal> {
  const proposal: Proposal = {
    id: proposalId(`${turn.correlation}.t${turn.snapshot.assets.findIndex(({ quote }) => quote.instrument === instrument.id)}`),
    correlation: turn.correlation,
    by: { kind: "rules", name: "horizon", version: "1" },
    instrument: instrument.id,
    action: "close_position",
    allocation: zeroMoney,
    confidence: 1,
    riskLevel: "low",
    exitPlan: "",
    rationale: "held to its horizon",
  };
  yield record({ kind: "proposed", proposal }, turn.correlation);
  return proposal;
}

function forecastOf({ now, correlation }: Turn, { horizonDays }: EquitiesSettings, proposal: Proposal, { market }: AssetContext): Forecast {
  const { id, by, instrument, action, confidence, takeProfit, stopLoss } = proposal;
  const { last } = market.quote;
  const horizonAt = instantOfMs(msOf(now) + horizonDays * sessionMs);
  const direction = action === "buy" ? "up" : "down";
  const levels = { entry: last, takeProfit: takeProfit ?? last, stopLoss: stopLoss ?? last };
  return { proposal: id, correlation, by, instrument, direction, confidence, ...levels, madeAt: now, horizonAt };
}

/** For the question: what a trade has to show. */
function inWords({ thresholds }: EquitiesSettings): string {
  const { convictionMin, pWinMin, riskRewardMin, evPctMin } = thresholds;
  return `conviction from ${convictionMin}; p_win from ${pWinMin}; target at least ${riskRewardMin} times as far as the stop; expected value after costs above ${evPctMin}%`;
}
