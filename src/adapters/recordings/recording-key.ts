import { hash } from "node:crypto";
import type { AnswerSchema, Question } from "../../flow/proposals/question.ts";
import type { AskedWith, RecordingAbout, RecordingKey } from "../../ports/recorder.ts";

const sha256 = (value: unknown): string => hash("sha256", JSON.stringify(value), "hex");

export const schemaHashOf = ({ name, json }: AnswerSchema): string => sha256([name, json]);

/** `attempt` counts how often this very question was asked before in the run, from 0. */
export function recordingKey(question: Question, asked: AskedWith, attempt: number): RecordingKey {
  const [provider = "", ...rest] = question.model.split("/");
  return {
    role: question.role,
    provider,
    model: rest.join("/"),
    parameters: inOrder({ ...asked, outputTokensMax: question.outputTokensMax }),
    promptHash: sha256([question.system, question.user]),
    schemaHash: schemaHashOf(question.schema),
    attempt,
  };
}

export const aboutOf = ({ prompt, schema }: Question): RecordingAbout => ({ prompt, schema: schema.name });

/** A key's file: the same key has the same name on every machine, so that folders can be put together. */
export const fileNameOf = ({ role, provider, model, parameters, promptHash, schemaHash, attempt }: RecordingKey): string =>
  `${sha256([role, provider, model, inOrder(parameters), promptHash, schemaHash, attempt])}.json`;

/** Only these names, in one order: what else a caller's object carries is neither written nor counted. */
function inOrder({ outputTokensMax, fallbacks, temperature, seed, effort }: RecordingKey["parameters"]): RecordingKey["parameters"] {
  return {
    outputTokensMax,
    ...(fallbacks === undefined || fallbacks.length === 0 ? {} : { fallbacks }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(effort === undefined ? {} : { effort }),
  };
}
