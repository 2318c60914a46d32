import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import { Failed } from "./failed.ts";

/** Before a long run: whether its result can be written where it was asked to go. Nothing is created. */
export function checkWritable(path: string, flag: string): void {
  if (path === "") throw new Failed(2, `${flag}: name a file`);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) throw new Failed(2, `${flag} ${path}: this is a directory; name a file in it`);
  const folder = dirname(path);
  const place = there === undefined ? folder : path;
  if (there === undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Failed(2, `${flag} ${path}: there is no folder ${folder}; make it first, or name another file`);
  try {
    accessSync(place, constants.W_OK);
  } catch {
    throw new Failed(2, `${flag} ${path}: ${place} may not be written by this user; name another file`);
  }
}
