import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { modelRoles } from "../../flow/proposals/question.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { answerSchemaNames } from "./answer-schemas.ts";

const changelogLine = /^(\d+): \S/;

/** What a prompt file says of itself, before its text. */
const frontMatter = z
  .strictObject({
    id: z
      .string({ error: "an id, such as perps.trader" })
      .regex(/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/, "an id is small letters, digits, dots and dashes, such as perps.trader")
      .max(64, "an id has at most 64 characters"),
    version: z.int({ error: "a whole number from 1" }).min(1, "a whole number from 1"),
    role: z.enum(modelRoles, { error: `one of ${modelRoles.join(", ")}` }),
    schema: z.enum(answerSchemaNames, { error: `one of ${answerSchemaNames.join(", ")}` }),
    placeholders: z.array(z.string({ error: "a name" }), { error: "a list of names" }).default([]),
    changelog: z
      .array(z.string({ error: 'a text such as "1: first version"' }).max(200, "a line has at most 200 characters"), {
        error: "a list of lines",
      })
      .min(1, 'it begins with a line such as "1: first version"'),
  })
  .superRefine(({ version, changelog }, issues) => {
    changelog.forEach((line, at) => {
      if (changelogLine.exec(line)?.[1] === String(at + 1)) return;
      issues.addIssue({
        code: "custom",
        path: ["changelog", at],
        message: `this line says what version ${at + 1} changed: "${at + 1}: ..."`,
      });
    });
    if (changelog.length !== version)
      issues.addIssue({
        code: "custom",
        path: ["version"],
        message: `the changelog has ${changelog.length} lines and the version is ${version}`,
      });
  });

type FrontMatter = z.output<typeof frontMatter>;
type FrontFault = { readonly line: number; readonly column: number; readonly problem: string };

/** `text` is the YAML between the two rulers, whose first line is line 2 of the file. */
export function readFrontMatter(text: string): Result<FrontMatter, FrontFault> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + 1, column: Math.max(1, col) };
  };
  const [broken] = document.errors;
  if (broken !== undefined)
    return err({ ...at(broken.pos[0]), problem: `the front matter is no YAML: ${broken.message.split(/\s*\n/)[0]}` });
  const read = frontMatter.safeParse(document.toJS());
  if (read.success) return ok(read.data);
  // The unknown key first: it is most often the one that is missing, misspelt.
  const issue = read.error.issues.find(({ code }) => code === "unrecognized_keys") ?? read.error.issues[0];
  if (issue === undefined) return err({ line: 1, column: 1, problem: "the front matter has another shape" });
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const known = Object.keys(frontMatter.shape).join(", ");
    return err({ ...at(offsetOfKey(document, key)), problem: `${key} is no key of a prompt; those are ${known}` });
  }
  const name = issue.path.join(".");
  const isMissing = issue.path.length === 1 && !document.has(issue.path[0]);
  const problem =
    name === "" ? "the front matter is a list of keys and values" : `${name}${isMissing ? " is missing" : ""}: ${issue.message}`;
  return err({ ...at(isMissing ? 0 : offsetOfValue(document, issue.path)), problem });
}

function offsetOfKey({ contents }: Document, key: string): number {
  const start = keyStarts(contents).get(key);
  return start ?? 0;
}

function keyStarts(contents: Document["contents"]): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  if (contents === null || !("items" in contents)) return starts;
  for (const item of contents.items)
    if (typeof item === "object" && item !== null && "key" in item && isNode(item.key))
      starts.set(String(item.key), item.key.range?.[0] ?? 0);
  return starts;
}

function offsetOfValue(document: Document, path: readonly PropertyKey[]): number {
  const node = document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
