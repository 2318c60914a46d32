import { createInterface } from "node:readline/promises";
import { isatty } from "node:tty";
import { promptName, type PromptFile } from "../adapters/prompt-files/prompt-file.ts";
import { driftOf } from "../lab/prompts/drift.ts";
import { goldenRun } from "../lab/prompts/golden-run.ts";
import { goldenSet } from "../lab/prompts/golden-set.ts";
import { digestOf } from "../runtime/digest.ts";
import { formatExact } from "../words/exact.ts";
import { acceptedPath, readAccepted, writeAccepted } from "./accepted-run.ts";
import { Failed } from "./failed.ts";
import { loadSettings } from "./load-settings.ts";
import { checkBy, isPersonName, personRule } from "./person-name.ts";
import { perpsSettings } from "./perps-plan.ts";
import { runModels } from "./run-models.ts";
import { strategyFiles } from "./strategy-files.ts";
import { driftText } from "./text/prompts-text.ts";

type Asked = {
  readonly prompt: PromptFile;
  /** The user's own: the accepted run is kept in it. */
  readonly folder: string;
  readonly model: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly json?: true;
  readonly accept?: true;
  readonly by?: string;
};

/** The golden set asked of the model that was named: the house's needs no key, others go through the gateway and its budgets. */
async function ranBy({ model, config, set }: Asked, questions: Parameters<typeof goldenRun>[0]): ReturnType<typeof goldenRun> {
  const loaded = loadSettings(config, ["perps.proposer=model", `perps.model=${model}`, ...(set ?? [])], { "perps.model": "--model" });
  const models = runModels({ loaded }, [{ role: "trader", model }]);
  try {
    return await goldenRun(questions, models.model);
  } finally {
    await models.close();
  }
}

/** A prompt and a model come in; how far their answers to the golden set are from the accepted run goes out, as text and exit code. */
export async function checkPrompt(asked: Asked): Promise<void> {
  const { prompt, folder, model, json } = asked;
  if (asked.accept === true && asked.by === undefined && !(isatty(0) && isatty(1)))
    throw new Failed(2, "--accept is a person's act: run it on a terminal, or say who accepts with --by NAME");
  if (asked.by !== undefined) checkBy(asked.by);
  const path = acceptedPath(folder, prompt.id);
  const accepted = readAccepted(path);
  const set = await questions(asked);
  const run = await ranBy(asked, set);
  const of = {
    prompt: promptName(prompt),
    promptHash: prompt.hash,
    model,
    questionsHash: digestOf(JSON.stringify(set.map(({ question }) => question.user))),
    decisionsHash: digestOf(JSON.stringify(run.decisions)),
  };
  const drift = accepted === undefined ? undefined : driftOf(accepted.decisions, run.decisions);
  const last = accepted?.acceptances.at(-1);
  const isSound = drift !== undefined && drift.beyond.length === 0;
  if (json === true) {
    const { decisions, cost } = run;
    const report = { ...of, questions: set.length, cost: formatExact(cost), accepted: last ?? null, drift: drift ?? null, decisions };
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else {
    process.stdout.write(`${of.prompt} asked of ${model}: ${set.length} questions, ${formatExact(run.cost)} USD\n`);
    if (last !== undefined) process.stdout.write(`accepted: ${last.prompt} of ${last.model}, by ${last.by} at ${last.at}\n`);
    if (last !== undefined && last.questionsHash !== of.questionsHash)
      process.stdout.write("The questions are not the accepted ones to the letter: settings or the code that asks have changed.\n");
    process.stdout.write(drift === undefined ? "\nNothing is accepted for this prompt yet.\n" : `\n${driftText(drift)}`);
  }
  if (asked.accept !== true) {
    if (isSound) return;
    if (json !== true) process.stdout.write("Look at it, and accept it if it is right: --accept --by NAME\n");
    process.exitCode = 1;
    return;
  }
  if (run.decisions.every(({ confidence }) => confidence === null))
    throw new Failed(1, `nothing to accept: ${model} gave no usable answer (${run.decisions[0]?.action ?? "no questions"})`);
  const by = asked.by ?? (await nameOfPerson());
  if (by === undefined) throw new Failed(1, "not accepted");
  const acceptance = { by, at: Temporal.Now.instant().toString({ smallestUnit: "second" }), ...of };
  writeAccepted(path, { acceptances: [...(accepted?.acceptances ?? []), acceptance], decisions: run.decisions });
  if (json !== true) process.stdout.write(`Accepted by ${by}: ${path}\n`);
}

/** As the configuration has it: another strategy or allocation asks other questions. */
async function questions({ prompt, model, config, set = [] }: Asked): Promise<ReturnType<typeof goldenSet>> {
  const loaded = loadSettings(config, set);
  const { files } = await strategyFiles(loaded);
  const settings = perpsSettings(loaded, loaded.config.perps.strategy, files);
  if (!settings.ok) throw new Failed(2, settings.error);
  const { strategy, allocationMax } = settings.value;
  return goldenSet({ prompt: { id: promptName(prompt), text: prompt.text }, model, strategy, allocationMax });
}

async function nameOfPerson(): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const name = (await lines.question("Your name, to accept this run (nothing: do not accept): ")).trim();
    if (name === "") return undefined;
    if (!isPersonName(name)) throw new Failed(2, personRule);
    return name;
  } finally {
    lines.close();
  }
}
