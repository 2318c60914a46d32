import type { Price } from "../../ports/known-model.ts";
import { approximately } from "../../words/exact.ts";
import { countOf, tokensOf } from "./token-count.ts";
import type { Asked, Bill, Said } from "./wire.ts";

/** Caches work in whole steps of so many tokens, as OpenAI's does. */
const cacheStep = 128;
const remembered = 32;
const effortTokens: Readonly<Record<string, number>> = { minimal: 32, low: 64, medium: 256, high: 1_024, xhigh: 2_048, max: 4_096 };

/** What replies cost: tokens are counted, a prefix that came before on the same model is cached, and the price is a parameter. */
export class Billing {
  readonly #price: Price | undefined;
  readonly #cacheTokensMin: number;
  readonly #seen = new Map<string, (readonly number[])[]>();

  constructor(price: Price | undefined, cacheTokensMin: number) {
    this.#price = price;
    this.#cacheTokensMin = cacheTokensMin;
  }

  bill(asked: Asked, model: string, said: Said): Bill {
    const prompt = promptText(asked);
    const tokens = tokensOf(prompt);
    const tokensIn = tokens?.length ?? Math.ceil(prompt.length / 4);
    const tokensCached = tokens === undefined ? 0 : this.#cached(model, tokens, asked.cacheAsked);
    const tokensReasoning = effortTokens[asked.effort ?? ""] ?? 0;
    const tokensOut = countOf(said.kind === "tool" ? said.name + said.arguments : said.text) + tokensReasoning;
    const counted = { tokensIn, tokensCached, tokensOut, tokensReasoning };
    return this.#price === undefined ? counted : { ...counted, costUsd: costOf(counted, this.#price) };
  }

  #cached(model: string, tokens: readonly number[], asked: boolean): number {
    const seen = this.#seen.get(model) ?? [];
    const longest = Math.max(0, ...seen.map((earlier) => commonPrefix(earlier, tokens)));
    this.#seen.set(model, [...seen.slice(1 - remembered), tokens]);
    if (!asked || longest < this.#cacheTokensMin) return 0;
    return longest === tokens.length && longest < cacheStep ? longest : longest - (longest % cacheStep);
  }
}

/** Shape and tools come before the words, as they do where the prefix counts. */
const promptText = ({ schema, tools, system, user }: Asked): string =>
  [schema === undefined ? [] : JSON.stringify(schema.json), tools.length === 0 ? [] : JSON.stringify(tools), system, user]
    .flat()
    .join("\n");

function commonPrefix(left: readonly number[], right: readonly number[]): number {
  const most = Math.min(left.length, right.length);
  let at = 0;
  while (at < most && left[at] === right[at]) at++;
  return at;
}

/** Exact until the last step, where the wire wants a JSON number. */
function costOf({ tokensIn, tokensCached, tokensOut, tokensReasoning }: Bill, price: Price): number {
  const units =
    BigInt(tokensIn - tokensCached) * price.inputPerMTok +
    BigInt(tokensCached) * price.cachedInputPerMTok +
    BigInt(tokensOut - tokensReasoning) * price.outputPerMTok +
    BigInt(tokensReasoning) * price.reasoningPerMTok;
  return approximately(units / 1_000_000n);
}
