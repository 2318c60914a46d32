import { refusalEvidence } from "../src/desks/refusal-evidence.ts";
import { Tally } from "../src/desks/tally.ts";
import { gather, type AssetContext } from "../src/flow/context/gather.ts";
import type { Proposal } from "../src/flow/proposals/proposal.ts";
import { validate } from "../src/flow/proposals/validate.ts";
import { resolvePortfolio } from "../src/flow/resolution/resolve-portfolio.ts";
import { countersign } from "../src/runtime/countersign.ts";
import type { Desk, DeskSettings } from "../src/runtime/desk.ts";
import { record, type Line } from "../src/runtime/line.ts";
import type { Turn } from "../src/runtime/turn.ts";
import { deskId, proposalId } from "../src/words/ids.ts";
import { money, zeroMoney, type Money } from "../src/words/money.ts";
import { priceNear } from "../src/words/price.ts";

/**
 * A desk of your own is one such file: what it goes by, and one line that names its stages in the order in which money moves. This one
 * buys what has fallen far below its average and leaves when it is back. Every `yield` is on disk before the next line runs, and
 * `countersign` is the only way to a venue: rails, size, approval, order and protection are the house's and not yours to forget.
 */
export type Settings = DeskSettings & {
  /** Standard deviations below the average at which it buys, and its stop in average true ranges. */
  readonly dip: number;
  readonly stopAtr: number;
  readonly allocation: Money;
};

export const settings: Settings = {
  strategy: {
    name: "my-desk",
    frames: [{ times: 1, indicators: { z: { kind: "zscore", period: 48 }, atr: { kind: "atr", period: 14 } } }],
  },
  dip: 2,
  stopAtr: 3,
  allocation: money("5000"),
};

export const desk: Desk<Settings> = { id: deskId("my-desk"), cycle };

function* cycle(turn: Turn, going: Settings): Line {
  const { snapshot, state, correlation } = turn;
  const { strategy } = going;
  const tally = new Tally([
    ...snapshot.assets.map(({ quote }) => quote.instrument),
    ...snapshot.leftOut.map(({ instrument }) => instrument),
  ]);

  // Observe.
  yield record({ kind: "woke", trigger: turn.trigger, strategy: strategy.name, equity: state.equityAt(snapshot), snapshot }, correlation);
  for (const { instrument, why } of snapshot.leftOut) tally.count(instrument, why);
  const context = gather(
    snapshot,
    state,
    (id) => state.instrument(id),
    (id) => state.decisions.recent(id),
  );

  // Propose: a proposal is what you want, and no permission to have it.
  const valid: Proposal[] = [];
  for (const [n, asset] of context.assets.entries()) {
    const proposal = wanted(asset, going, turn, n);
    yield record({ kind: "proposed", proposal }, correlation);
    const invalid = validate(proposal, asset, { allocationMax: going.allocation, confidenceMin: 0.5, stopRequired: true });
    if (invalid === undefined) valid.push(proposal);
    else {
      const { id, instrument } = proposal;
      yield record(
        { kind: "proposal_refused", proposal: id, instrument, code: invalid.code, evidence: refusalEvidence(invalid) },
        correlation,
      );
      tally.count(instrument, "invalid");
    }
  }

  // Resolve, then countersign each intent.
  for (const resolved of resolvePortfolio(valid, context.assets, correlation)) {
    const { proposal } = resolved;
    if ("stoodDown" in resolved) {
      const { instrument, id } = proposal;
      yield record({ kind: "stood_down", instrument, proposals: [id], why: resolved.stoodDown }, correlation);
      tally.count(instrument, resolved.stoodDown);
      continue;
    }
    yield record({ kind: "resolved", intent: resolved.intent }, correlation);
    tally.count(proposal.instrument, yield* countersign(turn, resolved.intent));
  }

  // Review: every candidate has exactly one outcome.
  yield record(tally.scanned(), correlation);
}

/** The rules themselves: numbers in, a wish out. */
function wanted(
  { instrument, market, position }: AssetContext,
  { dip, stopAtr, allocation, strategy }: Settings,
  turn: Turn,
  n: number,
): Proposal {
  const values = market.frames[0]?.values ?? {};
  const [z, atr] = [values["z"], values["atr"]];
  const about = {
    id: proposalId(`${turn.correlation}.${n}`),
    correlation: turn.correlation,
    by: { kind: "rules", name: strategy.name, version: "1" },
    instrument: instrument.id,
    confidence: 0.6,
    riskLevel: "medium",
    exitPlan: "close when it is back at its average",
  } as const;
  if (z === undefined || atr === undefined)
    return { ...about, action: "hold", allocation: zeroMoney, rationale: "averages are warming up" };
  if (position !== undefined)
    return z < 0
      ? { ...about, action: "hold", allocation: zeroMoney, rationale: "still below its average" }
      : { ...about, action: "close_position", allocation: zeroMoney, rationale: "back at its average" };
  const last = market.frames[0]?.closes[0] ?? Number.NaN;
  const stopLoss = priceNear(last - stopAtr * atr, instrument.tick, "up");
  if (z > -dip || stopLoss === undefined) return { ...about, action: "hold", allocation: zeroMoney, rationale: "no dip" };
  return { ...about, action: "buy", allocation, stopLoss, rationale: `${(-z).toFixed(1)} deviations below its average` };
}
