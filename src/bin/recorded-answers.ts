import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { recordingKey } from "../adapters/recordings/recording-key.ts";
import { decodeRecording } from "../adapters/recordings/recording-text.ts";
import { portfolioSchema } from "../flow/proposals/portfolio-schema.ts";
import type { PolicyQuestion } from "../sim/models/stand-in.ts";
import { Failed } from "./failed.ts";

/**
 * A folder of recordings as answers of a stand-in: found by system and user text alone, since a server is not told the role that asks.
 * The so-many-th time a question comes it gets the so-many-th recorded answer, and then the last one again.
 */
export function recordedAnswers(folder: string): (question: PolicyQuestion) => string | undefined {
  const answers = new Map<string, { readonly attempt: number; readonly text: string }[]>();
  for (const name of namesIn(folder)) {
    const read = decodeRecording(readFileSync(join(folder, name), "utf8"));
    if (!read.ok) throw new Failed(1, `${join(folder, name)} ${read.error}`);
    const { key, answer } = read.value;
    if (answer.outcome !== "ok") continue;
    const same = answers.get(key.promptHash) ?? [];
    answers.set(
      key.promptHash,
      [...same, { attempt: key.attempt, text: answer.text }].sort((one, other) => one.attempt - other.attempt),
    );
  }
  if (answers.size === 0) throw new Failed(1, `${folder}: there are no recorded answers in it`);
  const asked = new Map<string, number>();
  return (question) => {
    const hash = promptHash(question);
    const found = answers.get(hash);
    const before = asked.get(hash) ?? 0;
    asked.set(hash, before + 1);
    return found?.[Math.min(before, found.length - 1)]?.text;
  };
}

const promptHash = ({ system, user, model }: PolicyQuestion): string =>
  recordingKey({ role: "trader", model, prompt: "", system, user, schema: portfolioSchema, deadlineMs: 1, outputTokensMax: 1 }, {}, 0)
    .promptHash;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch (fault) {
    throw new Failed(1, `${folder} could not be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}
