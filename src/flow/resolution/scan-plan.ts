import type { Fired, HardRail } from "./option-hard-rails.ts";
import type { DecisionKind } from "./option-situation.ts";

/** The candidates of one scan come in; exactly one thing to do with each goes out, within the scan's budget of questions (OPT-4, LINE-4). */

export type PersonsAnswer = "sell" | "hold" | "approve" | "deny";

/** One open position or one name of the watchlist, with what is known of it before anybody is asked. */
export type ScanCandidate = {
  readonly kind: DecisionKind;
  /** Names it in this scan: the contract held, or the underlying looked at. */
  readonly symbol: string;
  readonly fired?: Fired | undefined;
  /** Nothing that a model is asked about, such as shares that an assignment brought: only a person decides. */
  readonly manual?: boolean;
  /** An order of ours for it is still out. */
  readonly underWay?: boolean;
  /** A person's answer that nobody has acted on yet. */
  readonly answered?: PersonsAnswer | undefined;
  /** A person was asked and has not answered. */
  readonly asked?: boolean;
  /** A model said to wait until then. */
  readonly waitsUntilMs?: number | undefined;
  readonly lastAskedMs?: number | undefined;
};

export type ScanRules = {
  readonly questionsPerScanMax: number;
  readonly rateLimitMs: number;
  /** What a model may automate; the rest is left to a person. */
  readonly decisions: readonly DecisionKind[];
};

/** `do` names the only thing that happens to the candidate in this scan. */
export type ScanStep =
  | { readonly do: "close"; readonly rail: HardRail }
  | { readonly do: "obey"; readonly answer: PersonsAnswer }
  | { readonly do: "ask_model" }
  | { readonly do: "ask_person" }
  | {
      readonly do: "leave";
      readonly outcome: HardRail | "order_under_way" | "waits_for_person" | "waiting" | "rate_limited" | "over_budget";
    };

export type PlannedScan = { readonly candidate: ScanCandidate; readonly step: ScanStep };

/**
 * Protection first, then what a person said, then what is still open with somebody; a question is asked only where none of that holds.
 * Over the budget exits go before entries, and who was asked longest ago before who was asked just now, so that nobody starves.
 */
export function planScan(candidates: readonly ScanCandidate[], nowMs: number, rules: ScanRules): readonly PlannedScan[] {
  const planned = candidates.map((candidate) => ({ candidate, step: stepOf(candidate, nowMs, rules) }));
  const asking = planned.filter(({ step }) => step.do === "ask_model").map(({ candidate }) => candidate);
  const within = new Set(asking.toSorted(byTurn).slice(0, rules.questionsPerScanMax));
  return planned.map(({ candidate, step }) =>
    step.do !== "ask_model" || within.has(candidate) ? { candidate, step } : { candidate, step: { do: "leave", outcome: "over_budget" } },
  );
}

function stepOf(of: ScanCandidate, nowMs: number, { rateLimitMs, decisions }: ScanRules): ScanStep {
  const { fired, answered, waitsUntilMs = -Infinity, lastAskedMs = -Infinity } = of;
  if (fired?.closes === true) return { do: "close", rail: fired.rail };
  if (of.underWay === true) return { do: "leave", outcome: "order_under_way" };
  // A person may sell under a kill switch; nobody may enter.
  if (answered !== undefined && (fired === undefined || of.kind === "exit")) return { do: "obey", answer: answered };
  if (fired !== undefined) return { do: "leave", outcome: fired.rail };
  if (of.asked === true) return { do: "leave", outcome: "waits_for_person" };
  if (nowMs < waitsUntilMs) return { do: "leave", outcome: "waiting" };
  if (of.manual === true || !decisions.includes(of.kind)) return { do: "ask_person" };
  return nowMs - lastAskedMs < rateLimitMs ? { do: "leave", outcome: "rate_limited" } : { do: "ask_model" };
}

const rank = { exit: 0, entry: 1 } as const satisfies Record<DecisionKind, number>;

/** The symbol settles a tie, so that the order of the watchlist does not. */
const byTurn = (one: ScanCandidate, other: ScanCandidate): number =>
  rank[one.kind] - rank[other.kind] ||
  Math.sign((one.lastAskedMs ?? -1) - (other.lastAskedMs ?? -1)) ||
  (one.symbol < other.symbol ? -1 : one.symbol > other.symbol ? 1 : 0);
