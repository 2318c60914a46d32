import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { err, ok, type Result } from "../../words/result.ts";
import { readFrontMatter } from "./front-matter.ts";
import { filledIn } from "./placeholders.ts";
import { promptName, type PromptFault, type PromptFile } from "./prompt-file.ts";

const charactersMax = 100_000;

/** A prompt file, read strictly (MOD-5). It is named for its id, or for id and version where several versions are kept: `perps.trader@2.md`. */
export function readPromptFile(path: string): Result<PromptFile, PromptFault> {
  return promptOf(readFileSync(path, "utf8"), path);
}

/** A file's text and path come in; the prompt goes out, or the first fault with its place. */
function promptOf(text: string, path: string): Result<PromptFile, PromptFault> {
  const fault = (line: number, column: number, problem: string): Result<PromptFile, PromptFault> => err({ path, line, column, problem });
  // Line ends and a byte order mark are the editor's, not the prompt's: they must not change its hash.
  const whole = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const match = /^---\n([\s\S]*?\n|)---\n([\s\S]*)$/.exec(whole);
  if (match === null) return fault(1, 1, "a prompt begins with its front matter, between two lines of ---");
  const [, front = "", body = ""] = match;
  const read = readFrontMatter(front);
  if (!read.ok) return fault(read.error.line, read.error.column, read.error.problem);
  const { id, version, role, schema, placeholders, changelog } = read.value;
  const name = basename(path, ".md");
  if (name !== id && name !== promptName({ id, version }))
    return fault(
      2,
      1,
      `the file is named ${name}.md and its prompt ${promptName({ id, version })}; name it ${id}.md or ${id}@${version}.md`,
    );
  const bodyStart = whole.length - body.length;
  const at = (offset: number, problem: string): Result<PromptFile, PromptFault> => {
    const before = whole.slice(0, bodyStart + offset).split("\n");
    return fault(before.length, (before.at(-1)?.length ?? 0) + 1, problem);
  };
  if (body.trim() === "") return at(0, "the prompt has no text");
  if (body.length > charactersMax) return at(0, `the prompt has ${body.length} characters, at most ${charactersMax}`);
  const filled = filledIn(body, schema, placeholders);
  if (!filled.ok) return at(filled.error.offset, filled.error.problem);
  const words = filled.value.trim();
  return ok({ id, version, role, schema, placeholders, changelog, text: words, hash: hash("sha256", words, "hex"), path });
}
