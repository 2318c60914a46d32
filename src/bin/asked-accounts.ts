import { countOf } from "./backtest-flags.ts";
import { Failed } from "./failed.ts";

const most = 100;

/** What stands behind `--accounts`. */
export function accountsCount(text: string): number | "config" {
  if (text === "config") return text;
  const count = countOf(text, most);
  if (count === undefined) throw new Failed(2, `--accounts ${text}: a whole number from 1 to ${most}, or config`);
  return count;
}

/** So many accounts are entries of the configuration like any others, so that a group can name them and a journal holds them. */
export const accountPairs = (accounts: number | "config" | undefined): readonly string[] =>
  typeof accounts === "number" ? Array.from({ length: accounts }, (_, at) => `accounts.perps-${at + 1}.desk=perps`) : [];
