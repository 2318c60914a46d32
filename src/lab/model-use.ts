import type { Entry } from "../journal/entry.ts";
import type { ModelAnswer, ModelOutcome } from "../flow/proposals/question.ts";
import { formatExact } from "../words/exact.ts";
import { plus, zeroMoney, type Money } from "../words/money.ts";

/** Money is a decimal text; tokens are as billed: `tokensIn` includes the cached ones, `tokensOut` the reasoning. */
export type ModelUseRow = {
  readonly name: string;
  readonly calls: number;
  readonly cost: string;
  readonly tokensIn: number;
  readonly tokensCached: number;
  readonly tokensOut: number;
  readonly tokensReasoning: number;
};

/**
 * `questions` counts what was asked; one question may take several calls, or none where the budget held them back. `byOutcome` counts
 * questions, the others calls.
 */
export type ModelUseReport = Omit<ModelUseRow, "name"> & {
  readonly questions: number;
  readonly byRole: readonly ModelUseRow[];
  readonly byModel: readonly ModelUseRow[];
  readonly byOutcome: readonly (Omit<ModelUseRow, "calls"> & { readonly questions: number })[];
};

type Used = { count: number; cost: Money; tokensIn: number; tokensCached: number; tokensOut: number; tokensReasoning: number };
type Billed = Pick<ModelAnswer, "cost" | "tokensIn" | "tokensOut" | "tokensCached" | "tokensReasoning">;

/** What a run's models were asked and cost, counted as its facts pass. */
export class ModelUse {
  readonly #total = none();
  readonly #byRole = new Map<string, Used>();
  readonly #byModel = new Map<string, Used>();
  readonly #byOutcome = new Map<string, Used>();
  #questions = 0;

  see({ fact }: Entry): void {
    if (fact.kind !== "model_answered") return;
    const { answer } = fact;
    this.#questions++;
    add(at(this.#byOutcome, answer.outcome), 1, answer);
    // An answer without a list of attempts is one call to the model that was asked for.
    const calls = answer.attempts?.reduce((all, attempt) => all + callsIn(attempt), 0) ?? callsIn(answer);
    add(this.#total, calls, answer);
    add(at(this.#byRole, fact.role), calls, answer);
    if (answer.attempts === undefined) add(at(this.#byModel, fact.model), calls, answer);
    else for (const attempt of answer.attempts) add(at(this.#byModel, `${attempt.provider}/${attempt.model}`), callsIn(attempt), attempt);
  }

  report(): ModelUseReport {
    const { name: _, ...total } = rowOf(["", this.#total]);
    return {
      questions: this.#questions,
      ...total,
      byRole: rowsOf(this.#byRole),
      byModel: rowsOf(this.#byModel),
      byOutcome: rowsOf(this.#byOutcome).map(({ name, calls, ...of }) => ({ name, questions: calls, ...of })),
    };
  }
}

/** What the budget held back never left. */
const callsIn = ({ outcome }: { readonly outcome: ModelOutcome }): number => (outcome === "over_budget" ? 0 : 1);

const none = (): Used => ({ count: 0, cost: zeroMoney, tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 });

function at(of: Map<string, Used>, name: string): Used {
  const known = of.get(name);
  if (known !== undefined) return known;
  const fresh = none();
  of.set(name, fresh);
  return fresh;
}

function add(to: Used, count: number, { cost, tokensIn, tokensOut, tokensCached = 0, tokensReasoning = 0 }: Billed): void {
  to.count += count;
  to.cost = plus(to.cost, cost);
  to.tokensIn += tokensIn;
  to.tokensCached += tokensCached;
  to.tokensOut += tokensOut;
  to.tokensReasoning += tokensReasoning;
}

/** By name, so that a report reads the same on every run. */
const rowsOf = (of: ReadonlyMap<string, Used>): ModelUseRow[] => [...of].sort(([a], [b]) => (a < b ? -1 : 1)).map(rowOf);

const rowOf = ([name, { count, cost, ...tokens }]: readonly [string, Used]): ModelUseRow => ({
  name,
  calls: count,
  cost: formatExact(cost),
  ...tokens,
});
