import { statSync } from "node:fs";
import { promptName, type PromptFile } from "../adapters/prompt-files/prompt-file.ts";
import { ownPrompts, promptNamed, promptsIn } from "../adapters/prompt-files/prompt-folder.ts";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import { Failed } from "./failed.ts";
import { didYouMean } from "./one-of.ts";

/** Where a user's own prompts are, beside those of the house. */
export const usersPrompts = ".countersign/prompts";

/** Every prompt there is: the house's, and the user's where there are some. A broken file is named with its line. */
export function allPrompts(folder: string = usersPrompts): readonly PromptFile[] {
  const read = promptsIn(statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? [ownPrompts, folder] : [ownPrompts]);
  if (!read.ok) throw new Failed(1, read.error);
  return read.value;
}

/** A prompt by its id, which is its newest version, or by id and version, as a desk asks with it. `key` is the setting that named it. */
export function readPrompt(name: string, key = "perps.prompt"): Prompt {
  const found = promptFile(name, key);
  return { id: promptName(found), text: found.text };
}

/** The same with all that its file says of it. */
export function promptFile(name: string, key: string): PromptFile {
  const all = allPrompts();
  const found = promptNamed(all, name);
  if (found !== undefined) return found;
  const names = [...all.map(promptName), ...all.map(({ id }) => id)];
  const guess = didYouMean(name, names);
  throw new Failed(2, `${key}: there is no prompt ${name}; ${guess ?? "countersign prompts list shows what there is"}`);
}
