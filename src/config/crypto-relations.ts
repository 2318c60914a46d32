import type { Relation } from "./relation.ts";

const vendorOf = (model: string): string => model.slice(0, Math.max(0, model.indexOf("/")));

/** What must hold between keys of `crypto`. */
export const cryptoRelations: readonly Relation[] = [
  {
    rule: "crypto.arbiterModel is of another vendor than crypto.model, or of the house: one that judges its own is no second opinion",
    breaches: ({ crypto: { model, arbiterModel } }) =>
      arbiterModel === undefined || vendorOf(arbiterModel) === "house" || vendorOf(arbiterModel) !== vendorOf(model)
        ? []
        : [
            {
              keys: ["crypto.arbiterModel", "crypto.model"],
              problem: `${arbiterModel} is of the same vendor as ${model}`,
              fix: "name a model of another vendor, or leave the arbiter out",
            },
          ],
  },
  {
    rule: "crypto.sizePct <= crypto.sizePctMax: the usual size is one that a proposal may ask for",
    breaches: ({ crypto: { sizePct, sizePctMax } }) =>
      sizePct <= sizePctMax
        ? []
        : [
            {
              keys: ["crypto.sizePct", "crypto.sizePctMax"],
              problem: `${sizePct} is above crypto.sizePctMax, ${sizePctMax}`,
              fix: "lower it, or raise crypto.sizePctMax",
            },
          ],
  },
];
