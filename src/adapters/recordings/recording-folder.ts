import { closeSync, fdatasyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { AnswerSchema, ModelAnswer } from "../../flow/proposals/question.ts";
import type { NoRecording, Recorder, Recording, RecordingAbout, RecordingKey } from "../../ports/recorder.ts";
import { invariant } from "../../words/invariant.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { decodeRecording, encodeRecording } from "./recording-text.ts";
import { fileNameOf, schemaHashOf } from "./recording-key.ts";

/** Recordings in a folder that can be shared: one file a question, named by its key, written whole or not at all (MOD-4). */
export class RecordingFolder implements Recorder {
  readonly path: string;
  readonly #known: Map<string, Recording>;
  readonly #now: () => Temporal.Instant;

  private constructor(path: string, known: Map<string, Recording>, now: () => Temporal.Instant) {
    this.path = path;
    this.#known = known;
    this.#now = now;
  }

  /** Reads all of it before anything is asked; the errors are one line for each file that cannot be used. `schemas` are those of this version. */
  static open(path: string, schemas: readonly AnswerSchema[]): Result<RecordingFolder, readonly string[]> {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return err([`${path}: there is no such folder of recordings`]);
    const known = new Map<string, Recording>();
    const faults: string[] = [];
    for (const name of readdirSync(path)
      .filter((each) => each.endsWith(".json"))
      .sort()) {
      const file = join(path, name);
      const read = decodeRecording(readFileSync(file, "utf8"));
      const fault = read.ok ? unfit(read.value, name, schemas) : read.error;
      if (fault !== undefined) faults.push(`${file} ${fault}`);
      else if (read.ok) known.set(name, read.value);
    }
    if (faults.length > 0) return err(faults);
    if (known.size === 0) return err([`${path}: there are no recordings in it`]);
    return ok(new RecordingFolder(path, known, () => Temporal.Now.instant()));
  }

  /** To be filled; what it holds already stays, but for the questions that are asked again. */
  static fill(path: string, now: () => Temporal.Instant = () => Temporal.Now.instant()): RecordingFolder {
    mkdirSync(path, { recursive: true });
    return new RecordingFolder(path, new Map(), now);
  }

  find(key: RecordingKey, about: RecordingAbout): Result<ModelAnswer, NoRecording> {
    const found = this.#known.get(fileNameOf(key));
    if (found !== undefined) return ok(found.answer);
    const asked = `no recording for the ${key.role}'s question to ${key.provider}/${key.model} with the prompt ${about.prompt} (question ${key.promptHash.slice(0, 12)}, asked ${key.attempt} times before) in ${this.path}`;
    return err({ code: "no_recording", detail: `${asked}: ${this.#whatElse(key)}` });
  }

  /** What is nearest to a question that is not there: another model, other parameters, or nothing of the kind. */
  #whatElse(key: RecordingKey): string {
    const same = [...this.#known.values()].filter((each) => each.key.promptHash === key.promptHash);
    const [first] = same;
    if (first === undefined) return "nothing was recorded for this question";
    if (!same.some((each) => each.key.schemaHash === key.schemaHash)) return `it was recorded for the schema ${first.about.schema}`;
    const models = new Set(same.map((each) => `${each.key.provider}/${each.key.model}`));
    if (!models.has(`${key.provider}/${key.model}`)) return `it was recorded for ${[...models].sort().join(", ")}`;
    const attempts = same.filter((each) => each.key.attempt === key.attempt);
    return attempts.length === 0 ? `it was asked ${same.length} times when recording` : "it was recorded with other parameters";
  }

  save(key: RecordingKey, about: RecordingAbout, answer: ModelAnswer): ModelAnswer {
    const text = encodeRecording({ key, about, recordedAt: this.#now(), answer });
    const readBack = decodeRecording(text);
    invariant(readBack.ok, `a recording reads back: it ${readBack.ok ? "" : readBack.error}`);
    const name = fileNameOf(key);
    const draft = join(this.path, `${name}.${process.pid}.tmp`);
    try {
      const descriptor = openSync(draft, "w");
      try {
        let rest: Uint8Array = Buffer.from(text);
        while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
        fdatasyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, join(this.path, name));
    } finally {
      rmSync(draft, { force: true });
    }
    this.#known.set(name, readBack.value);
    return readBack.value.answer;
  }
}

/** A recording that reads well and still cannot be trusted: under a wrong name, or of an answer that has another shape today. */
function unfit({ key, about }: Recording, name: string, schemas: readonly AnswerSchema[]): string | undefined {
  const right = fileNameOf(key);
  if (name !== right) return `is not the recording that its name says: its key has the name ${right}`;
  const schema = schemas.find((each) => each.name === about.schema);
  if (schema === undefined)
    return `is an answer to the schema ${about.schema}; this version asks for ${schemas.map((each) => each.name).join(", ")}`;
  return schemaHashOf(schema) === key.schemaHash ? undefined : `was recorded when ${about.schema} had another shape; record it again`;
}
