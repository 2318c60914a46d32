import { ChainColumns } from "../src/flow/market/options/chain-columns.ts";
import { expiryAt } from "../src/flow/market/options/expiry-time.ts";
import { ChainMarket } from "../src/sim/market/chain-market.ts";
import { demoChainSpec } from "../src/sim/market/chain-spec.ts";
import { approximately } from "../src/words/exact.ts";
import { invariant, present } from "../src/words/invariant.ts";
import { paired, row } from "./paired.ts";
import { plainChain } from "./plain-chain.ts";

/**
 * Every quote of a chain minute to mid, volatility, greeks and portfolio marks, against the plain loop of `plain-chain.ts`, which does the
 * volatility and greeks alone. Both get the same minute; ours knows the volatility of the minute before, as it does in a session.
 */
const spec = demoChainSpec("bench", 2);
const market = new ChainMarket(spec);
const { contracts, length } = market;
const [first, second] = [snapshot(120), snapshot(121)];
const columns = new ChainColumns(contracts);
for (let at = 0; at < columns.length; at += 3) columns.held[at] = (at % 7) - 3;

type Minute = { readonly underlying: number; readonly atMs: number; readonly bid: Float64Array; readonly ask: Float64Array };

function snapshot(minute: number): Minute {
  while (market.minute < minute) invariant(market.advance(), `a market of ${length} minutes has minute ${minute}`);
  const money = (ticks: Float64Array): Float64Array => Float64Array.from(ticks, (each) => each / 100);
  const close = present(market.underlying.bars.close[minute], "a minute has a close");
  return { underlying: close / 100, atMs: market.atMs, bid: money(market.bid), ask: money(market.ask) };
}

function load(minute: Minute): void {
  columns.bid.set(minute.bid);
  columns.ask.set(minute.ask);
  columns.value(minute.underlying, minute.atMs, spec.rates);
}

// What is worth less than its exercise has no volatility, and the plain loop would search for it to no end: it is left out of both.
load(first);
const good = contracts.flatMap((_, at) => (Number.isFinite(columns.iv[at]) ? [at] : []));
const kept = new ChainColumns(good.map((at) => present(contracts[at], "a kept contract is listed")));
for (const [to, from] of good.entries()) kept.held[to] = columns.held[from] ?? 0;
const column = (of: (contract: number) => number): Float64Array => Float64Array.from(good, of);
const minutes = [first, second].map((minute) => ({
  ...minute,
  bid: column((at) => minute.bid[at] ?? 0),
  ask: column((at) => minute.ask[at] ?? 0),
}));
const plain = minutes.map(({ underlying, atMs, bid, ask }) => ({
  underlying,
  rate: spec.rates.rate,
  strike: column((at) => approximately(present(contracts[at], "listed").strike)),
  years: column(
    (at) => (present(expiryAt(present(contracts[at], "listed").expiry), "a date").epochMilliseconds - atMs) / (365 * 86_400_000),
  ),
  call: Uint8Array.from(good, (at) => (contracts[at]?.right === "call" ? 1 : 0)),
  bid,
  ask,
}));

let turn = 0;
let plainTurn = 0;
const result = paired(
  {
    name: "chain minute",
    run: () => {
      const minute = present(minutes[(turn ^= 1)], "there are two minutes");
      kept.bid.set(minute.bid);
      kept.ask.set(minute.ask);
      kept.value(minute.underlying, minute.atMs, spec.rates);
      return kept.book();
    },
    check: ({ worth, delta }) => invariant(Number.isFinite(worth) && Number.isFinite(delta), "the book is valued"),
  },
  {
    name: "plain loop",
    run: () => plainChain(present(plain[(plainTurn ^= 1)], "there are two minutes")),
    check: (sum) => invariant(Number.isFinite(sum), "every contract has a volatility"),
  },
  good.length,
);
console.log(row(`chain minute, ${good.length} contracts, per contract`, result));
