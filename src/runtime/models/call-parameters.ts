import type { Question } from "../../flow/proposals/question.ts";
import type { Capability } from "../../ports/known-model.ts";
import type { ProviderAsk } from "../../ports/provider.ts";
import type { RolePolicy } from "./role-policy.ts";

/** What goes over the wire: a parameter that the model does not take is left out, since many refuse the whole call for one. */
export function callParameters(question: Question, user: string, model: string, policy: RolePolicy, able: Capability): ProviderAsk {
  const { temperature, seed, effort } = policy;
  return {
    model,
    system: question.system,
    user,
    schema: question.schema,
    outputTokensMax: Math.min(question.outputTokensMax, policy.outputTokensMax, able.outputTokensMax),
    ...(temperature !== undefined && able.temperature ? { temperature } : {}),
    ...(seed !== undefined && able.seed ? { seed } : {}),
    ...(effort !== undefined && able.efforts.includes(effort) ? { effort } : {}),
  };
}
