import type { Money } from "../../words/money.ts";

export const modelRoles = ["trader", "arbiter", "pm", "reviewer", "chairman", "research"] as const;
export type ModelRole = (typeof modelRoles)[number];

/** JSON Schema as plain data: flat, closed objects whose every key is required and nullable where it may be absent, as strict modes of providers ask. */
export type JsonSchema = { readonly [key: string]: unknown };

/** What shape an answer has, by name and version such as `portfolio@1`. */
export type AnswerSchema = { readonly name: string; readonly json: JsonSchema };

/** What a model is asked: the whole text it sees, so that its hash names it. */
export type Question = {
  readonly role: ModelRole;
  /** Model of the config: `provider/model`, the rest of it opaque, as its provider spells it. */
  readonly model: string;
  /** Prompt file's id and version, for example `perps.trader@1`. */
  readonly prompt: string;
  /** The stable part comes first, so that a provider's prompt cache can hit. */
  readonly system: string;
  readonly user: string;
  readonly schema: AnswerSchema;
  readonly deadlineMs: number;
  readonly outputTokensMax: number;
};

/** `malformed`: a text came that its reader could not read, also when asked again. Each way to have no answer is counted apart. */
export type ModelOutcome = "ok" | "refused" | "malformed" | "timed_out" | "over_budget" | "provider_error";

/** One call on the wire, or the reason why there was none. */
export type ModelAttempt = {
  readonly provider: string;
  readonly model: string;
  readonly why: "first" | "retry" | "re_ask" | "fallback";
  readonly outcome: ModelOutcome;
  readonly detail: string;
  /** HTTP status where there was one. */
  readonly status?: number;
  readonly latencyMs: number;
  readonly tokensIn: number;
  readonly tokensCached: number;
  readonly tokensOut: number;
  readonly tokensReasoning: number;
  readonly cost: Money;
};

/** Sums over all attempts; `tokensIn` includes the cached ones and `tokensOut` the reasoning, as providers bill them. */
type Spent = {
  readonly latencyMs: number;
  readonly tokensIn: number;
  readonly tokensCached?: number;
  readonly tokensOut: number;
  readonly tokensReasoning?: number;
  readonly cost: Money;
  /** Whose figure the cost is: the provider's own, our price table's, or nobody's since the model is free. */
  readonly costBy?: "provider" | "prices" | "free";
  readonly attempts?: readonly ModelAttempt[];
};

/** A model's answer or the kind of its absence: each is a fact of its own and counted apart. */
export type ModelAnswer = Spent &
  ({ readonly outcome: "ok"; readonly text: string } | { readonly outcome: Exclude<ModelOutcome, "ok">; readonly detail: string });
