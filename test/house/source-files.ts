import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** A file of the house by its path from the root, with forward slashes: `src/words/money.ts`. */
export type SourceFile = { readonly path: string; readonly text: string };

const root = join(import.meta.dirname, "..", "..");

/** What is judged in each folder, and how many there are at the very least: a checker that sees fewer is looking in the wrong place. */
const judged = {
  src: { pattern: "src/**/*.ts", least: 250 },
  test: { pattern: "test/**/*.ts", least: 80 },
  bench: { pattern: "bench/**/*.ts", least: 2 },
  docs: { pattern: "docs/**/*.md", least: 8 },
} as const;

/** Every file of a folder; it throws rather than judge a tree that it did not find (law 7). */
export function filesUnder(folder: keyof typeof judged, from = root): readonly SourceFile[] {
  const { pattern, least } = judged[folder];
  const found = read(pattern, from);
  if (found.length < least) throw new Error(`${pattern} found ${found.length} files in ${from}, where there are at least ${least}`);
  return found;
}

export const rootPages = (): readonly SourceFile[] => read("*.md", root);

/** Whether a path from the root names a file or folder that is there. */
export const isThere = (path: string): boolean => globSync(path, { cwd: root }).length > 0;

function read(pattern: string, from: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: from })
    .map((path) => ({ path: path.split(sep).join("/"), text: readFileSync(join(from, path), "utf8") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The room of a file under src, and its folder in the room: `flow` and `rails`, `words` and nothing. */
export function roomOf(path: string): { readonly room: string; readonly folder: string } {
  const [, room = "", folder = ""] = path.split("/").slice(0, -1);
  return { room, folder };
}
