import { formatExact } from "../words/exact.ts";
import type { Config } from "./config.ts";
import { nearest } from "./did-you-mean.ts";
import { deskModels, unknownHouse } from "./house-models.ts";
import { kindOf, providerNames } from "./provider-kind.ts";
import type { Breach, Relation } from "./relation.ts";

/** Each cap with those that it must fit into: a day of one desk is a part of the account's. */
const caps = ["usdPerCall", "usdPerScanMax", "usdPerDeskDayMax", "usdPerAccountDayMax", "usdPerDayMax", "usdPerMonthMax"] as const;

/** What must hold between keys of `models`. */
export const modelRelations: readonly Relation[] = [
  {
    rule: "a model of models.roles, models.capabilities and models.prices, and a perps.model that is asked, begins with house/ or with the name of a provider",
    breaches: (config) => {
      const { roles, capabilities, prices } = config.models;
      return [
        ...(config.perps.proposer === "model"
          ? providerless(config, "perps.model", config.perps.model)
          : unknownHouse("perps.model", config.perps.model)),
        ...Object.entries(roles).flatMap(([name, { model, fallbacks }]) => [
          ...providerless(config, `models.roles.${name}.model`, model),
          ...fallbacks.flatMap((of) => providerless(config, `models.roles.${name}.fallbacks`, of)),
        ]),
        ...Object.entries(capabilities).flatMap(([name, { model }]) => providerless(config, `models.capabilities.${name}.model`, model)),
        ...Object.entries(prices).flatMap(([name, { model }]) => providerless(config, `models.prices.${name}.model`, model)),
      ];
    },
  },
  {
    rule: "a model that begins with house/ is one that the house has",
    breaches: (config) => deskModels(config).flatMap(([key, model]) => unknownHouse(key, model)),
  },
  {
    rule: "a provider has a kind, or the name of one; it is not named house, and openai-compatible has a baseUrl",
    breaches: ({ models: { providers } }) =>
      Object.entries(providers).flatMap(([name, provider]): readonly Breach[] => {
        const key = `models.providers.${name}`;
        if (name === "house")
          return [{ keys: keysOf(key, provider), problem: "house is the model that needs no provider", fix: "choose another name" }];
        const kind = kindOf(name, provider);
        if (kind === undefined)
          return [
            { keys: [`${key}.kind`, ...keysOf(key, provider)], problem: "is missing", fix: "write its kind, such as openai-compatible" },
          ];
        if (kind !== "openai-compatible" || provider.baseUrl !== undefined) return [];
        const problem = "an openai-compatible server has no usual address";
        return [
          { keys: [`${key}.baseUrl`, ...keysOf(key, provider)], problem, fix: "write its baseUrl, such as http://127.0.0.1:11434/v1" },
        ];
      }),
  },
  {
    rule: "models.capabilities names a model once, and models.prices names it once for a day",
    breaches: ({ models: { capabilities, prices } }) => [
      ...twice(
        "models.capabilities",
        Object.entries(capabilities).map(([name, { model }]) => [name, model]),
      ),
      ...twice(
        "models.prices",
        Object.entries(prices).map(([name, { model, from }]) => [name, `${model} from ${from}`]),
      ),
    ],
  },
  {
    rule: `models.budgets: ${caps.join(" <= ")}, where they are said`,
    breaches: ({ models: { budgets } }) =>
      caps.flatMap((low, at) => {
        const least = budgets[low];
        return caps.slice(at + 1).flatMap((high): readonly Breach[] => {
          const most = budgets[high];
          if (least === undefined || most === undefined || least <= most) return [];
          const problem = `${formatExact(least)} is above models.budgets.${high} ${formatExact(most)}, so that it could never be reached`;
          return [
            {
              keys: [`models.budgets.${low}`, `models.budgets.${high}`],
              problem,
              fix: `lower it to ${formatExact(most)}, or raise the other`,
            },
          ];
        });
      }),
  },
];

/** The keys that are said, first of all, so that the fault has their place in the file. */
const keysOf = (key: string, of: object): readonly string[] => Object.keys(of).map((name) => `${key}.${name}`);

function providerless(config: Config, key: string, model: string | undefined): readonly Breach[] {
  if (model === undefined) return [];
  const [name = ""] = model.split("/");
  if (name === "house") return unknownHouse(key, model);
  const known = ["house", ...providerNames(config.models.providers)];
  if (known.includes(name)) return [];
  const meant = nearest(name, known);
  const fix =
    meant === undefined ? `begin it with one of ${known.join(", ")}, or add ${name} below models.providers` : `did you mean ${meant}/?`;
  return [{ keys: [key, `models.providers.${name}`], problem: `no provider is named ${name}`, fix }];
}

function twice(section: string, entries: readonly (readonly [string, string])[]): readonly Breach[] {
  const first = new Map<string, string>();
  return entries.flatMap(([name, what]): readonly Breach[] => {
    const before = first.get(what);
    if (before === undefined) {
      first.set(what, name);
      return [];
    }
    return [
      { keys: [`${section}.${name}.model`], problem: `${what} is already that of ${section}.${before}`, fix: "leave one of the two out" },
    ];
  });
}
