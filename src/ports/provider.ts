import type { AnswerSchema } from "../flow/proposals/question.ts";
import type { Money } from "../words/money.ts";

export type Effort = "none" | "low" | "medium" | "high";

/** One call to one model. What the model does not take (temperature, seed, effort) is not in it. */
export type ProviderAsk = {
  /** As the provider spells it; opaque. */
  readonly model: string;
  readonly system: string;
  readonly user: string;
  readonly schema: AnswerSchema;
  readonly outputTokensMax: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly effort?: Effort;
};

/** As billed: `tokensIn` includes those read from and written to a prompt cache, `tokensOut` the reasoning. All zero where the server said nothing. */
export type Usage = {
  readonly tokensIn: number;
  readonly tokensCached: number;
  /** Of those in, what the provider wrote to its prompt cache; absent where it says nothing of that. */
  readonly tokensCacheWritten?: number;
  readonly tokensOut: number;
  readonly tokensReasoning: number;
};

/** What came back. `cost` is the provider's own figure where it sends one. */
export type ProviderReply =
  /** `cut`: the answer ended at the token limit. */
  | { readonly kind: "text"; readonly text: string; readonly cut: boolean; readonly usage: Usage; readonly cost?: Money }
  | { readonly kind: "refused"; readonly detail: string; readonly usage: Usage; readonly cost?: Money }
  | {
      readonly kind: "failed";
      readonly why: "network" | "timed_out" | "status" | "bad_body" | "no_key";
      readonly status?: number;
      readonly retryable: boolean;
      readonly retryAfterMs?: number;
      readonly detail: string;
      /** No byte of the question left this machine (no key, no such name, a refused connection), so that nobody can bill it. */
      readonly sent?: false;
      /** Where the provider billed all the same and said so. */
      readonly usage?: Usage;
      readonly cost?: Money;
    };

/** A door to one provider's models. It never throws for the world's faults, and its socket ends when `signal` aborts. */
export interface Provider {
  readonly name: string;
  ask(ask: ProviderAsk, signal: AbortSignal): Promise<ProviderReply>;
}
