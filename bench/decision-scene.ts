import { gather, type Context } from "../src/flow/context/gather.ts";
import type { MarketSnapshot } from "../src/flow/market/snapshot.ts";
import { judge, refused } from "../src/flow/rails/judge.ts";
import type { Intent } from "../src/flow/resolution/intent.ts";
import { AccountState } from "../src/journal/account-state.ts";
import type { ConfigRecord, Fact } from "../src/journal/fact.ts";
import { candidateFor, sceneOf } from "../src/runtime/candidate-for.ts";
import { quotesOf, railsOf, type HouseRules, type Turn } from "../src/runtime/turn.ts";
import { accountId, correlationId, deskId } from "../src/words/ids.ts";
import type { Instrument } from "../src/words/instrument.ts";
import type { Money } from "../src/words/money.ts";

/** A reply of one desk, and its way: read, checked, resolved, and every intent judged by all rails; `judged` says how many passed them. */
export type Decision = {
  readonly desk: string;
  readonly text: string;
  readonly read: () => { readonly ok: boolean };
  readonly judged: () => number;
  readonly intents: number;
};

type Plan = {
  readonly rules: HouseRules;
  readonly record: ConfigRecord;
  readonly histories: readonly { readonly instrument: Instrument }[];
  readonly venue: { readonly startCash: Money };
};

/** The turn of an account that was opened just now, which has nothing yet and may do everything. `known` is what its desk has measured. */
export function freshTurn(
  plan: Plan,
  snapshot: MarketSnapshot,
  known: readonly Fact[] = [],
): { readonly turn: Turn; readonly context: Context } {
  const state = new AccountState();
  const correlation = correlationId("bench-0001");
  const account = accountId("bench");
  const now = snapshot.takenAt;
  const { startCash } = plan.venue;
  const entry = { at: now, account, desk: deskId("bench"), config: "" };
  const opening = { kind: "opened", mode: "backtest", venue: "sim", seed: "1", idSeed: "1", settings: plan.record } as const;
  state.apply({
    ...entry,
    sequence: 1,
    fact: { ...opening, startCash, instruments: plan.histories.map(({ instrument }) => instrument) },
  });
  state.apply({ ...entry, sequence: 2, fact: { kind: "woke", trigger: "bar", strategy: "bench", equity: startCash, snapshot } });
  for (const [n, fact] of known.entries()) state.apply({ ...entry, sequence: 3 + n, fact });
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
  const context = gather(
    snapshot,
    state,
    (id) => state.instrument(id),
    () => [],
  );
  return { turn, context };
}

/** Whether all rails let the intent through. */
export const passes = (turn: Turn, intent: Intent): boolean =>
  !refused(judge(sceneOf(turn, candidateFor(intent, "enter", turn), "proposal"), railsOf(turn.rules)));
