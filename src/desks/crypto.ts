import { gather, type Context } from "../flow/context/gather.ts";
import { allocationOf } from "../flow/proposals/crypto-proposal.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import { compare, settle, type Settled } from "../flow/resolution/arbitrate-universe.ts";
import type { FinalRow, LocalRow, SourcesHeard } from "../flow/resolution/arbitrated.ts";
import { inOrderOfRisk, resolveArbitrated } from "../flow/resolution/resolve-arbitrated.ts";
import type { Fact } from "../journal/fact.ts";
import { countersign } from "../runtime/countersign.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { deskId, intentId, type InstrumentId } from "../words/ids.ts";
import { askArbiter } from "./crypto-arbiter.ts";
import { learn } from "./crypto-belief.ts";
import { byLocalRules, byTrader, nothing, Numbering, type Offers } from "./crypto-offers.ts";
import type { CryptoSettings } from "./crypto-settings.ts";
import { isLocalOnly, watch } from "./crypto-watch.ts";
import { Tally } from "./tally.ts";

export const cryptoDesk = { id: deskId("crypto"), cycle };

/** Rules and an AI trader propose on one snapshot, a table says who is followed, and the rest is every desk's. */
function* cycle(turn: Turn, settings: CryptoSettings): Line {
  const { snapshot, state, correlation } = turn;
  const tally = Tally.of(snapshot);

  // Observe, and learn from what has come true since.
  const heard: SourcesHeard = isLocalOnly(turn) ? "local_only" : settings.proposers;
  const equity = state.equityAt(snapshot);
  yield record({ kind: "woke", trigger: turn.trigger, strategy: settings.strategy.name, equity, snapshot }, correlation);
  for (const { instrument, why } of snapshot.leftOut) tally.count(instrument, why);
  yield* learn(turn, settings);
  const context = gather(
    snapshot,
    state,
    (id) => state.instrument(id),
    (id) => state.decisions.recent(id),
  );
  if (context.assets.length === 0) {
    yield record(tally.scanned(), correlation);
    return;
  }

  // Propose: two sources, neither of which sees the other.
  const numbering = new Numbering(turn);
  const local = heard === "ai" ? nothing : yield* byLocalRules(turn, settings, context, numbering);
  const ai = heard === "both" || heard === "ai" ? yield* byTrader(turn, settings, context, numbering) : nothing;

  // Resolve: the table, then the arbiter where it is left open, then at most one intent for each instrument.
  const compared = compare(local.valid, ai.valid, settings.arbitration);
  const choices = yield* askArbiter(turn, settings, context, compared);
  const settled = compared.map((each) => settle(each, choices.get(each.instrument)));
  const finals = settled.flatMap((each) => finalOf(turn, settings, context, each, numbering));
  yield record(auditOf(heard, settings, local, ai, settled, finals), correlation);
  for (const { row, final } of settled) if (final === undefined) tally.count(row.instrument, row.reason);
  for (const id of onlyRefused(context, local, ai, settled)) tally.count(id, "invalid");
  const intents: Intent[] = [];
  for (const { row, proposal } of finals) {
    yield record({ kind: "proposed", proposal }, correlation);
    const resolved = intentOf(context, row, proposal);
    if (typeof resolved !== "string") {
      intents.push(resolved);
      continue;
    }
    const proposals = [proposal.id, ...row.of];
    yield record({ kind: "stood_down", instrument: row.instrument, proposals, why: resolved }, correlation);
    tally.count(row.instrument, resolved);
  }

  // Countersign each intent: gate, size, approve, route, protect.
  for (const intent of inOrderOfRisk(intents)) {
    yield record({ kind: "resolved", intent }, correlation);
    tally.count(intent.instrument, yield* countersign(turn, intent));
  }

  // Review.
  yield* watch(turn, settings);
  tally.countRest("no_proposal");
  yield record(tally.scanned(), correlation);
}

/** Assets of which somebody wanted something that no table could look at. */
function onlyRefused(context: Context, local: Offers, ai: Offers, settled: readonly Settled[]): readonly InstrumentId[] {
  const refused = new Set([...local.refused, ...ai.refused].map(({ instrument }) => instrument));
  const looked = new Set(settled.map(({ row }) => row.instrument));
  return context.assets.map(({ instrument }) => instrument.id).filter((id) => refused.has(id) && !looked.has(id));
}

type Final = { readonly row: FinalRow; readonly proposal: Proposal };

/** What is followed is a proposal of its own: the arbitration's, with the followed one's levels. */
function finalOf(turn: Turn, settings: CryptoSettings, context: Context, { final, row }: Settled, numbering: Numbering): readonly Final[] {
  if (final === undefined) return [];
  const { source, ...decided } = final;
  const id = numbering.next();
  const proposal: Proposal = {
    ...source.proposal,
    id,
    correlation: turn.correlation,
    by: { kind: "rules", name: "arbitration", version: "1" },
    allocation: allocationOf(decided.sizePct, context.equity, settings.allocationMax),
    confidence: decided.confidence,
    rationale: `${row.resolution} (${row.reason})${row.arbiter === undefined ? "" : `, arbiter ${row.arbiter}`}: ${source.proposal.rationale}`,
  };
  return [{ proposal, row: { proposal: id, ...decided } }];
}

function intentOf(context: Context, { side, of }: FinalRow, proposal: Proposal): ReturnType<typeof resolveArbitrated> | "not_in_context" {
  const asset = context.assets.find(({ instrument }) => instrument.id === proposal.instrument);
  const { id, correlation, allocation, confidence, stopLoss, takeProfit } = proposal;
  const proposals = [id, ...of];
  return asset === undefined
    ? "not_in_context"
    : resolveArbitrated({ id: intentId(id), correlation, proposals, side, allocation, confidence, stopLoss, takeProfit }, asset);
}

/** Every proposal with what became of it, so that none is lost on the way (DUAL-5). */
function auditOf(
  heard: SourcesHeard,
  { arbitration }: CryptoSettings,
  local: Offers,
  ai: Offers,
  settled: readonly Settled[],
  finals: readonly Final[],
): Fact {
  const fates = new Map(settled.flatMap((each) => each.fates).map(({ proposal, fate }) => [proposal, fate]));
  const ofSource = ({ valid, refused }: Offers): readonly LocalRow[] => [
    ...valid.flatMap(({ proposal, sizePct, belief }) => {
      const { id, instrument, action } = proposal;
      const fate = fates.get(id);
      return fate === undefined || (action !== "buy" && action !== "sell")
        ? []
        : [{ proposal: id, instrument, side: action, ...belief, sizePct, fate }];
    }),
    ...refused,
  ];
  return {
    kind: "arbitrated",
    heard,
    rule: arbitration,
    proposals_local: ofSource(local),
    proposals_ai: ofSource(ai).map(({ proposal, instrument, side, conviction, ...rest }) => ({
      proposal,
      instrument,
      side,
      confidence: conviction,
      ...rest,
    })),
    proposals_final: finals.map(({ row }) => row),
    arbitrations: settled.map(({ row }) => row),
  };
}
