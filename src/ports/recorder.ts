import type { ModelAnswer, ModelRole } from "../flow/proposals/question.ts";
import type { Result } from "../words/result.ts";
import type { Effort } from "./provider.ts";

/** What a role's models are asked with beyond the question itself, as the configuration has it. */
export type AskedWith = {
  /** `provider/model` in the order in which they are tried after the question's own. */
  readonly fallbacks?: readonly string[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly effort?: Effort;
};

/** What makes two questions the same one (MOD-4): answers are recorded by it. */
export type RecordingKey = {
  readonly role: ModelRole;
  readonly provider: string;
  /** As its provider spells it. */
  readonly model: string;
  readonly parameters: AskedWith & { readonly outputTokensMax: number };
  /** SHA-256 over system and user text, and over the schema that the answer has. */
  readonly promptHash: string;
  readonly schemaHash: string;
  /** How often this very question was asked before in the same run, from 0. */
  readonly attempt: number;
};

/** What a person is told about a question: nothing here holds a header, a key or a base URL. */
export type RecordingAbout = { readonly prompt: string; readonly schema: string };

/** One question answered: the whole answer with all its attempts, so that a replay journals the same bytes. */
export type Recording = {
  readonly key: RecordingKey;
  readonly about: RecordingAbout;
  readonly recordedAt: Temporal.Instant;
  readonly answer: ModelAnswer;
};

export type NoRecording = { readonly code: "no_recording"; readonly detail: string };

/** Keeps answers by their questions. It is synchronous: a backtest never waits. */
export interface Recorder {
  find(key: RecordingKey, about: RecordingAbout): Result<ModelAnswer, NoRecording>;
  /**
   * Kept whole or not at all; a disk that does not take it throws, since a run that is not recorded was not asked for. Returns the
   * answer as `find` gives it later, in the same order of fields: a journal is hashed over that too.
   */
  save(key: RecordingKey, about: RecordingAbout, answer: ModelAnswer): ModelAnswer;
}
