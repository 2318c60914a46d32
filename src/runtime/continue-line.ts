import type { AccountState } from "../journal/account-state.ts";
import { encodeEntry } from "../journal/codec.ts";
import type { Entry } from "../journal/entry.ts";
import type { Answer } from "../flow/approval/approve.ts";
import { waiting } from "../flow/approval/shown-trade.ts";
import type { ModelAnswer } from "../flow/proposals/question.ts";
import { invariant, present } from "../words/invariant.ts";
import type { Line, Reply } from "./line.ts";
import { isOfDecision, recordedAnswer, recordedAnswers } from "./recorded-answer.ts";

/** Of a person who had said nothing yet nothing was written down; whoever wrote down what came of an answer finds that it is not this one. */
const silence: Answer = { yes: false, by: "nobody", why: waiting };

/**
 * A line that a crash cut short, continued: what the journal already holds is computed again, held against it and answered from it;
 * the first step beyond it goes to the world. An order that was planned but has no answer may have left, so it is looked up first.
 */
export function* continueLine(line: Line, tail: readonly Entry[], state: AccountState): Line {
  let at = 0;
  const own = (): Entry | undefined => {
    for (let entry = tail[at]; entry !== undefined; entry = tail[at]) {
      if (isOfDecision(entry, tail[0]?.correlation)) return entry;
      state.apply(entry);
      at++;
    }
    return undefined;
  };
  let next = line.next();
  while (next.done !== true) {
    const step = next.value;
    const recorded = own();
    let reply: Reply;
    if (step.do === "ask_all") {
      // Answers that were not written down before the crash are asked for again, and only those.
      const known = recordedAnswers(step.questions, tail.slice(at));
      const missing = step.questions.filter((_, n) => !known.has(n));
      const again = missing.length === 0 ? [] : ((yield { ...step, questions: missing }) as readonly ModelAnswer[]);
      let next = 0;
      reply = step.questions.map((_, n) => known.get(n) ?? present(again[next++], "every question has an answer"));
    } else if (recorded === undefined) reply = yield step.do === "place" ? { ...step, maybeSent: true } : step;
    else if (step.do === "record") {
      const same = encodeEntry({ ...recorded, fact: step.fact }) === encodeEntry(recorded);
      invariant(same, `entry ${recorded.sequence} is computed again as it was written`);
      state.apply(recorded);
      at++;
    } else {
      reply = recordedAnswer(step, recorded) ?? (step.do === "approve" ? silence : undefined);
      invariant(reply !== undefined, `entry ${recorded.sequence} answers the request before it`);
    }
    next = line.next(reply);
  }
}
