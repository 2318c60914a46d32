import { Command, Option } from "commander";
import type { Loaded } from "../../config/config.ts";
import type { Question } from "../../flow/proposals/question.ts";
import { askDesks, askedNames, askedRoles, type AskDesk, type AskedRole } from "../asked-roles.ts";
import { madeUpNear, madeUpOf, windowOf } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import type { CameUp } from "../newest-question.ts";
import { didYouMean, oneOf } from "../one-of.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere } from "../store-folder.ts";

type AskFlags = {
  readonly desk: AskDesk;
  readonly role?: string;
  readonly data: string;
  readonly synthetic?: string;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly prompt?: string;
  readonly record?: string;
  readonly recorded?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly json?: true;
};

/** `countersign ask`: the newest question that a desk put to a model, and what the model says to it. Nothing is traded. */
export function askCommand(): Command {
  return new Command("ask")
    .description(
      "ask a model the newest question that a desk put to it over the data; shows question, answer, tokens, cost and latency, and trades nothing",
    )
    .addOption(oneOf(new Option("--desk <desk>", "whose question").default("perps"), askDesks))
    .option("--role <role>", `who is asked (default: the desk's first): ${askedNames.join(", ")}`)
    .option("--model <name>", "provider/model, or one of the house's, which needs no key (default: the desk's own)")
    .option("--prompt <name>", "ask with this prompt in the place of the desk's: id, or id@version")
    .option("--data <dir>", "store of imported history", ".countersign/store")
    .addOption(
      new Option("--synthetic <days>", "ask about a made-up market of so many days or sessions instead of the store").conflicts([
        "data",
        "from",
      ]),
    )
    .option("--from <time>", "first bar, a UTC date or an instant")
    .option("--to <time>", "ask the newest question before this time, a UTC date or an instant (default: of all the data)")
    .option("--record <dir>", "keep the answer in this folder")
    .addOption(new Option("--recorded <dir>", "take the answer from this folder and ask nobody").conflicts("record"))
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--set <key=value>", "any configuration key, may be repeated", repeated)
    .option("--json", "as JSON, for programs: the whole question, prompt and schema with it")
    .addHelpText(
      "after",
      `
Examples:
  countersign ask --synthetic 5 --model openrouter/openai/gpt-5.2
  countersign ask --desk options --role entry --synthetic 3 --to 2026-06-02T18:00:00Z
  countersign ask --desk council --role chairman --synthetic 12 --json
  countersign ask --desk crypto --role arbiter --synthetic 10 --record answers
`,
    )
    .action(askNow);
}

async function askNow(flags: AskFlags): Promise<void> {
  const { desk, data } = flags;
  const asked = askedOf(desk, flags.role);
  const synthetic = flags.synthetic === undefined ? undefined : madeUpOf(desk)(flags.synthetic);
  const window = windowOf(flags);
  if (synthetic === undefined)
    checkStoreThere(data, "--data", `countersign data import fills one; or ask about a made-up market with --synthetic ${enoughOf(desk)}`);
  // Loaded when there is something to ask: a slip in a flag is answered without waiting for desk, venue and laboratory.
  const prompt = flags.prompt === undefined ? undefined : await promptOf(flags.prompt, asked);
  const loaded = await settingsOf(flags, asked);
  const { newestQuestion } = await import("../newest-question.ts");
  const market = { loaded, data, window, ...(synthetic === undefined ? {} : { synthetic }) };
  const came = await newestQuestion(desk, asked.answers, market);
  if (came === undefined) throw new Failed(1, `no ${asked.name} question came up ${whereOf(flags, synthetic)}`);
  const model = flags.model === undefined ? {} : { model: flags.model };
  await put(flags, loaded, asked.name, { ...came, question: { ...came.question, ...model, ...prompt } });
}

/** Puts one question to whoever is to answer it: nothing comes of the answer but what is shown. */
async function put(flags: AskFlags, loaded: Loaded, name: string, came: CameUp): Promise<void> {
  const { question, asking } = came;
  const { runModels } = await import("../run-models.ts");
  const { record, recorded } = flags;
  const kept = { ...(record === undefined ? {} : { record }), ...(recorded === undefined ? {} : { recorded }) };
  const models = runModels({ loaded, ...kept }, [{ role: question.role, model: question.model }]);
  try {
    const answer = await models.model.ask(question, asking);
    models.check();
    const { askJson, askText, understood } = await import("../text/ask-text.ts");
    const read = understood(question, answer);
    const said = { name, ...came, answer, read };
    process.stdout.write(flags.json === true ? askJson(said) : askText(said));
    if (!read.ok) process.exitCode = 1;
  } finally {
    await models.close();
  }
}

type Asked = AskedRole & { readonly desk: AskDesk; readonly role: string; readonly name: string };

function askedOf(desk: AskDesk, wished: string | undefined): Asked {
  const { roles } = askedRoles[desk];
  const names = Object.keys(roles);
  const role = wished ?? names[0] ?? "";
  const found = Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (found !== undefined) return { ...found, desk, role, name: `${desk}.${role}` };
  const guess = didYouMean(role, names);
  const elsewhere = askedNames.filter((name) => name.endsWith(`.${role}`)).map((name) => name.replace(/\..*/, ""));
  const hint = guess ?? (elsewhere.length === 0 ? undefined : `there is one at --desk ${elsewhere.join(", ")}`);
  throw new Failed(2, `--role ${role}: the ${desk} desk asks ${names.join(", ")}${hint === undefined ? "" : `; ${hint}`}`);
}

async function promptOf(wished: string, { answers, name }: Asked): Promise<Pick<Question, "prompt" | "system">> {
  const { promptFile } = await import("../read-prompt.ts");
  const { id, version, schema, text } = promptFile(wished, "--prompt");
  if (schema === answers) return { prompt: `${id}@${version}`, system: text };
  throw new Failed(2, `--prompt ${wished}: it asks for an answer as ${schema}, and ${name} is read as ${answers}`);
}

/** As configured, with what it takes for this role to be asked at all: a desk is tried before it is let run. */
async function settingsOf({ config, set = [], model }: AskFlags, { desk, role, is, name }: Asked): Promise<Loaded> {
  const { loadSettings } = await import("../load-settings.ts");
  const key = `models.roles.${is}.model`;
  const load = (pairs: readonly string[]): Loaded =>
    loadSettings(config, [...(model === undefined ? [] : [`${key}=${model}`]), ...pairs, ...set], { [key]: "--model" });
  const { needs = () => [] } = askedRoles[desk];
  const loaded = load(needs(load([]).config, role));
  const missing = needs(loaded.config, role);
  // Only the command line comes after what was added.
  if (missing.length > 0) throw new Failed(2, `--set: nobody asks ${name} with these settings; it takes ${missing.join(" and ")}`);
  return loaded;
}

const enoughOf = (desk: AskDesk): number => askedRoles[desk].enough;

function whereOf({ desk, to }: AskFlags, synthetic: number | undefined): string {
  const where = synthetic === undefined ? "in the data" : `in the made-up market of --synthetic ${synthetic}`;
  if (to !== undefined) return `before --to ${to} ${where}; name a later time`;
  const enough = enoughOf(desk);
  if (synthetic === undefined) return `${where}; ask about more of it, or about a made-up market with --synthetic ${enough}`;
  const longer = madeUpNear(desk, Math.max(enough, 2 * synthetic));
  return longer > synthetic ? `${where}; try --synthetic ${longer}` : `${where}, which is as long as one can be`;
}
