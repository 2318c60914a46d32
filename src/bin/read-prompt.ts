import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Prompt } from "../flow/proposals/portfolio-question.ts";
import { invariant } from "../words/invariant.ts";

/** A prompt of ours by name: its front matter says id and version, the rest is what the model reads. */
export function readPrompt(name: string): Prompt {
  const text = readFileSync(join(import.meta.dirname, "..", "prompts", `${name}.md`), "utf8");
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  invariant(front !== undefined && body !== undefined, `prompt ${name} begins with its front matter`);
  const { id, version } = parse(front) as { id: string; version: number };
  return { id: `${id}@${version}`, text: body.trim() };
}
