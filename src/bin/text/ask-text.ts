import type { ModelAnswer, ModelAttempt, Question } from "../../flow/proposals/question.ts";
import { readableMs } from "../../journal/readable.ts";
import type { AnswerReader } from "../../runtime/models/judge-call.ts";
import { formatExact } from "../../words/exact.ts";
import { err } from "../../words/result.ts";
import { answerReaders } from "../answer-readers.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";
import { usd } from "./spend-text.ts";

/** What the desk makes of an answer: the fields that it goes on with, or why there are none. */
type Understood = ReturnType<AnswerReader>;

/** `at` is the market's time, and the question the newest `of` its kind. */
type Said = {
  readonly name: string;
  readonly question: Question;
  readonly at: string;
  readonly of: number;
  readonly answer: ModelAnswer;
  readonly read: Understood;
};

export function understood({ schema }: Question, answer: ModelAnswer): Understood {
  if (answer.outcome !== "ok") return err({ code: answer.outcome, detail: answer.detail });
  return answerReaders[schema.name]?.(answer.text) ?? err({ code: "no_reader", detail: `nobody reads ${schema.name} here` });
}

/** All of it for programs; exact amounts as decimal texts. */
export const askJson = ({ name, ...said }: Said): string => `${plain({ asked: name, ...said })}\n`;

/** A question and its answer as a page: what was asked, what came, what it cost, and what the desk understood of it. */
export function askText({ name, question, at, of, answer, read }: Said): string {
  const { attempts = [] } = answer;
  return [
    paint.bold(`Question to ${question.model}, ${name}, prompt ${question.prompt}, answer as ${question.schema.name}`),
    `asked at ${at}, the newest of ${count(of)}`,
    ...shortened(question.user.split("\n")),
    "",
    ...answerLines(answer, read),
    "",
    columns(
      [
        ["read", readAs(question, answer, read)],
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

const count = (of: number): string => of.toLocaleString("en-US");

const linesMax = 60;

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length <= linesMax ? lines : [...lines.slice(0, linesMax), `... ${lines.length - linesMax} more lines; --json has them all`];

function answerLines(answer: ModelAnswer, read: Understood): readonly string[] {
  if (answer.outcome !== "ok") return [paint.bold(`No answer: ${answer.outcome}`), answer.detail];
  return read.ok
    ? [paint.bold("Answer, as the desk reads it"), plain(read.value)]
    : [paint.bold("Answer, which the desk cannot read"), answer.text];
}

const costWords = { provider: "the provider's own figure", prices: "the price table", free: "nobody: it is free" } as const;

/** Where an answer goes next, where it is no decision about a trade. */
const onward: Readonly<Record<string, string>> = {
  "council_research@1": "as research; the meeting would be given what its sources bear out",
  "council_pitch@1": "as a pitch; its peers would review it next",
  "council_review@1": "as reviews; they would rank the pitches",
  "council_chair@1": "as the trade of the week; a person would be shown it next",
};

function readAs({ schema }: Question, answer: ModelAnswer, read: Understood): string {
  if (answer.outcome !== "ok") return "nothing to read; the desk would fall back and trade nothing";
  return read.ok
    ? (onward[schema.name] ?? "as a decision; the rails would judge it next")
    : `not: ${read.error.code}, ${read.error.detail}`;
}

const attemptText = ({ why, provider, model, outcome, status, detail, latencyMs, cost }: ModelAttempt): string =>
  `${why} ${provider}/${model}: ${outcome}${status === undefined ? "" : ` ${status}`} in ${readableMs(latencyMs)}, ${usd(formatExact(cost))} USD${detail === "" ? "" : `: ${detail}`}`;

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? formatExact(each) : each), 2);
