import type { ModelRole } from "../../flow/proposals/question.ts";
import type { Capability, Price } from "../../ports/known-model.ts";
import type { Model } from "../../ports/model.ts";
import type { ModelWatch } from "../../ports/model-watch.ts";
import type { Backoff } from "./backoff.ts";
import type { ProviderDoor } from "./guarded-provider.ts";
import type { AnswerReader } from "./judge-call.ts";
import type { TokenCounter } from "./prompt-tokens.ts";
import type { RolePolicy } from "./role-policy.ts";
import type { Around } from "./wire-call.ts";

/** All that a gateway is made of; models are `provider/model`. */
export type GatewayParts = Around & {
  /** By the name that models begin with. */
  readonly providers: ReadonlyMap<string, ProviderDoor>;
  readonly roles: Readonly<Record<ModelRole, RolePolicy>>;
  /** By schema name; a text of another schema is passed on unread. */
  readonly readers: Readonly<Record<string, AnswerReader>>;
  readonly capabilityOf: (model: string) => Capability;
  /** `on` is the day in UTC, `2026-01-31`. */
  readonly priceOf: (model: string, on: string) => Price | undefined;
  readonly countTokens: TokenCounter;
  /** Answers for `house/...`, without wire, guards and money. */
  readonly house: Model;
  readonly backoff: Backoff;
  /** In [0, 1), for the jitter of waits. */
  readonly random: () => number;
  readonly watch?: ModelWatch;
  /** Each thing to know about a model is said once. */
  readonly onNotice?: (text: string) => void;
};
