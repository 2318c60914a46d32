import { statSync } from "node:fs";
import { Command } from "commander";
import { promptName, type PromptFile } from "../../adapters/prompt-files/prompt-file.ts";
import { ownPrompts, promptNamed, promptsIn } from "../../adapters/prompt-files/prompt-folder.ts";
import { lineDiff } from "../../lab/prompts/line-diff.ts";
import { checkPrompt } from "../check-prompt.ts";
import { Failed } from "../failed.ts";
import { didYouMean } from "../one-of.ts";
import { usersPrompts } from "../read-prompt.ts";
import { repeated } from "../repeated.ts";
import { diffText, promptPage, promptsTable } from "../text/prompts-text.ts";

type Flags = { readonly folder?: string; readonly json?: true };
type CheckFlags = Flags & {
  readonly model: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly accept?: true;
  readonly by?: string;
};

/** `countersign prompts list|show|diff|check`. Exit code 1: a prompt file is broken, or a check found drift or nothing accepted. */
export function promptsCommand(): Command {
  const prompts = new Command("prompts").description("list, show and compare prompts; check a change of prompt or model before it trades");
  const under = (name: string, what: string): Command =>
    prompts
      .command(name)
      .description(what)
      .option("--folder <dir>", `prompts of your own, beside those of the house (default: ${usersPrompts}, if there is one)`)
      .option("--json", "as JSON, for programs");
  under("list", "every prompt with version, role, schema, hash and what changed last").action(list);
  under("show", "one prompt: what it says of itself, and its text")
    .argument("<name>", "its id, or id@version")
    .action((name: string, flags: Flags) => show(name, flags));
  under("diff", "what changed from one prompt to another, line by line")
    .argument("<from>", "id, or id@version")
    .argument("<to>", "id, or id@version")
    .addHelpText("after", "\nExample:\n  countersign prompts diff perps.trader@3 perps.trader\n")
    .action(diff);
  under("check", "ask the golden set, and say how far the answers are from the accepted run")
    .argument("[name]", "its id, or id@version", "perps.trader")
    .option("--model <name>", "the model to ask", "house/perps-1")
    .option("--config <file>", "configuration file (default: countersign.yaml here, if there is one)")
    .option("--set <key=value>", "one setting over all others, may be repeated", repeated)
    .option("--accept", "make this run the accepted one: an act of a person")
    .option("--by <name>", "who accepts; asked for on a terminal")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign prompts check --accept --by anna\n  countersign prompts check perps.trader@3 --model house/perps-1\n",
    )
    .action(async (name: string, flags: CheckFlags) => {
      if (flags.by !== undefined && flags.accept === undefined) throw new Failed(2, "--by says who accepts; it goes with --accept");
      const { all, folder } = known(flags);
      await checkPrompt({ ...flags, folder, prompt: named(all, name) });
    });
  return prompts;
}

/** All prompts of the house and of the user; their faults are lines that name file, line and column. */
function known({ folder = usersPrompts }: Flags): { readonly all: readonly PromptFile[]; readonly folder: string } {
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  // Only the folder that nobody named may be absent.
  if (!isThere && folder !== usersPrompts) throw new Failed(2, `--folder ${folder}: there is no such folder`);
  const read = promptsIn(isThere ? [ownPrompts, folder] : [ownPrompts]);
  if (!read.ok) throw new Failed(1, read.error);
  return { all: read.value, folder };
}

function named(all: readonly PromptFile[], name: string): PromptFile {
  const found = promptNamed(all, name);
  if (found !== undefined) return found;
  const names = all.map(promptName);
  const guess = didYouMean(name, [...names, ...all.map(({ id }) => id)]);
  throw new Failed(2, `${name}: there is no such prompt; ${guess ?? `those here are ${names.join(", ")}`}`);
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function list(flags: Flags): void {
  const { all } = known(flags);
  process.stdout.write(flags.json === true ? json(all.map(withoutText)) : promptsTable(all));
}

const withoutText = ({ id, version, role, schema, placeholders, changelog, hash, path }: PromptFile): Omit<PromptFile, "text"> => ({
  id,
  version,
  role,
  schema,
  placeholders,
  changelog,
  hash,
  path,
});

function show(name: string, flags: Flags): void {
  const prompt = named(known(flags).all, name);
  process.stdout.write(flags.json === true ? json(prompt) : promptPage(prompt));
}

function diff(fromName: string, toName: string, flags: Flags): void {
  const { all } = known(flags);
  const [from, to] = [named(all, fromName), named(all, toName)];
  const lines = lineDiff(from.text, to.text);
  const head = ({ hash, ...of }: PromptFile): object => ({ prompt: promptName(of), hash });
  process.stdout.write(flags.json === true ? json({ from: head(from), to: head(to), lines }) : diffText(from, to, lines));
}
