import { readFileSync } from "node:fs";
import { always, type Person } from "../lab/council/council-approver.ts";
import { Failed } from "./failed.ts";

/** `--approve all`, `none`, or a file with a line for each account or trade: `pm-one approve`, `ab12-0008.c reject too crowded`. */
export function personOf(asked: string): (account: string) => Person {
  if (asked === "all" || asked === "none") return () => always(asked === "all");
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
    said.set(name, { yes: word === "approve", why });
  }
  // Whoever the file does not name is not approved: silence is a no.
  return (account) => (trade) => ({ by: asked, ...(said.get(trade) ?? said.get(account) ?? { yes: false, why: "not named in the file" }) });
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
