import type { AssetContext, Context } from "../src/flow/context/gather.ts";
import { gather } from "../src/flow/context/gather.ts";
import { Watched } from "../src/flow/market/watched.ts";
import { checkTrader } from "../src/flow/proposals/check-trader.ts";
import { allocationOf, localOffer, traderOffer, type Offer } from "../src/flow/proposals/crypto-proposal.ts";
import { cryptoFrames, localView, type CryptoRules } from "../src/flow/proposals/crypto-rules.ts";
import { readTrader } from "../src/flow/proposals/read-trader.ts";
import { validate } from "../src/flow/proposals/validate.ts";
import { judge, refused } from "../src/flow/rails/judge.ts";
import { arbitrate, usualArbitration } from "../src/flow/resolution/arbitrate.ts";
import { compare, settle } from "../src/flow/resolution/arbitrate-universe.ts";
import { inOrderOfRisk, resolveArbitrated } from "../src/flow/resolution/resolve-arbitrated.ts";
import { AccountState } from "../src/journal/account-state.ts";
import { candidateFor, sceneOf } from "../src/runtime/candidate-for.ts";
import { quotesOf, type Turn } from "../src/runtime/turn.ts";
import { demoCryptoPlan } from "../src/bin/crypto-plan.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import { accountId, correlationId, deskId, intentId, proposalId } from "../src/words/ids.ts";
import { instantOfMs } from "../src/words/instant.ts";
import { invariant } from "../src/words/invariant.ts";
import { approximately } from "../src/words/exact.ts";
import { paired, row } from "./paired.ts";

/**
 * A reply of an AI trader of 3.4 kB with five decisions: from its text to intents that all thirty rails have judged, with the rules' own
 * proposals beside it. Against JSON.parse of the same text. And the table alone, and the way from what was read to the rails.
 */
const plan = demoCryptoPlan("bench", 10, new MemoryJournal());
const { rules, trader, allocationMax, arbitration } = plan.settings;
const watched = plan.histories.map(({ instrument, bars }) => {
  const asset = new Watched(instrument, "1h", cryptoFrames, 1);
  for (let at = 0; at < bars.length; at++)
    asset.push(bars.openMs[at]!, bars.open[at]!, bars.high[at]!, bars.low[at]!, bars.close[at]!, bars.volume[at]!);
  return asset;
});
const nowMs = watched[0]!.closedMs;
const now = instantOfMs(nowMs);
const snapshot = { takenAt: now, assets: watched.map((asset) => asset.snapshot(nowMs)), leftOut: [] };
const state = new AccountState();
const correlation = correlationId("bench-0001");
const account = accountId("bench");
const entry = { at: now, account, desk: deskId("crypto"), config: "" };
const opening = { kind: "opened", mode: "backtest", venue: "sim", seed: "1", idSeed: "1", settings: plan.record } as const;
state.apply({
  ...entry,
  sequence: 1,
  fact: { ...opening, startCash: plan.venue.startCash, instruments: plan.histories.map(({ instrument }) => instrument) },
});
state.apply({ ...entry, sequence: 2, fact: { kind: "woke", trigger: "bar", strategy: "crypto", equity: plan.venue.startCash, snapshot } });
const turn: Turn = {
  now,
  trigger: "bar",
  account,
  correlation,
  snapshot,
  state,
  rules: plan.rules,
  sessionOpen: () => true,
  quote: quotesOf(snapshot),
};
const context: Context = gather(
  snapshot,
  state,
  (id) => state.instrument(id),
  () => [],
);

const thesis =
  "the move of the last day stands out against its noise on the hourly bars and on the slow ones, volume came with it, funding does not charge for it yet, and the pullback of this morning found buyers where the slow averages lie; ";
