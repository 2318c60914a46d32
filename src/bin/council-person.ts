import { readFileSync } from "node:fs";
import { always, type Person } from "../lab/council/council-approver.ts";
import { Failed } from "./failed.ts";
import { didYouMean } from "./one-of.ts";

/** `unheard` are the trades that the person has a word for and that nobody has shown him, once the weeks are over. */
type Persons = { readonly of: (account: string) => Person; readonly unheard: () => readonly string[] };

/**
 * `--approve all`, `none`, or a file with a line for each account or trade: `pm-one approve`, `ab12-0008.c reject too crowded`. A name
 * without a dot is an account's, and one of `accounts`: silence is a no, so that a slip would be one too.
 */
export function personOf(asked: string, accounts: readonly string[]): Persons {
  if (asked === "all" || asked === "none") return { of: () => always(asked === "all"), unheard: () => [] };
  const said = new Map<string, { readonly yes: boolean; readonly why: string }>();
  for (const [at, line] of linesOf(asked).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, name = "", word = "", why = ""] = /^(\S+)\s+(approve|reject)(?:\s+(.*))?$/.exec(line.trim()) ?? [];
    if (name === "")
      throw new Failed(
        2,
        `--approve ${asked}:${at + 1}: a line is NAME approve, or NAME reject REASON, where NAME is an account or a trade`,
      );
    if (word === "reject" && why === "") throw new Failed(2, `--approve ${asked}:${at + 1}: a rejection has a reason`);
    if (!name.includes(".") && !accounts.includes(name)) throw noAccount(`--approve ${asked}:${at + 1}`, name, accounts);
    said.set(name, { yes: word === "approve", why });
  }
  const shown = new Set<string>();
  // Whoever the file does not name is not approved: silence is a no.
  return {
    of: (account) => (trade) => {
      shown.add(trade);
      return { by: asked, ...(said.get(trade) ?? said.get(account) ?? { yes: false, why: "not named in the file" }) };
    },
    unheard: () => [...said.keys()].filter((name) => name.includes(".") && !shown.has(name)),
  };
}

function noAccount(where: string, name: string, accounts: readonly string[]): Failed {
  const guess = didYouMean(name, accounts);
  const known = `accounts are ${accounts.join(", ")}, and a trade's name is such as ab12-0008.c`;
  return new Failed(2, `${where}: no account is named ${name}; ${known}${guess === undefined ? "" : `; ${guess}`}`);
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (fault) {
    throw new Failed(
      2,
      `--approve ${path}: all, none, or a file that can be read; ${fault instanceof Error ? fault.message : String(fault)}`,
    );
  }
}
