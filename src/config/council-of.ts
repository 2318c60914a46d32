import type { Config } from "./config.ts";

type Accounts = Pick<Config, "accounts">;
type Members = Config["council"]["members"];

/** A council among the accounts: its own account by name, and those who sit in it. */
export type CouncilAccount = { readonly name: string; readonly seats: readonly string[] };

export const councilsOf = ({ accounts }: Accounts): readonly CouncilAccount[] =>
  Object.entries(accounts).flatMap(([name, { seats }]) => (seats === undefined ? [] : [{ name, seats }]));

/** The council that this account holds the meetings of, or sits in; undefined where it stands by itself. */
export const councilOf = (config: Accounts, account: string): CouncilAccount | undefined =>
  councilsOf(config).find(({ name, seats }) => name === account || seats.includes(account));

/** In the order of their seats, whether or not they are taken. */
export const membersIn = ({ one, two, three, four, five }: Members): readonly Members["one"][] => [one, two, three, four, five];