const text = JSON.stringify({
  decisions: context.assets.map(({ instrument: { symbol }, market }, n) => ({
    symbol,
    side: n % 2 === 0 ? "buy" : "sell",
    confidence: 0.7 + n / 50,
    size_pct: 8.5,
    stop_price: rounded(approximately(market.quote.last) * (n % 2 === 0 ? 0.97 : 1.03)),
    target_price: rounded(approximately(market.quote.last) * (n % 2 === 0 ? 1.06 : 0.94)),
    rationale: thesis.repeat(2),
  })),
  rationale: thesis.repeat(2),
});
function rounded(value: number): number {
  return Number.parseFloat(value.toPrecision(5));
}

const localRules: CryptoRules = rules;
let n = 0;
const termsOf = (asset: AssetContext) => ({ id: proposalId(`bench-0001.${n++}`), correlation, context, asset, allocationMax });
const by = { kind: "model", name: trader.model, version: "1" } as const;
const limits = { allocationMax, confidenceMin: 0, stopRequired: true };

const local: readonly Offer[] = context.assets.flatMap((asset) =>
  (localView(asset, localRules)?.wishes ?? []).map((wish) => localOffer(wish, termsOf(asset))),
);

function judged(read: ReturnType<typeof readTrader>): number {
  invariant(read.ok, "the reply is read");
  n = 100;
  const ai = checkTrader(read.value.reply.decisions, context, { decisionsMax: 5, sizePctMax: 20 }).flatMap((checked) => {
    invariant("asset" in checked, "every decision counts");
    const { proposal, sizePct } = traderOffer(checked.decision, by, trader.sizePct, rules, termsOf(checked.asset));
    return validate(proposal, checked.asset, limits) === undefined ? [{ proposal, sizePct }] : [];
  });
  const intents = compare(local, ai, arbitration).flatMap((each) => {
    const { final } = settle(each, "ai");
    const asset = context.assets.find(({ instrument }) => instrument.id === each.instrument);
    if (final === undefined || asset === undefined) return [];
    const { stopLoss, takeProfit } = final.source.proposal;
    const resolved = resolveArbitrated(
      {
        id: intentId(`bench-0001.${n++}`),
        correlation,
        proposals: final.of,
        side: final.side,
        allocation: allocationOf(final.sizePct, context.equity, allocationMax),
        confidence: final.confidence,
        stopLoss,
        takeProfit,
      },
      asset,
    );
    return typeof resolved === "string" ? [] : [resolved];
  });
  let passed = 0;
  for (const intent of inOrderOfRisk(intents))
    if (!refused(judge(sceneOf(turn, candidateFor(intent, "enter", turn), "proposal")))) passed++;
  return passed;
}

const read = readTrader(text);
const parsed = {
  name: "JSON.parse",
  run: () => JSON.parse(text) as { decisions: unknown[] },
  check: (of: { decisions: unknown[] }) => invariant(of.decisions.length === 5, "all were parsed"),
};
const passes = judged(read);
invariant(passes >= 4, `most of the intents pass the rails, ${passes} did`);
const checkPassed = (of: number): void => invariant(of === passes, "the same pass");

console.log(
  row(
    `${text.length} characters to judged intents`,
    paired({ name: "whole", run: () => judged(readTrader(text)), check: checkPassed }, parsed, 1),
  ),
);
console.log(
  row("  reading them alone", paired({ name: "read", run: () => readTrader(text), check: (of) => invariant(of.ok, "read") }, parsed, 1)),
);
console.log(
  row("  from what was read to the rails' word", paired({ name: "rest", run: () => judged(read), check: checkPassed }, parsed, 1)),
);

const claims = local.flatMap(({ proposal: { action, confidence }, sizePct }) =>
  action === "buy" || action === "sell" ? [{ side: action, confidence, sizePct }] : [],
);
invariant(claims.length > 0, "the rules want something");
const table = {
  name: "table",
  run: () => claims.filter((one) => claims.every((other) => arbitrate(one, other, usualArbitration).ok)).length,
  check: (of: number) => invariant(of === claims.length, "every pair is arbitrated"),
};
const pairs = claims.length ** 2;
console.log(row("the table, one pair", paired(table, { ...parsed, run: () => JSON.parse(text) as { decisions: unknown[] } }, pairs)));
