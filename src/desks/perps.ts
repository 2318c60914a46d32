import { gather, type AssetContext, type Context } from "../flow/context/gather.ts";
import { proposalOf } from "../flow/proposals/draft-to-proposal.ts";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import type { PromptArms } from "../flow/proposals/prompt-arms.ts";
import { portfolioSchema } from "../flow/proposals/portfolio-schema.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import { readPortfolio } from "../flow/proposals/read-portfolio.ts";
import type { Strategy } from "../flow/proposals/strategy.ts";
import { checkPortfolio, toProposal, validate } from "../flow/proposals/validate.ts";
import { resolvePortfolio } from "../flow/resolution/resolve-portfolio.ts";
import { countersign } from "../runtime/countersign.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { deskId, proposalIn } from "../words/ids.ts";
import type { Interval } from "../words/interval.ts";
import type { Money } from "../words/money.ts";
import { portfolioAnswer, type Fallen } from "./perps-answer.ts";
import { forecastOf } from "./forecast-of.ts";
import { refusalEvidence } from "./refusal-evidence.ts";
import { Tally } from "./tally.ts";

/** What the perps desk goes by beyond the house rules; every value is a config key. */
export type PerpsSettings = {
  readonly strategy: Strategy;
  readonly proposer: "rules" | "house" | "model";
  readonly model: string;
  readonly prompt: Prompt;
  /** A prompt test deals the cycles out to these instead (PERP-7). */
  readonly arms?: PromptArms;
  readonly interval: Interval;
  readonly allocationMax: Money;
  readonly confidenceMin: number;
  readonly decisionsPerMinuteMax: number;
  /** An answer may be used again for this long, if nothing material has moved since. */
  readonly cacheMs: number;
  readonly materialMoveBps: number;
  readonly horizonBars: number;
};

export const perps = { id: deskId("perps"), cycle };

/** One portfolio decision over several perpetual futures, from what is seen to what is sent. */
function* cycle(turn: Turn, settings: PerpsSettings): Line {
  const { snapshot, state, correlation } = turn;
  const tally = Tally.of(snapshot);

  // Observe.
  yield record(
    { kind: "woke", trigger: turn.trigger, strategy: settings.strategy.name, equity: state.equityAt(snapshot), snapshot },
    correlation,
  );
  for (const { instrument, why } of snapshot.leftOut) tally.count(instrument, why);
  const context = gather(
    snapshot,
    state,
    (id) => state.instrument(id),
    (id) => state.decisions.recent(id),
  );

  // Propose.
  const proposed =
    context.assets.length === 0
      ? []
      : yield* settings.proposer === "rules" ? byRules(turn, settings, context) : byModel(turn, settings, context);
  if (typeof proposed === "string") {
    tally.countRest(proposed);
    yield record(tally.scanned(), correlation);
    return;
  }
  const valid: Proposal[] = [];
  const bounds = { ...settings, stopRequired: turn.rules.limits.stopRequired };
  for (const { proposal, asset } of proposed) {
    yield record({ kind: "proposed", proposal }, correlation);
    const invalid = validate(proposal, asset, bounds);
    if (invalid === undefined) {
      valid.push(proposal);
      continue;
    }
    yield record(
      {
        kind: "proposal_refused",
        proposal: proposal.id,
        instrument: proposal.instrument,
        code: invalid.code,
        evidence: refusalEvidence(invalid),
      },
      correlation,
    );
    tally.count(proposal.instrument, "invalid");
  }

  // Resolve, then countersign each intent: gate, size, approve, route, protect.
  for (const resolved of resolvePortfolio(valid, context.assets, correlation)) {
    const { proposal } = resolved;
    if ("stoodDown" in resolved) {
      yield record({ kind: "stood_down", instrument: proposal.instrument, proposals: [proposal.id], why: resolved.stoodDown }, correlation);
      tally.count(proposal.instrument, resolved.stoodDown);
      continue;
    }
    const { intent } = resolved;
    yield record({ kind: "resolved", intent }, correlation);
    const outcome = yield* countersign(turn, intent);
    tally.count(intent.instrument, outcome);
    if (outcome !== "ordered" || intent.aim !== "enter") continue;
    const forecast = forecastOf(turn, proposal, settings.horizonBars, settings.interval);
    if (forecast !== undefined) yield record({ kind: "forecast_made", forecast }, correlation);
  }

  // Review.
  yield record(tally.scanned(), correlation);
}

type Proposed = { readonly proposal: Proposal; readonly asset: AssetContext };

// oxlint-disable-next-line require-yield -- the same shape as byModel, so that the cycle reads the same for both
function* byRules(turn: Turn, { strategy, allocationMax }: PerpsSettings, context: Context): Line<readonly Proposed[]> {
  return context.assets.map((asset, n) => {
    const draft = strategy.decide(asset, strategy.numbers);
    return {
      proposal: proposalOf(draft, strategy, asset, context, allocationMax, proposalIn(turn.correlation, n), turn.correlation),
      asset,
    };
  });
}

function* byModel(turn: Turn, settings: PerpsSettings, context: Context): Line<readonly Proposed[] | Fallen | "invalid_portfolio"> {
  const { correlation } = turn;
  const said = yield* portfolioAnswer(turn, settings, context);
  if (typeof said === "string") return said;
  const read = readPortfolio(said.text);
  if (!read.ok) {
    yield record({ kind: "fell_back", why: `unreadable: ${read.error.code}`, detail: read.error.detail }, correlation);
    return "unreadable";
  }
  // Once for each answer: one that is used again was counted when it came.
  if (!said.reused && read.value.normalised.count > 0)
    yield record({ kind: "answer_normalised", schema: portfolioSchema.name, ...read.value.normalised }, correlation);
  const checked = checkPortfolio(read.value, context);
  if (!checked.ok) {
    const { code, symbol = "" } = checked.error;
    yield record({ kind: "fell_back", why: `invalid: ${code}`, detail: symbol }, correlation);
    return "invalid_portfolio";
  }
  const by = { kind: "model", name: settings.model, version: said.prompt } as const;
  return context.assets.flatMap((asset, n) => {
    const decision = checked.value.find(({ symbol }) => symbol === asset.instrument.symbol);
    return decision === undefined
      ? []
      : [{ proposal: toProposal(decision, asset, proposalIn(turn.correlation, n), correlation, by), asset }];
  });
}
