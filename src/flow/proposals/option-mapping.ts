import { cased, type ReplyMapping } from "./reply-mapping.ts";

const rationale = ["thesis", "reasoning", "reason", "justification", "explanation"];
const actions = ["decision", "signal"];

const answer = (words: Readonly<Record<string, readonly string[]>>, more: ReplyMapping["keys"]): ReplyMapping => ({
  keys: { action: actions, rationale, ...more },
  words: { action: words },
  fractions: ["confidence"],
  decimals: ["confidence", "wait_minutes"],
  texts: ["rationale"],
  below: {},
});

/** What else an exit may be spelled like. Left out on purpose: "exit" and "close", which a model may mean as a topic, and seconds for minutes. */
export const optionExitMapping: ReplyMapping = answer(
  { SELL: cased("sell"), HOLD: cased("hold"), WAIT: cased("wait"), ABSTAIN: cased("abstain") },
  { wait_minutes: ["waitMinutes", "minutes"] },
);

/** DENY is what some desks call REJECT. Left out: "buy", since it says nothing of whether the contract was looked at. */
export const optionEntryMapping: ReplyMapping = answer(
  {
    APPROVE: cased("approve", "approved"),
    REJECT: cased("reject", "rejected", "deny", "denied"),
    NEED_USER: ["need_user", "needUser", "NEEDS_USER", "needs_user"],
    ABSTAIN: cased("abstain"),
    HOLD: cased("hold"),
  },
  {},
);
