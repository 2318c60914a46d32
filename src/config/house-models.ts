import type { Config } from "./config.ts";
import { nearest } from "./did-you-mean.ts";
import type { Breach } from "./relation.ts";

/** The names that the house model answers to: what a journal says of a decision is the script that made it, never a name that nobody has. */
const houseModels = [
  "perps-1",
  "crypto-1",
  "arbiter-1",
  "equities-1",
  "options-1",
  "research-1",
  "research-2",
  "momentum-1",
  "reversion-1",
  "defensive-1",
  "macro-1",
  "carry-1",
  "chairman-1",
].map((name) => `house/${name}`);

/** The fault of a model at `key` that would be the house's and that the house does not have; none of another provider's. */
export function unknownHouse(key: string, model: string | undefined): readonly Breach[] {
  if (model === undefined || !model.startsWith("house/") || houseModels.includes(model)) return [];
  const meant = nearest(model, houseModels);
  const guess = meant === undefined ? "" : `did you mean ${meant}? `;
  return [{ keys: [key], problem: `no house model is named ${model}`, fix: `${guess}there are ${houseModels.join(", ")}` }];
}

/** The models of the desks that are named whether or not they are asked, each with its key. */
export const deskModels = ({ crypto: coins, equities, options, council }: Config): readonly (readonly [string, string | undefined])[] => [
  ["crypto.model", coins.model],
  ["crypto.arbiterModel", coins.arbiterModel],
  ["equities.model", equities.model],
  ["options.llm.model", options.llm.model],
  ["council.researchA", council.researchA],
  ["council.researchB", council.researchB],
  ["council.chairman", council.chairman],
  ...Object.entries(council.members).map(([seat, { model }]) => [`council.members.${seat}.model`, model] as const),
];
