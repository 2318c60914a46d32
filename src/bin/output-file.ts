import { accessSync, closeSync, constants, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { isSystemFault } from "../adapters/file-journal/walk-chain.ts";
import { Failed } from "./failed.ts";

/** Before a long run: whether its result can be written where it was asked to go. Nothing is created. */
export function checkWritable(path: string, flag: string): void {
  if (path === "") throw new Failed(2, `${flag}: name a file`);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) throw new Failed(2, `${flag} ${path}: this is a directory; name a file in it`);
  const folder = dirname(path);
  const place = there === undefined || there.isFile() ? folder : path;
  if (there === undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Failed(2, `${flag} ${path}: there is no folder ${folder}; make it first, or name another file`);
  try {
    accessSync(place, constants.W_OK);
  } catch {
    throw new Failed(2, `${flag} ${path}: ${place} may not be written by this user; name another file`);
  }
}

/** Beside the file that it becomes, so that a rename puts it in place in one step. */
export const draftOf = (path: string): string => `${path}.${process.pid}.tmp`;

/** What `write` put into it appears under `path` whole or not at all. A device or a pipe has no draft and is written as it is. */
export function writeOutput(path: string, flag: string, write: (put: (text: string) => void) => void): void {
  const there = statSync(path, { throwIfNoEntry: false });
  const isDirect = there !== undefined && !there.isFile();
  // A link stays a link: what it points to is replaced.
  const target = there === undefined ? path : realpathSync(path);
  const draft = isDirect ? path : draftOf(target);
  try {
    const descriptor = openSync(draft, "w");
    try {
      write((text) => putWhole(descriptor, text));
    } finally {
      closeSync(descriptor);
    }
    if (!isDirect) renameSync(draft, target);
  } catch (fault) {
    if (!isDirect) rmSync(draft, { force: true });
    if (!isSystemFault(fault)) throw fault;
    throw new Failed(1, `${flag} ${path}: it could not be written: ${fault.message}`);
  }
}

function putWhole(descriptor: number, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
}
