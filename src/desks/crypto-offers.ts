import type { AssetContext, Context } from "../flow/context/gather.ts";
import { checkTrader } from "../flow/proposals/check-trader.ts";
import type { Belief } from "../flow/proposals/belief.ts";
import { localOffer, ruleOf, traderOffer, type Offer, type OfferTerms } from "../flow/proposals/crypto-proposal.ts";
import { localView, type LocalSignal } from "../flow/proposals/crypto-rules.ts";
import { traderSchema } from "../flow/proposals/crypto-schema.ts";
import { formatMoney } from "../flow/proposals/format-money.ts";
import { readTrader, type TraderDecision } from "../flow/proposals/read-trader.ts";
import { traderQuestion } from "../flow/proposals/trader-question.ts";
import { validate } from "../flow/proposals/validate.ts";

import type { ProposalFate } from "../flow/resolution/arbitrated.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { approximately } from "../words/exact.ts";
import { instrumentId, parseInstrumentId, proposalId, type InstrumentId, type ProposalId } from "../words/ids.ts";
import type { Side } from "../words/side.ts";
import { believe, foresee, stakesOf } from "./crypto-belief.ts";
import type { CryptoSettings } from "./crypto-settings.ts";
import { putQuestion } from "./put-question.ts";
import { refusalEvidence } from "./refusal-evidence.ts";

/** A proposal that no table sees, with why. */
export type RefusedOffer = Belief & {
  readonly proposal: ProposalId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly sizePct: number;
  readonly fate: Extract<ProposalFate, `refused: ${string}`>;
};
export type Offers = { readonly valid: readonly Offer[]; readonly refused: readonly RefusedOffer[] };

/** Proposals of a decision are numbered as they are made, whoever makes them. */
export class Numbering {
  #next = 0;
  readonly #turn: Turn;
  constructor(turn: Turn) {
    this.#turn = turn;
  }
  next(): ProposalId {
    return proposalId(`${this.#turn.correlation}.${this.#next++}`);
  }
}

/** What the rules want, each trigger for itself; nothing is asked of anybody. */
export function* byLocalRules(turn: Turn, settings: CryptoSettings, context: Context, numbering: Numbering): Line<Offers> {
  const offers: Made[] = [];
  const { rules } = settings;
  const believed = (signal: LocalSignal, said: number): Belief => believe(turn, settings, ruleOf(signal), said, rules.rewardToRisk);
  for (const asset of context.assets)
    for (const wish of localView(asset, rules, believed)?.wishes ?? [])
      offers.push({ asset, offer: localOffer(wish, termsOf(turn, settings, context, asset, numbering)) });
  return yield* proposed(turn, settings, offers, 0);
}

/** What the AI trader wants; without an answer that can be read it wants nothing, and the journal says why (LINE-5). */
export function* byTrader(turn: Turn, settings: CryptoSettings, context: Context, numbering: Numbering): Line<Offers> {
  const { trader, rules, allocationMax } = settings;
  const equity = approximately(context.equity);
  const sizePctMax = equity > 0 ? Math.min(rules.sizePctMax, Math.floor((approximately(allocationMax) / equity) * 10_000) / 100) : 0;
  // A proposal that lost to the other source is none of its business; what was followed has a fate of its own.
  const assets = context.assets.map((asset) => ({ ...asset, recent: asset.recent.filter(({ fate }) => fate !== "proposed") }));
  const ask = { ...trader, sizePctMax, allocationMax: formatMoney(allocationMax) };
  const answer = yield* putQuestion(turn, traderQuestion({ ...context, assets }, ask));
  if (typeof answer !== "string") return nothing;
  const read = readTrader(answer);
  if (!read.ok) {
    yield record({ kind: "fell_back", why: `unreadable: ${read.error.code}`, detail: read.error.detail }, turn.correlation);
    return nothing;
  }
  const { reply, normalised } = read.value;
  if (normalised.count > 0) yield record({ kind: "answer_normalised", schema: traderSchema.name, ...normalised }, turn.correlation);

  const by = { kind: "model", name: trader.model, version: trader.prompt.id } as const;
  const offers: Made[] = [];
  const refused: RefusedOffer[] = [];
  for (const checked of checkTrader(reply.decisions, context, { decisionsMax: trader.decisionsMax, sizePctMax })) {
    if ("refused" in checked) {
      refused.push(yield* turnedAway(turn, checked.decision, checked.refused, numbering.next(), trader.sizePct));
      continue;
    }
    const { decision, asset } = checked;
    const terms = termsOf(turn, settings, context, asset, numbering);
    const draft = traderOffer(decision, by, Math.min(trader.sizePct, sizePctMax), rules, terms);
    const belief = believe(turn, settings, by, decision.confidence, stakesOf(turn, draft.proposal));
    offers.push({ asset, offer: { ...draft, belief } });
  }
  const made = yield* proposed(turn, settings, offers, trader.confidenceMin);
  return { valid: made.valid, refused: [...refused, ...made.refused] };
}

export const nothing: Offers = { valid: [], refused: [] };

type Made = { readonly asset: AssetContext; readonly offer: Offer };

const termsOf = (
  turn: Turn,
  { allocationMax }: CryptoSettings,
  context: Context,
  asset: AssetContext,
  numbering: Numbering,
): OfferTerms => ({
  id: numbering.next(),
  correlation: turn.correlation,
  context,
  asset,
  allocationMax,
});

function* proposed(turn: Turn, settings: CryptoSettings, made: readonly Made[], confidenceMin: number): Line<Offers> {
  const valid: Offer[] = [];
  const refused: RefusedOffer[] = [];
  for (const { asset, offer } of made) {
    const { proposal, sizePct, belief } = offer;
    const { id, instrument, action } = proposal;
    yield record({ kind: "proposed", proposal }, turn.correlation);
    const rules = { allocationMax: settings.allocationMax, confidenceMin: 0, stopRequired: turn.rules.limits.stopRequired };
    const senseless = validate(proposal, asset, rules);
    if (senseless === undefined) yield* foresee(turn, settings, proposal);
    const invalid = senseless ?? validate({ ...proposal, confidence: belief.conviction }, asset, { ...rules, confidenceMin });
    if (invalid === undefined) {
      valid.push(offer);
      continue;
    }
    yield record(
      { kind: "proposal_refused", proposal: id, instrument, code: invalid.code, evidence: refusalEvidence(invalid) },
      turn.correlation,
    );
    const side = action === "sell" ? "sell" : "buy";
    refused.push({ proposal: id, instrument, side, ...belief, sizePct, fate: `refused: ${invalid.code}` });
  }
  return { valid, refused };
}

/** A decision that cannot even be written down as a proposal is named all the same, as it was spelled where that is a name. */
function* turnedAway(
  { correlation }: Turn,
  { symbol, side, confidence, sizePct }: TraderDecision,
  code: string,
  proposal: ProposalId,
  usualPct: number,
): Line<RefusedOffer> {
  const named = parseInstrumentId(symbol);
  const instrument = named.ok ? named.value : instrumentId("unknown");
  yield record({ kind: "proposal_refused", proposal, instrument, code, evidence: { unit: "state", detail: symbol } }, correlation);
  return { proposal, instrument, side, conviction: confidence, sizePct: sizePct ?? usualPct, fate: `refused: ${code}` };
}
