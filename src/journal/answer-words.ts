import type { Proposal } from "../flow/proposals/proposal.ts";
import type { ModelAnswer } from "../flow/proposals/question.ts";
import { unreachable } from "../words/invariant.ts";
import type { FactOf } from "./fact.ts";
import { protection } from "./order-words.ts";
import { because, count, readableEvidence, readableMoney, readableMs, readablePercent } from "./readable.ts";

/** From a question to what was proposed on its answer. */
type Answering = FactOf<
  "model_asked" | "model_answered" | "answer_normalised" | "answer_reused" | "rate_limited" | "fell_back" | "proposed" | "proposal_refused"
>;

/** One of these facts in, a short sentence for people out. */
export function answerWords(fact: Answering): string {
  switch (fact.kind) {
    case "model_asked":
      return `${fact.model} as ${fact.role} with ${fact.prompt}, question ${fact.questionHash.slice(0, 12)}`;
    case "model_answered":
      return answered(fact.answer);
    case "answer_normalised":
      return because(
        `${count(fact.count, "spelling")} beside ${fact.schema}`,
        fact.list.map(({ path, from, to }) => `${path} from ${from} to ${to}`).join(", "),
      );
    case "answer_reused":
      return `from ${fact.from}, ${readableMs(fact.ageMs)} old`;
    case "rate_limited":
      return `${count(fact.decisionsInMinute, "decision")} in a minute, at most ${fact.decisionsPerMinuteMax}`;
    case "fell_back":
      return because(fact.why, fact.detail);
    case "proposed":
      return proposed(fact.proposal);
    case "proposal_refused":
      return because(`${fact.proposal} on ${fact.instrument} refused by ${fact.code}`, readableEvidence(fact.evidence));
    default:
      return unreachable(fact);
  }
}

function answered(answer: ModelAnswer): string {
  const spent = `${readableMs(answer.latencyMs)}, ${answer.tokensIn.toLocaleString("en-US")} + ${answer.tokensOut.toLocaleString("en-US")} tokens, cost ${readableMoney(answer.cost)}`;
  return answer.outcome === "ok" ? `in ${spent}` : because(`${answer.outcome} after ${spent}`, answer.detail);
}

function proposed({ by, instrument, action, allocation, stopLoss, takeProfit, confidence, rationale, id }: Proposal): string {
  const size = allocation === 0n ? "" : ` ${readableMoney(allocation)}`;
  return because(
    `${action} ${instrument}${size}${protection(stopLoss, takeProfit)} by ${by.name}, ${readablePercent(confidence)} sure, ${id}`,
    rationale,
  );
}
