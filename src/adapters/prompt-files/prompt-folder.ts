import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../../words/result.ts";
import { promptFaultLine, promptName, type PromptFile } from "./prompt-file.ts";
import { readPromptFile } from "./read-prompt-file.ts";

/** The prompts that come with the house. */
export const ownPrompts = join(import.meta.dirname, "..", "..", "prompts");

/**
 * All prompts of these folders by id and version, the newest version of each first; the errors are one line a file. A version has one
 * text: where two files say they are the same one and differ, a hash in a journal would not say which was asked.
 */
export function promptsIn(folders: readonly string[]): Result<readonly PromptFile[], readonly string[]> {
  const known = new Map<string, PromptFile>();
  const faults: string[] = [];
  for (const folder of folders) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      faults.push(`${folder}: there is no such folder of prompts`);
      continue;
    }
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .sort()) {
      const read = readPromptFile(join(folder, file));
      if (!read.ok) {
        faults.push(promptFaultLine(read.error));
        continue;
      }
      const name = promptName(read.value);
      const before = known.get(name);
      if (before !== undefined && before.hash !== read.value.hash)
        faults.push(`${read.value.path}: ${before.path} is ${name} too and has another text; give this one another version`);
      else if (before === undefined) known.set(name, read.value);
    }
  }
  if (faults.length > 0) return err(faults);
  return ok([...known.values()].sort((a, b) => (a.id === b.id ? b.version - a.version : a.id < b.id ? -1 : 1)));
}

/** By id, which means its newest version, or by id and version such as `perps.trader@2`. */
export const promptNamed = (prompts: readonly PromptFile[], name: string): PromptFile | undefined =>
  prompts.find((each) => each.id === name || promptName(each) === name);
