import { systemClock } from "../adapters/system-time/system-clock.ts";
import { HouseModel } from "../adapters/house-model/house-model.ts";
import { countingModel } from "../adapters/prometheus/counting-model.ts";
import { ModelMetrics } from "../adapters/prometheus/model-metrics.ts";
import { answerSchemas } from "../adapters/prompt-files/answer-schemas.ts";
import { RecordedModel, recording } from "../adapters/recordings/recorded-model.ts";
import { RecordingFolder } from "../adapters/recordings/recording-folder.ts";
import type { Loaded } from "../config/config.ts";
import { askedWithOf } from "../config/models-of.ts";
import type { ModelRole, Question } from "../flow/proposals/question.ts";
import type { Model } from "../ports/model.ts";
import type { AskedWith } from "../ports/recorder.ts";
import { correlationId } from "../words/ids.ts";
import { isHouse } from "../runtime/models/model-name.ts";
import { Failed } from "./failed.ts";
import { openModels } from "./open-models.ts";
import { Unanswered } from "./unanswered.ts";

/** The model of one run, and what is counted of it. `waits` says that its answers come later; `check` fails a run that missed a recording, and says what was not answered. */
export type RunModels = {
  readonly model: Model;
  readonly metrics: ModelMetrics;
  readonly waits: boolean;
  check(): void;
  close(): Promise<void>;
};

type Wish = { readonly loaded: Loaded; readonly record?: string; readonly recorded?: string };
type Asks = { readonly role: ModelRole; readonly model: string };

/** Recordings where they are asked for, the house model where nothing else is, and otherwise the gateway with keys and money. */
export function runModels({ loaded, record, recorded }: Wish, asks: readonly Asks[]): RunModels {
  const askedWith = ({ role }: Question): AskedWith => askedWithOf(loaded.config, role);
  if (recorded !== undefined) return fromRecordings(recorded, askedWith);
  const open = opened(loaded, asks);
  return record === undefined ? open : { ...open, model: recording(open.model, RecordingFolder.fill(record), askedWith) };
}

function fromRecordings(folder: string, askedWith: (question: Question) => AskedWith): RunModels {
  const read = RecordingFolder.open(folder, answerSchemas);
  if (!read.ok) throw new Failed(1, read.error);
  const model = new RecordedModel(read.value, askedWith);
  const check = (): void => {
    if (model.missing !== undefined) throw new Failed(1, `--recorded ${folder}: ${model.missing}`);
  };
  const metrics = new ModelMetrics();
  return { model: countingModel(model, metrics), metrics, waits: false, check, close: async () => undefined };
}

function opened(loaded: Loaded, asks: readonly Asks[]): RunModels {
  const wired = asks.some(({ role, model }) => !isHouse(model) || loaded.config.models.roles[role].fallbacks.length > 0);
  if (!wired) {
    const metrics = new ModelMetrics();
    return { model: countingModel(new HouseModel(), metrics), metrics, waits: false, check: () => undefined, close: async () => undefined };
  }
  const open = openModels(loaded, asks, (line) => process.stderr.write(`${line}\n`));
  const unanswered = new Unanswered();
  const check = (): void => {
    for (const line of unanswered.lines()) process.stderr.write(`${line}\n`);
  };
  return { model: unanswered.over(ofThisRun(open.model)), metrics: open.metrics, waits: true, check, close: async () => open.close() };
}

/** The same run again has the same decisions by name, and they are other decisions to the ledger: each has calls and money of its own. */
function ofThisRun(model: Model): Model {
  const run = `run-${systemClock.now().epochMilliseconds.toString(36)}-${process.pid}`;
  return {
    ask: (question, asking) => model.ask(question, { ...asking, correlation: correlationId(`${run}/${asking.correlation}`) }),
  };
}
