import type { Money } from "../../words/money.ts";

export type ModelRole = "trader" | "arbiter" | "pm" | "reviewer" | "chairman" | "research";

/** What a model is asked: the whole text it sees, so that its hash names it. */
export type Question = {
  readonly role: ModelRole;
  /** Opaque model id, as its provider spells it. */
  readonly model: string;
  /** Prompt file's id and version, for example `perps.trader@1`. */
  readonly prompt: string;
  /** The stable part comes first, so that a provider's prompt cache can hit. */
  readonly system: string;
  readonly user: string;
  readonly deadlineMs: number;
  readonly outputTokensMax: number;
};

type Spent = {
  readonly latencyMs: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly cost: Money;
};

/** A model's answer or the kind of its absence: each is a fact of its own and counted apart. */
export type ModelAnswer = Spent &
  (
    | { readonly outcome: "ok"; readonly text: string }
    | { readonly outcome: "refused" | "timed_out" | "over_budget" | "provider_error"; readonly detail: string }
  );
