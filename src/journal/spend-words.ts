import { grouped } from "./readable.ts";
import type { SpendCaps, Spending } from "./spending.ts";

/** A fact of a spend ledger as a sentence for people. Amounts are shown exactly: many calls cost less than a cent. */
export function spendWords(fact: Spending): string {
  switch (fact.kind) {
    case "spend_capped":
      return capsInWords(fact.caps);
    case "spend_reserved": {
      const { account, desk, role, provider, model } = fact.by;
      const most = fact.worst === undefined ? "at an unknown price" : `at most ${grouped(fact.worst)}`;
      return `${fact.call} ${most} for ${provider}/${model} as ${role} of ${desk} on ${account}`;
    }
    case "spend_settled": {
      const overrun = fact.overrun === undefined ? "" : `, OVERRUN of ${grouped(fact.overrun)}`;
      const tokens = `${fact.tokensIn.toLocaleString("en-US")} + ${fact.tokensOut.toLocaleString("en-US")} tokens`;
      return `${fact.call} cost ${grouped(fact.cost)} (${fact.costBy}), ${tokens}${overrun}`;
    }
    case "spend_released":
      return `${fact.call} was never sent`;
  }
}

function capsInWords(caps: SpendCaps): string {
  const set = Object.entries(caps).map(([name, cap]) => `${name} ${typeof cap === "bigint" ? grouped(cap) : cap}`);
  return set.length === 0 ? "no caps" : set.join(", ");
}
