import { equitiesPlan } from "../src/bin/equities-plan.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { weighDecision } from "../src/desks/weigh-decision.ts";
import { checkDecisive, pairDecisions } from "../src/flow/proposals/check-decisive.ts";
import { decisiveProposal } from "../src/flow/proposals/decisive-proposal.ts";
import { readDecisive } from "../src/flow/proposals/read-decisive.ts";
import { resolvePortfolio } from "../src/flow/resolution/resolve-portfolio.ts";
import { edgeRefusals } from "../src/flow/sizing/edge-gates.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { shareMarket } from "../src/sim/market/share-market.ts";
import { approximately } from "../src/words/exact.ts";
import { proposalId } from "../src/words/ids.ts";
import { invariant } from "../src/words/invariant.ts";
import { zeroMoney } from "../src/words/money.ts";
import { freshTurn, passes, type Decision } from "./decision-scene.ts";
import { snapshotsOf } from "./decision-snapshots.ts";

/** The made-up shares of the demo, as the equities desk sees them at an open. */
const loaded = loadConfig({ set: ["venue.latencyMs=0"] });
invariant(loaded.ok, "the defaults are a configuration");
const plan = equitiesPlan(loaded.value, shareMarket("bench", 120), new MemoryJournal());
const snapshot = snapshotsOf(plan).at(-1);
const measured = [...plan.journal.entries()].findLast(({ fact }) => fact.kind === "market_measured");
invariant(snapshot !== undefined && measured !== undefined, "the desk woke and measured its market");
const { turn, context } = freshTurn(plan, snapshot, [measured.fact]);
const { correlation } = turn;
const by = { kind: "model", name: "bench", version: "1" } as const;

const text = JSON.stringify({
  decisions: context.assets.map(({ instrument, market }) => {
    const last = approximately(market.quote.last);
    return {
      symbol: instrument.symbol,
      direction: "long",
      p_win: 0.55,
      entry: last,
      stop: Number((last * 0.96).toFixed(2)),
      target: Number((last * 1.09).toFixed(2)),
      invalidation: "a close below its fifty-day average, or a second day of falling volume",
      ev: 0.02,
      thesis: "a steady rise over its average with volume behind it, a month of gains, and nothing in the news that would end it",
      conviction: 0.7,
    };
  }),
});

function judged(): number {
  const read = readDecisive(text);
  invariant(read.ok, "the reply is read");
  const decided = pairDecisions(read.value.decisions, context);
  invariant(decided.ok, "every share is decided");
  const proposals = decided.value.flatMap(({ decision, asset }, n) => {
    if (checkDecisive(decision, asset, plan.settings.entryGapBpsMax) !== undefined) return [];
    const weighed = weighDecision(turn, decision, asset, plan.settings, zeroMoney);
    if (weighed === "no_range" || edgeRefusals(weighed.edge, decision.conviction, plan.settings.thresholds).length > 0) return [];
    return [decisiveProposal(decision, asset, weighed.size.notional, proposalId(`bench-0001.${n}`), correlation, by)];
  });
  let passed = 0;
  for (const resolved of resolvePortfolio(proposals, context.assets, correlation))
    if ("intent" in resolved && passes(turn, resolved.intent)) passed++;
  return passed;
}

export const equitiesDecision: Decision = {
  desk: "equities",
  text,
  read: () => readDecisive(text),
  judged,
  intents: context.assets.length,
};
