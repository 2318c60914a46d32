import type { ModelAnswer, Question } from "../../flow/proposals/question.ts";
import { whenDone, type Eventually } from "../../ports/eventually.ts";
import type { Asking, Model } from "../../ports/model.ts";
import type { AskedWith, Recorder, RecordingKey } from "../../ports/recorder.ts";
import { zeroMoney } from "../../words/money.ts";
import { withoutCredentials } from "./without-credentials.ts";
import { aboutOf, fileNameOf, recordingKey } from "./recording-key.ts";

/** What a question is asked with besides itself: fallbacks and parameters of its role. */
export type AskedWithOf = (question: Question) => AskedWith;
const nothingMore: AskedWithOf = () => ({});

/** Answers at once from recordings and calls nobody (MOD-4). */
export class RecordedModel implements Model {
  readonly #recorder: Recorder;
  readonly #asked: AskedWithOf;
  readonly #times = new Times();
  #missing: string | undefined;

  constructor(recorder: Recorder, asked: AskedWithOf = nothingMore) {
    this.#recorder = recorder;
    this.#asked = asked;
  }

  /** The first question without a recording, in a sentence: a run that had one proves nothing and must fail. */
  get missing(): string | undefined {
    return this.#missing;
  }

  ask(question: Question): ModelAnswer {
    const found = this.#recorder.find(this.#times.next(question, this.#asked(question)), aboutOf(question));
    if (found.ok) return found.value;
    const { detail } = found.error;
    this.#missing ??= detail;
    return { outcome: "provider_error", detail, latencyMs: 0, tokensIn: 0, tokensOut: 0, cost: zeroMoney, costBy: "free", attempts: [] };
  }
}

/** The same model, with every answer kept before it is given: what is not recorded has not happened. */
export function recording(model: Model, recorder: Recorder, asked: AskedWithOf = nothingMore): Model {
  const times = new Times();
  return {
    ask(question: Question, asking: Asking): Eventually<ModelAnswer> {
      // Counted when it is asked: of two questions under way at once the first stays the first.
      const key = times.next(question, asked(question));
      const kept = (answer: ModelAnswer): ModelAnswer => recorder.save(key, aboutOf(question), withoutCredentials(answer));
      return whenDone(model.ask(question, asking), kept);
    },
  };
}

/** Counts how often each very question was asked in a run. */
class Times {
  readonly #asked = new Map<string, number>();

  next(question: Question, asked: AskedWith): RecordingKey {
    const first = recordingKey(question, asked, 0);
    const name = fileNameOf(first);
    const attempt = this.#asked.get(name) ?? 0;
    this.#asked.set(name, attempt + 1);
    return { ...first, attempt };
  }
}
