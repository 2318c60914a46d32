import type { CallSpent, Worst } from "../../ports/budget.ts";
import type { Price } from "../../ports/known-model.ts";
import type { ProviderReply, Usage } from "../../ports/provider.ts";
import { divideUnits } from "../../words/exact.ts";
import { larger, moneyOfUnits, zeroMoney, type Money } from "../../words/money.ts";

const perMTok = 1_000_000n;
const share = (tokens: number, price: Money): bigint => BigInt(tokens) * price;

/** The price of a prompt of so many tokens: beyond the length up to which one is known there is none. */
const priceAt = (tokensIn: number, price: Price | undefined): Price | undefined =>
  price === undefined || tokensIn > (price.promptTokensMax ?? Infinity) ? undefined : price;

/** List price of what was used, rounded up to 10^-12 dollars: cached and newly cached tokens are a part of those in, reasoning of those out. */
export function costOf({ tokensIn, tokensCached, tokensCacheWritten = 0, tokensOut, tokensReasoning }: Usage, price: Price): Money {
  const fresh = Math.max(0, tokensIn - tokensCached - tokensCacheWritten);
  const spoken = Math.max(0, tokensOut - tokensReasoning);
  const written = share(tokensCacheWritten, price.cacheWritePerMTok ?? price.inputPerMTok);
  const asIn = share(fresh, price.inputPerMTok) + share(tokensCached, price.cachedInputPerMTok) + written;
  const asOut = share(spoken, price.outputPerMTok) + share(tokensReasoning, price.reasoningPerMTok);
  return moneyOfUnits(divideUnits(asIn + asOut, perMTok, "up"));
}

/** The most that a call can cost: every token is of the dearest kind. Undefined where no price is known for a prompt of that length. */
export function worstCost(tokensIn: number, tokensOut: number, known: Price | undefined): Money | undefined {
  const price = priceAt(tokensIn, known);
  if (price === undefined) return undefined;
  const dearIn = larger(larger(price.inputPerMTok, price.cachedInputPerMTok), price.cacheWritePerMTok ?? zeroMoney);
  const dearOut = larger(price.outputPerMTok, price.reasoningPerMTok);
  return moneyOfUnits(divideUnits(share(tokensIn, dearIn) + share(tokensOut, dearOut), perMTok, "up"));
}

const nothing: Usage = { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 };
const free: CallSpent = { cost: zeroMoney, costBy: "free", usage: nothing };

/** Whether a reply says what it used. No prompt is empty and no words come of nothing, so that a zero there is a server that does not count. */
export function saysUsage(reply: ProviderReply): boolean {
  if (reply.kind === "failed") return reply.usage !== undefined;
  return reply.usage.tokensIn > 0 && (reply.usage.tokensOut > 0 || reply.kind === "refused" || reply.text === "");
}

/**
 * What a call that left is charged with: the provider's own figure, else what it used at list price. A call without a reply, or with
 * one that does not say what it used, is charged at its worst case, since the provider may bill it; only statuses that say no model ran
 * (4xx but 408, 503 and 529) and models of price zero are free. `undefined` as a reply is one that did not come in time.
 */
export function chargeOf(reply: ProviderReply | undefined, worst: Worst, known: Price | undefined): CallSpent {
  if (reply?.cost !== undefined) return { cost: reply.cost, costBy: "provider", usage: reply.usage ?? nothing };
  if (reply?.usage !== undefined && saysUsage(reply)) return atPrices(reply.usage, worst, known);
  if (reply?.kind === "failed" && unbilled(reply.status)) return free;
  if (worst.cost === zeroMoney) return free;
  const usage = { ...nothing, tokensIn: worst.tokensIn, tokensOut: worst.tokensOut };
  return worst.cost === undefined ? { ...free, usage } : { cost: worst.cost, costBy: "prices", usage };
}

function atPrices(usage: Usage, worst: Worst, known: Price | undefined): CallSpent {
  const price = priceAt(usage.tokensIn, known);
  if (price !== undefined) return { cost: costOf(usage, price), costBy: "prices", usage };
  // Longer than it could be by our count, and past the known price: what was reserved is the least that it costs.
  if (known !== undefined && worst.cost !== undefined) return { cost: larger(worst.cost, costOf(usage, known)), costBy: "prices", usage };
  return { ...free, usage };
}

const unbilled = (status: number | undefined): boolean =>
  status !== undefined && ((status >= 400 && status < 500 && status !== 408) || status === 503 || status === 529);
