import { present } from "../words/invariant.ts";
import type { Config } from "./config.ts";
import { councilsOf, membersIn } from "./council-of.ts";
import type { Breach, Relation } from "./relation.ts";

type Desk = Config["accounts"][string]["desk"];

/** Which desks have several accounts that sit together. */
const sits: Readonly<Record<Desk, boolean>> = { perps: false, crypto: false, options: false, equities: false, council: true };

const keyOf = (name: string): string => `accounts.${name}.seats`;

/** Why this name cannot sit there, and what would be right; undefined where it can. */
function whyNot(config: Config, seat: string): Omit<Breach, "keys"> | undefined {
  const { accounts, council } = config;
  const members = membersIn(council.members);
  const member = members.find(({ name }) => name === seat);
  const known = members.filter(({ seated }) => seated).map(({ name }) => name);
  if (member === undefined)
    return { problem: `no member of the council is named ${seat}`, fix: `name some of ${known.join(", ")}, as council.members has them` };
  if (!member.seated) return { problem: `${seat} is not seated in council.members`, fix: "seat that member, or leave it out" };
  const account = accounts[seat];
  if (account === undefined)
    return { problem: `${seat} has no account below accounts`, fix: `write ${seat}: { desk: council } there, or leave it out` };
  if (!sits[account.desk])
    return { problem: `the account ${seat} is of ${account.desk}`, fix: `write desk: council at accounts.${seat}, or leave it out` };
  if (account.seats !== undefined)
    return { problem: `the account ${seat} is a council's own`, fix: "give the council's own account a name that no member has" };
  return undefined;
}

/** What must hold of a council among the accounts (COUN-7): each of its members trades in an account of its own. */
export const seatRelations: readonly Relation[] = [
  {
    rule: "accounts.NAME.seats is of an account of desk council, and each of them is a seated member with an account of that desk",
    breaches: (config) =>
      councilsOf(config).flatMap(({ name, seats }): readonly Breach[] => {
        const desk = present(config.accounts[name], "a council is named after its own account").desk;
        const keys = [keyOf(name)];
        if (!sits[desk])
          return [{ keys: [...keys, `accounts.${name}.desk`], problem: `an account of ${desk} has no seats`, fix: "leave them out" }];
        return seats.flatMap((seat) => {
          const why = whyNot(config, seat);
          return why === undefined ? [] : [{ keys, ...why }];
        });
      }),
  },
  {
    rule: "accounts.NAME.seats are at least council.quorum: fewer could never meet",
    breaches: (config) =>
      councilsOf(config).flatMap(({ name, seats }): readonly Breach[] =>
        seats.length >= config.council.quorum
          ? []
          : [
              {
                keys: [keyOf(name), "council.quorum"],
                problem: `${seats.length} can never be the ${config.council.quorum} of council.quorum`,
                fix: "seat more members, or lower council.quorum",
              },
            ],
      ),
  },
  {
    rule: "a member sits in one council only",
    breaches: (config) =>
      councilsOf(config).flatMap(({ name, seats }, at, all) =>
        seats.flatMap((seat): readonly Breach[] => {
          const before = all.slice(0, at).find((other) => other.seats.includes(seat));
          if (before === undefined) return [];
          return [{ keys: [keyOf(name)], problem: `${seat} sits in ${before.name} already`, fix: "leave it in one of the two" }];
        }),
      ),
  },
  {
    rule: "an account of desk council has seats or sits in a council, and is not named flat, which is the name of what a council is measured by",
    breaches: (config) =>
      Object.entries(config.accounts).flatMap(([name, { desk, seats }]): readonly Breach[] => {
        if (!sits[desk]) return [];
        const keys = [`accounts.${name}.desk`];
        if (name === "flat") return [{ keys, problem: "flat holds nothing in a council", fix: "choose another name" }];
        if (seats !== undefined || councilsOf(config).some((of) => of.seats.includes(name))) return [];
        return [
          {
            keys,
            problem: `${name} sits in no council and has no seats`,
            fix: `name it among the seats of a council's own account, or write who sits in it, such as seats: [${membersIn(
              config.council.members,
            )
              .map((member) => member.name)
              .join(", ")}]`,
          },
        ];
      }),
  },
];
