import { demoCryptoPlan } from "../src/bin/crypto-plan.ts";
import type { AssetContext } from "../src/flow/context/gather.ts";
import { Watched } from "../src/flow/market/watched.ts";
import { checkTrader } from "../src/flow/proposals/check-trader.ts";
import { allocationOf, localOffer, traderOffer, type Offer } from "../src/flow/proposals/crypto-proposal.ts";
import { cryptoFrames, localView } from "../src/flow/proposals/crypto-rules.ts";
import { readPortfolio } from "../src/flow/proposals/read-portfolio.ts";
import { readTrader } from "../src/flow/proposals/read-trader.ts";
import { checkPortfolio, toProposal, validate } from "../src/flow/proposals/validate.ts";
import { compare, settle } from "../src/flow/resolution/arbitrate-universe.ts";
import { inOrderOfRisk, resolveArbitrated } from "../src/flow/resolution/resolve-arbitrated.ts";
import { resolvePortfolio } from "../src/flow/resolution/resolve-portfolio.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { approximately } from "../src/words/exact.ts";
import { intentId, proposalId } from "../src/words/ids.ts";
import { instantOfMs } from "../src/words/instant.ts";
import { invariant } from "../src/words/invariant.ts";
import { freshTurn, passes, type Decision } from "./decision-scene.ts";

/** Five coins of the demo market, as the perps desk and the crypto desk see them. */
const plan = demoCryptoPlan("bench", 10, new MemoryJournal());
const { rules, trader, allocationMax, arbitration } = plan.settings;
const watched = plan.histories.map(({ instrument, bars }) => {
  const asset = new Watched(instrument, "1h", cryptoFrames, 1);
  for (let at = 0; at < bars.length; at++)
    asset.push(bars.openMs[at]!, bars.open[at]!, bars.high[at]!, bars.low[at]!, bars.close[at]!, bars.volume[at]!);
  return asset;
});
const nowMs = watched[0]!.closedMs;
const snapshot = { takenAt: instantOfMs(nowMs), assets: watched.map((asset) => asset.snapshot(nowMs)), leftOut: [] };
const { turn, context } = freshTurn(plan, snapshot);
const { correlation } = turn;
const by = { kind: "model", name: trader.model, version: "1" } as const;
const limits = { allocationMax, confidenceMin: 0, stopRequired: true };

const thesis =
  "the move of the last day stands out against its noise on the hourly bars and on the slow ones, volume came with it, funding does not charge for it yet, and the pullback of this morning found buyers where the slow averages lie; ";
const level = ({ market }: AssetContext, n: number, share: number): number =>
  Number.parseFloat((approximately(market.quote.last) * (n % 2 === 0 ? 1 + share : 1 - share)).toPrecision(5));

const portfolioText = JSON.stringify({
  decisions: context.assets.map((asset, n) => ({
    symbol: asset.instrument.symbol,
    action: n % 2 === 0 ? "buy" : "sell",
    allocation_usd: 850.5,
    tp_price: level(asset, n, 0.06),
    sl_price: level(asset, n, -0.03),
    exit_plan: "out at the target, or at once when the hourly close falls below the moving average",
    rationale: thesis,
    confidence: 0.7 + n / 50,
    risk_level: "medium",
  })),
  rationale: thesis,
  total_allocation_usd: 850.5 * context.assets.length,
  risk_level: "medium",
});

function portfolioJudged(): number {
  const read = readPortfolio(portfolioText);
  invariant(read.ok, "the reply is read");
  const checked = checkPortfolio(read.value, context);
  invariant(checked.ok, "the answer is whole");
  const proposals = context.assets.flatMap((asset, n) => {
    const decision = checked.value.find(({ symbol }) => symbol === asset.instrument.symbol);
    if (decision === undefined) return [];
    const proposal = toProposal(decision, asset, proposalId(`bench-0001.${n}`), correlation, by);
    return validate(proposal, asset, limits) === undefined ? [proposal] : [];
  });
  let passed = 0;
  for (const resolved of resolvePortfolio(proposals, context.assets, correlation))
    if ("intent" in resolved && passes(turn, resolved.intent)) passed++;
  return passed;
}

export const perpsDecision: Decision = {
  desk: "perps",
  text: portfolioText,
  read: () => readPortfolio(portfolioText),
  judged: portfolioJudged,
  intents: context.assets.length,
};

const traderText = JSON.stringify({
  decisions: context.assets.map((asset, n) => ({
    symbol: asset.instrument.symbol,
    side: n % 2 === 0 ? "buy" : "sell",
    confidence: 0.7 + n / 50,
    size_pct: 8.5,
    stop_price: level(asset, n, -0.03),
    target_price: level(asset, n, 0.06),
    rationale: thesis.repeat(2),
  })),
  rationale: thesis.repeat(2),
});

let n = 0;
const termsOf = (asset: AssetContext) => ({ id: proposalId(`bench-0001.${n++}`), correlation, context, asset, allocationMax });

/** What the rules want of the same coins. */
export const localOffers: readonly Offer[] = context.assets.flatMap((asset) =>
  (localView(asset, rules, (_, conviction) => ({ conviction }))?.wishes ?? []).map((wish) => localOffer(wish, termsOf(asset))),
);

function traderJudged(): number {
  const read = readTrader(traderText);
  invariant(read.ok, "the reply is read");
  n = 100;
  const ai = checkTrader(read.value.reply.decisions, context, { decisionsMax: 5, sizePctMax: 20 }).flatMap((checked) => {
    invariant("asset" in checked, "every decision counts");
    const { proposal, sizePct } = traderOffer(checked.decision, by, trader.sizePct, rules, termsOf(checked.asset));
    const belief = { conviction: proposal.confidence };
    return validate(proposal, checked.asset, limits) === undefined ? [{ proposal, sizePct, belief }] : [];
  });
  const intents = compare(localOffers, ai, arbitration).flatMap((each) => {
    const { final } = settle(each, "ai");
    const asset = context.assets.find(({ instrument }) => instrument.id === each.instrument);
    if (final === undefined || asset === undefined) return [];
    const { stopLoss, takeProfit } = final.source.proposal;
    const allocation = allocationOf(final.sizePct, context.equity, allocationMax);
    const { of: proposals, side, confidence } = final;
    const id = intentId(`bench-0001.${n++}`);
    const resolved = resolveArbitrated({ id, correlation, proposals, side, allocation, confidence, stopLoss, takeProfit }, asset);
    return typeof resolved === "string" ? [] : [resolved];
  });
  let passed = 0;
  for (const intent of inOrderOfRisk(intents)) if (passes(turn, intent)) passed++;
  return passed;
}

export const cryptoDecision: Decision = {
  desk: "crypto",
  text: traderText,
  read: () => readTrader(traderText),
  judged: traderJudged,
  intents: context.assets.length,
};
