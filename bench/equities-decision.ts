import { equitiesPlan } from "../src/bin/equities-plan.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { gather } from "../src/flow/context/gather.ts";
import { checkDecisive, pairDecisions } from "../src/flow/proposals/check-decisive.ts";
import { decisiveProposal } from "../src/flow/proposals/decisive-proposal.ts";
import type { Proposal } from "../src/flow/proposals/proposal.ts";
import { readDecisive } from "../src/flow/proposals/read-decisive.ts";
import { judge, refused } from "../src/flow/rails/judge.ts";
import { resolvePortfolio } from "../src/flow/resolution/resolve-portfolio.ts";
import { gateEdge } from "../src/flow/sizing/edge-gates.ts";
import { weighDecision } from "../src/desks/weigh-decision.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { runBacktest } from "../src/lab/backtest.ts";
import { candidateFor, sceneOf } from "../src/runtime/candidate-for.ts";
import { quotesOf, railsOf, type Turn } from "../src/runtime/turn.ts";
import { shareMarket } from "../src/sim/market/share-market.ts";
import { accountId, correlationId, proposalId } from "../src/words/ids.ts";
import { invariant, present } from "../src/words/invariant.ts";
import { zeroMoney } from "../src/words/money.ts";
import { paired, row } from "./paired.ts";

/** From a reply of the equities desk to its rail-checked intents, against JSON.parse of that reply alone. */
const loaded = loadConfig({ set: ["venue.latencyMs=0"] });
invariant(loaded.ok, "the defaults are a configuration");
const plan = equitiesPlan(loaded.value, shareMarket("bench", 120), new MemoryJournal());
const run = runBacktest({
  ...plan,
  model: { ask: () => ({ outcome: "refused", detail: "", latencyMs: 0, tokensIn: 0, tokensOut: 0, cost: zeroMoney }) },
});
const woke = [...run.plan.journal.entries()].findLast(({ fact }) => fact.kind === "woke");
const entry = present(woke, "the run woke");
invariant(entry.fact.kind === "woke", "it is the waking");
const { snapshot } = entry.fact;
const { state } = run;
const correlation = correlationId("bench-1");
const turn: Turn = {
  now: entry.at,
  trigger: "open",
  account: accountId("bench"),
  correlation,
  snapshot,
  state,
  rules: plan.rules,
  sessionOpen: () => true,
  quote: quotesOf(snapshot),
};
const context = gather(
  snapshot,
  state,
  (id) => state.instrument(id),
  () => [],
);
const text = JSON.stringify({
  decisions: context.assets.map(({ instrument, market }) => {
    const last = Number(market.quote.last) / 1e12;
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

function intents(): number {
  const read = readDecisive(text);
  invariant(read.ok, "the reply is read");
  const decided = pairDecisions(read.value.decisions, context);
  invariant(decided.ok, "every share is decided");
  const wishes: Proposal[] = [];
  for (const [at, { decision, asset }] of decided.value.entries()) {
    if (checkDecisive(decision, asset, plan.settings.entryGapBpsMax) !== undefined) continue;
    const weighed = weighDecision(turn, decision, asset, plan.settings, zeroMoney);
    if (weighed === "no_range" || gateEdge(weighed.edge, decision.conviction, plan.settings.thresholds) !== undefined) continue;
    const by = { kind: "model", name: "bench", version: "1" } as const;
    wishes.push(decisiveProposal(decision, asset, weighed.size.notional, proposalId(`bench-1.${at}`), correlation, by));
  }
  let checked = 0;
  for (const resolved of resolvePortfolio(wishes, context.assets, correlation)) {
    if (!("intent" in resolved)) continue;
    const verdict = judge(sceneOf(turn, candidateFor(resolved.intent, "enter", turn), "proposal"), railsOf(turn.rules));
    if (!refused(verdict) || verdict.verdicts.length > 0) checked++;
  }
  return checked;
}

const peer = {
  name: "JSON.parse",
  run: () => JSON.parse(text) as { decisions: unknown[] },
  check: (of: { decisions: unknown[] }) => invariant(of.decisions.length === context.assets.length, "all were parsed"),
};
const ours = {
  name: "reply to intents",
  run: intents,
  check: (checked: number) => invariant(checked === context.assets.length, "every intent was judged"),
};
console.log(row(`${context.assets.length} decisions, ${text.length} characters`, paired(ours, peer, context.assets.length)));
const readOnly = {
  name: "reading alone",
  run: () => readDecisive(text),
  check: (read: ReturnType<typeof readDecisive>) => invariant(read.ok, "it was read"),
};
console.log(row("of which reading", paired(readOnly, peer, context.assets.length)));
