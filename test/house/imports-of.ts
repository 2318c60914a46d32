import { posix } from "node:path";
import { codeOf } from "./code-of.ts";
import type { SourceFile } from "./source-files.ts";

export type Import = {
  readonly from: string;
  /** A path from the root for files of ours, the specifier itself for packages and `node:` modules. */
  readonly to: string;
  readonly ours: boolean;
  /** `import type` and `export type` leave nothing behind; an inline `type` among braces still loads the module. */
  readonly erased: boolean;
  /** What stands between `import` and `from`, with its line breaks. */
  readonly clause: string;
};

/** What a dynamic import of a computed path points at: no rule can follow it. */
export const computed = "(computed)";

const fromClause = /(?<![.\w$])(?:import|export)\b(\s*type\b(?=\s*[\w${*])(?!\s+from\b))?([\w$*{},\s]*?)\bfrom\s*["']/g;
const sideEffect = /(?<![.\w$])import\s*["']/g;
const dynamic = /(?<![.\w$])(?:import|require)\s*\(\s*(["'`])?/g;

/** Every import, re-export, side-effect import, dynamic import and `import("...")` type of a file. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const code = codeOf(text);
  const found: Import[] = [];
  const add = (end: number, erased: boolean, clause: string): void => {
    const specifier = literalAt(text, end - 1);
    const ours = specifier.startsWith(".");
    found.push({ from: path, to: ours ? posix.join(posix.dirname(path), specifier) : specifier, ours, erased, clause });
  };
  for (const match of code.matchAll(fromClause)) add(match.index + match[0].length, match[1] !== undefined, match[2] ?? "");
  for (const match of code.matchAll(sideEffect)) add(match.index + match[0].length, false, "");
  for (const match of code.matchAll(dynamic)) {
    if (match[1] === undefined) found.push({ from: path, to: computed, ours: false, erased: false, clause: "" });
    else add(match.index + match[0].length, false, "");
  }
  return found;
}

/** The string whose opening quote is at `quoteAt`. */
function literalAt(text: string, quoteAt: number): string {
  const end = text.indexOf(text.charAt(quoteAt), quoteAt + 1);
  return text.slice(quoteAt + 1, end);
}
