import type { ModelAnswer, ModelAttempt, Question } from "../../flow/proposals/question.ts";
import { readableMs } from "../../journal/readable.ts";
import { formatExact } from "../../words/exact.ts";
import { answerReaders } from "../answer-readers.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";
import { usd } from "./spend-text.ts";

const count = (of: number): string => of.toLocaleString("en-US");

/** A question and its answer as a page: what was asked, what came, what it cost, and whether the desk could read it. */
export function askText(question: Question, answer: ModelAnswer): string {
  const { attempts = [] } = answer;
  return [
    paint.bold(`Question to ${question.model}, ${question.role}, prompt ${question.prompt}, answer as ${question.schema.name}`),
    question.user,
    "",
    paint.bold(answer.outcome === "ok" ? "Answer" : `No answer: ${answer.outcome}`),
    answer.outcome === "ok" ? pretty(answer.text) : answer.detail,
    "",
    columns(
      [
        ["read", readAs(question, answer)],
        [
          "tokens",
          `${count(answer.tokensIn)} in (${count(answer.tokensCached ?? 0)} cached), ${count(answer.tokensOut)} out (${count(answer.tokensReasoning ?? 0)} reasoning)`,
        ],
        ["cost", `${usd(formatExact(answer.cost))} USD${answer.costBy === undefined ? "" : `, by ${costWords[answer.costBy]}`}`],
        ["latency", readableMs(answer.latencyMs)],
        ...attempts.map((attempt, at) => [at === 0 ? "calls" : "", attemptText(attempt)]),
      ],
      [],
    ).trimEnd(),
    "",
  ].join("\n");
}

const costWords = { provider: "the provider's own figure", prices: "the price table", free: "nobody: it is free" } as const;

function readAs({ schema }: Question, answer: ModelAnswer): string {
  if (answer.outcome !== "ok") return "nothing to read; the desk would fall back and trade nothing";
  const read = answerReaders[schema.name]?.(answer.text);
  if (read === undefined) return `nobody reads ${schema.name} here`;
  return read.ok ? "as a decision; the rails would judge it next" : `not: ${read.error.code}, ${read.error.detail}`;
}

const attemptText = ({ why, provider, model, outcome, status, detail, latencyMs, cost }: ModelAttempt): string =>
  `${why} ${provider}/${model}: ${outcome}${status === undefined ? "" : ` ${status}`} in ${readableMs(latencyMs)}, ${usd(formatExact(cost))} USD${detail === "" ? "" : `: ${detail}`}`;

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
