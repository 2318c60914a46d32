import type { Worst } from "../../ports/budget.ts";
import type { Asked } from "./asked.ts";
import { worstCost } from "./call-cost.ts";
import { callParameters } from "./call-parameters.ts";
import type { GatewayParts } from "./gateway-parts.ts";
import type { GuardedProvider } from "./guarded-provider.ts";
import { partsOf } from "./model-name.ts";
import type { Notices } from "./notices.ts";
import { promptTokensCounted, promptTokensMax } from "./prompt-tokens.ts";
import type { Call } from "./wire-call.ts";

/** A question and one model come in; the call goes out with its next name, what is sent, and the most that it may cost. */
export function planCall(asked: Asked, model: string, user: string, door: GuardedProvider, parts: GatewayParts, notices: Notices): Call {
  const { question, asking, policy } = asked;
  const { provider, id } = partsOf(model);
  const able = parts.capabilityOf(model);
  notices.capability(model, able);
  const ask = callParameters(question, user, id, policy, able);
  const price = parts.priceOf(model, parts.clock.now().toString().slice(0, 10));
  notices.price(model, price);
  const worst = (tokensIn: number): Worst => {
    const tokensOut = ask.outputTokensMax;
    return { cost: worstCost(tokensIn, tokensOut, price), tokensIn, tokensOut };
  };
  return {
    id: `${asked.name}/${asked.calls++}`,
    by: { ...asking, role: question.role, provider, model: id },
    door,
    ask,
    worst: worst(promptTokensMax(door.kind, ask)),
    counted: async () => {
      const tokensIn = await promptTokensCounted(door.kind, ask, parts.countTokens);
      return tokensIn === undefined ? undefined : worst(tokensIn);
    },
    price,
    deadlineMs: asked.deadlineMs,
    attemptMsMax: policy.attemptMsMax,
  };
}
