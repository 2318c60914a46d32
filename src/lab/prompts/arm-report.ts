import type { ClosedTrade } from "../../flow/portfolio/trade.ts";
import type { ModelOutcome } from "../../flow/proposals/question.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import { approximately, formatExact } from "../../words/exact.ts";
import type { CorrelationId } from "../../words/ids.ts";
import { plus, sum, zeroMoney, type Money } from "../../words/money.ts";
import { bootstrapMean, wilson, type Interval95 } from "./intervals.ts";

/** One arm of a prompt test, named by its prompt: what it was asked, what it cost and what its trades brought. Money is decimal text. */
export type ArmRow = {
  readonly prompt: string;
  readonly asked: number;
  /** Cycles that used an earlier answer of this arm again. */
  readonly reused: number;
  readonly outcomes: Readonly<Partial<Record<ModelOutcome, number>>>;
  readonly modelCost: string;
  readonly trades: number;
  readonly net: string;
  /** Mean net of a trade with its interval, in currency; null below two trades. */
  readonly netMean: Interval95 | null;
  /** Share of the trades that brought more than they cost, with its interval; null without a trade. */
  readonly winRate: Interval95 | null;
};

type Arm = { asked: number; reused: number; cost: Money; readonly outcomes: Partial<Record<ModelOutcome, number>> };

type Call = Pick<FactOf<"model_asked">, "role" | "model" | "questionHash">;
const callOf = (cycle: CorrelationId, { role, model, questionHash }: Call): string => `${cycle} ${role} ${model} ${questionHash}`;

/**
 * A journal and its closed trades come in; one row an arm goes out, in the order of their ids (PERP-7). A trade counts for the prompt of
 * the cycle that opened it, whoever closed it; a cycle that used an answer again counts for the prompt which that answer was to.
 */
export function armReport(entries: Iterable<Entry>, trades: readonly ClosedTrade[]): readonly ArmRow[] {
  const arms = new Map<string, Arm>();
  const armOfCycle = new Map<CorrelationId, string>();
  const promptOf = new Map<string, string>();
  for (const { correlation, fact } of entries) {
    if (correlation === undefined) continue;
    if (fact.kind === "model_asked") {
      armOfCycle.set(correlation, fact.prompt);
      promptOf.set(callOf(correlation, fact), fact.prompt);
      const arm = arms.get(fact.prompt) ?? { asked: 0, reused: 0, cost: zeroMoney, outcomes: {} };
      arm.asked++;
      arms.set(fact.prompt, arm);
    } else if (fact.kind === "answer_reused") {
      const of = armOfCycle.get(fact.from);
      if (of === undefined) continue;
      armOfCycle.set(correlation, of);
      const arm = arms.get(of);
      if (arm !== undefined) arm.reused++;
    } else if (fact.kind === "model_answered") {
      // A cycle may ask several prompts at once: each answer counts for its own.
      const arm = arms.get(promptOf.get(callOf(correlation, fact)) ?? "");
      if (arm === undefined) continue;
      const { outcome, cost } = fact.answer;
      arm.outcomes[outcome] = (arm.outcomes[outcome] ?? 0) + 1;
      arm.cost = plus(arm.cost, cost);
    }
  }
  return [...arms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([prompt, { asked, reused, outcomes, cost }]) => {
      const own = trades.filter(({ correlation }) => correlation !== undefined && armOfCycle.get(correlation) === prompt);
      const nets = own.map(({ net }) => net);
      return {
        prompt,
        asked,
        reused,
        outcomes,
        modelCost: formatExact(cost),
        trades: own.length,
        net: formatExact(sum(nets)),
        netMean: bootstrapMean(
          nets.map((net) => approximately(net)),
          `arm ${prompt}`,
        ),
        winRate: wilson(nets.filter((net) => net > 0n).length, own.length),
      };
    });
}
