import { ownPrompts } from "../adapters/prompt-files/prompt-folder.ts";
import { promptFaultLine, promptName } from "../adapters/prompt-files/prompt-file.ts";
import { readPromptFile } from "../adapters/prompt-files/read-prompt-file.ts";
import { join } from "node:path";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import { Failed } from "./failed.ts";

/** A prompt by its id, from a folder or from those that come with the house. */
export function readPrompt(id: string, folder: string = ownPrompts): Prompt {
  const read = readPromptFile(join(folder, `${id}.md`));
  if (!read.ok) throw new Failed(1, promptFaultLine(read.error));
  return { id: promptName(read.value), text: read.value.text };
}
