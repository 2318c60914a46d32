import type { CallSpent, Worst } from "../../ports/budget.ts";
import type { Price } from "../../ports/known-model.ts";
import type { ProviderReply, Usage } from "../../ports/provider.ts";
import { divideUnits } from "../../words/exact.ts";
import { larger, moneyOfUnits, zeroMoney, type Money } from "../../words/money.ts";

const perMTok = 1_000_000n;
const share = (tokens: number, price: Money): bigint => BigInt(tokens) * price;

/** List price of what was used, rounded up to 10^-12 dollars: cached tokens are a part of those in, reasoning of those out. */
export function costOf({ tokensIn, tokensCached, tokensOut, tokensReasoning }: Usage, price: Price): Money {
  const fresh = Math.max(0, tokensIn - tokensCached);
  const spoken = Math.max(0, tokensOut - tokensReasoning);
  const asIn = share(fresh, price.inputPerMTok) + share(tokensCached, price.cachedInputPerMTok);
  const asOut = share(spoken, price.outputPerMTok) + share(tokensReasoning, price.reasoningPerMTok);
  return moneyOfUnits(divideUnits(asIn + asOut, perMTok, "up"));
}

/** The most that a call can cost: nothing is cached, and every token is of the dearer kind. Undefined where no price is known. */
export function worstCost(tokensIn: number, tokensOut: number, price: Price | undefined): Money | undefined {
  if (price === undefined) return undefined;
  const dearIn = larger(price.inputPerMTok, price.cachedInputPerMTok);
  const dearOut = larger(price.outputPerMTok, price.reasoningPerMTok);
  return moneyOfUnits(divideUnits(share(tokensIn, dearIn) + share(tokensOut, dearOut), perMTok, "up"));
}

const nothing: Usage = { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 };
const free: CallSpent = { cost: zeroMoney, costBy: "free", usage: nothing };

/**
 * What a call that left is charged with: the provider's own figure, else what it used at list price. A call without a reply, or with
 * one that does not say what it used, is charged at its worst case, since the provider may bill it; only statuses that say no model ran
 * (4xx but 408, 503 and 529) are free. `undefined` as a reply is one that did not come in time.
 */
export function chargeOf(reply: ProviderReply | undefined, worst: Worst, price: Price | undefined): CallSpent {
  if (reply?.cost !== undefined) return { cost: reply.cost, costBy: "provider", usage: reply.usage ?? nothing };
  if (reply?.usage !== undefined)
    return price === undefined
      ? { ...free, usage: reply.usage }
      : { cost: costOf(reply.usage, price), costBy: "prices", usage: reply.usage };
  if (reply?.kind === "failed" && unbilled(reply.status)) return free;
  const usage = { ...nothing, tokensIn: worst.tokensIn, tokensOut: worst.tokensOut };
  return worst.cost === undefined ? { ...free, usage } : { cost: worst.cost, costBy: "prices", usage };
}

const unbilled = (status: number | undefined): boolean =>
  status !== undefined && ((status >= 400 && status < 500 && status !== 408) || status === 503 || status === 529);
