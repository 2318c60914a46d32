import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** A file of the house by its path from the root, with forward slashes: `src/words/money.ts`. */
export type SourceFile = { readonly path: string; readonly text: string };

const root = join(import.meta.dirname, "..", "..");

/** Fewer than these were never in the folder: a checker that sees less is looking in the wrong place. */
const leastFiles = { src: 200, test: 40, bench: 1, docs: 4 } as const;

/** Every file under a folder that ends so; it throws rather than judge a tree that it did not find (law 7). */
export function filesUnder(folder: keyof typeof leastFiles, ending: ".ts" | ".md"): readonly SourceFile[] {
  const found = read(`${folder}/**/*${ending}`);
  if (found.length < leastFiles[folder] && !(folder === "src" && ending === ".md"))
    throw new Error(`${found.length} files ${folder}/**/*${ending} were found where there are at least ${leastFiles[folder]}`);
  return found;
}

export const rootFiles = (ending: ".ts" | ".md"): readonly SourceFile[] => read(`*${ending}`);

/** Whether a path from the root names a file or folder that is there. */
export const isThere = (path: string): boolean => globSync(path, { cwd: root }).length > 0;

function read(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: root })
    .map((path) => ({ path: path.split(sep).join("/"), text: readFileSync(join(root, path), "utf8") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The room of a file under src, and its folder in the room: `flow` and `rails`, `words` and nothing. */
export function roomOf(path: string): { readonly room: string; readonly folder: string } {
  const [, room = "", folder = ""] = path.split("/").slice(0, -1);
  return { room, folder };
}
