import { priceOf } from "../adapters/ai-sdk/known-models.ts";
import type { Entry } from "../journal/entry.ts";
import { costOf } from "../runtime/models/call-cost.ts";
import { present } from "../words/invariant.ts";
import { sum, type Money } from "../words/money.ts";

const asked = { kind: "openai", model: "gpt-6-sol" } as const;
/** A made-up market has no day that a price could be of: the newest that the table knows is taken. */
const newest = "9999-12-31";

/** The model whose list price says what a run of the house model would cost somebody who asks a real one. */
export const listPriced = {
  name: `${asked.kind}/${asked.model}`,
  price: present(priceOf(asked.kind, asked.model, newest), "the table of prices has a row for the model that the demo is priced at"),
};

/** What the same calls would have cost at that price: the tokens are those that the journal has of each answer. */
export const atListPrice = (entries: readonly Entry[]): Money =>
  sum(
    entries.flatMap(({ fact }) => {
      if (fact.kind !== "model_answered") return [];
      const { tokensIn, tokensOut, tokensCached = 0, tokensReasoning = 0 } = fact.answer;
      return [costOf({ tokensIn, tokensOut, tokensCached, tokensReasoning }, listPriced.price)];
    }),
  );
