import { loadConfig } from "../../src/config/load-config.ts";
import type { CryptoSettings } from "../../src/desks/crypto-settings.ts";
import { cryptoPlan } from "../../src/bin/crypto-plan.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { ModelAnswer, ModelOutcome, Question } from "../../src/flow/proposals/question.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { FactKind, FactOf } from "../../src/journal/fact.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest, type BacktestPlan, type BacktestRun } from "../../src/lab/backtest.ts";
import type { Model } from "../../src/ports/model.ts";
import { invariant } from "../../src/words/invariant.ts";
import { money } from "../../src/words/money.ts";
import { demoHours } from "./a-plan.ts";

type Wish = {
  readonly histories?: readonly AssetHistory[];
  readonly days?: number;
  readonly set?: readonly string[];
  readonly model?: Model;
  readonly more?: Partial<BacktestPlan<CryptoSettings>>;
};

/** A whole plan of the crypto desk as a configuration gives it, in memory. */
export function aCryptoPlan({ histories, days = 8, set = [], model, more }: Wish = {}): BacktestPlan<CryptoSettings> {
  const loaded = loadConfig({ set });
  invariant(loaded.ok, `a test's settings are good: ${loaded.ok ? "" : JSON.stringify(loaded.error)}`);
  const plan = cryptoPlan(loaded.value, histories ?? demoHours("1", days), new MemoryJournal());
  return { ...plan, ...(model === undefined ? {} : { model }), ...more };
}

export type Ran = { readonly run: BacktestRun<CryptoSettings>; readonly entries: readonly Entry[] };

export function ranCrypto(wish: Wish = {}): Ran {
  const plan = aCryptoPlan(wish);
  const run = runBacktest(plan);
  return { run, entries: [...plan.journal.entries()] };
}

export const factsOf = <Kind extends FactKind>({ entries }: Pick<Ran, "entries">, kind: Kind): FactOf<Kind>[] =>
  entries.flatMap(({ fact }) => (fact.kind === kind ? [fact as FactOf<Kind>] : []));

type Said = { readonly latencyMs?: number; readonly cost?: string } & (
  | { readonly text: string }
  | { readonly outcome: Exclude<ModelOutcome, "ok"> }
);

/** A model that says what a test wants, question by question. */
export const aModel = (say: (question: Question, asked: number) => Said): Model => {
  let asked = 0;
  return {
    ask: (question): ModelAnswer => {
      const said = say(question, asked++);
      const spent = { latencyMs: said.latencyMs ?? 0, tokensIn: 0, tokensOut: 0, cost: money(said.cost ?? "0") };
      return "text" in said
        ? { ...spent, outcome: "ok", text: said.text }
        : { ...spent, outcome: said.outcome, detail: "as the test wants" };
    },
  };
};

export const noDecisions = JSON.stringify({ decisions: [], rationale: "" });
export const wants = (decisions: readonly object[]): string =>
  JSON.stringify({
    decisions: decisions.map((each) => ({ size_pct: null, stop_price: null, target_price: null, rationale: "r", ...each })),
    rationale: "",
  });
