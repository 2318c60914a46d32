import { formatExact } from "../words/exact.ts";
import type { Config } from "./config.ts";
import { knownStrategies, otherStrategy } from "./other-strategy.ts";
import type { Breach, Relation } from "./relation.ts";

const known = ({ account, accounts }: Config): readonly string[] => [account.id, ...Object.keys(accounts)];

/** The desks whose settings an account may have its own of. */
const desksOf = { strategy: ["perps"], allocationUsdMax: ["perps", "crypto"] } as const;

export const groupRelations: readonly Relation[] = [
  {
    rule: "an account below groups.NAME.accounts is account.id or a name below accounts, and in one group only",
    breaches: (config) => {
      const seen = new Map<string, string>();
      return Object.entries(config.groups).flatMap(([name, { accounts }]) =>
        accounts.flatMap((account): readonly Breach[] => {
          const keys = [`groups.${name}.accounts`];
          const before = seen.get(account);
          seen.set(account, name);
          if (before !== undefined)
            return [{ keys, problem: `${account} is in the group ${before} already`, fix: "leave it in one of the two" }];
          if (known(config).includes(account)) return [];
          return [{ keys, problem: `no account is named ${account}`, fix: `write one of ${known(config).join(", ")}` }];
        }),
      );
    },
  },
  {
    rule: "groups.NAME.netUsdMax and bucketUsdMax are at most grossUsdMax: more would never be reached",
    breaches: ({ groups }) =>
      Object.entries(groups).flatMap(([name, group]) =>
        (["netUsdMax", "bucketUsdMax"] as const).flatMap((key): readonly Breach[] => {
          const most = group[key];
          if (most === undefined || most <= group.grossUsdMax) return [];
          const problem = `${formatExact(most)} is above groups.${name}.grossUsdMax ${formatExact(group.grossUsdMax)}`;
          return [
            {
              keys: [`groups.${name}.${key}`, `groups.${name}.grossUsdMax`],
              problem,
              fix: `lower it, or raise groups.${name}.grossUsdMax`,
            },
          ];
        }),
      ),
  },
  {
    rule: "accounts.NAME.strategy is of a perps account, allocationUsdMax of one of perps or crypto: other desks have no such key",
    breaches: ({ accounts }) =>
      Object.entries(accounts).flatMap(([name, { desk, ...of }]) =>
        Object.entries(desksOf).flatMap(([key, desks]): readonly Breach[] =>
          of[key as keyof typeof desksOf] === undefined || desks.some((each) => each === desk)
            ? []
            : [
                {
                  keys: [`accounts.${name}.${key}`, `accounts.${name}.desk`],
                  problem: `an account of ${desk} has no ${key}`,
                  fix: `leave it out; what ${desk} goes by stands below ${desk}`,
                },
              ],
        ),
      ),
  },
  {
    rule: "accounts.NAME.strategy is a built-in style or a name below strategies",
    breaches: (config) =>
      Object.entries(config.accounts).flatMap(([name, { strategy }]) =>
        strategy === undefined || knownStrategies(config).includes(strategy)
          ? []
          : [{ keys: [`accounts.${name}.strategy`], problem: `no strategy is named ${strategy}`, fix: otherStrategy(config, strategy) }],
      ),
  },
];
