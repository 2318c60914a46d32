import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { ok, type Result } from "../../words/result.ts";
import { syncDirectory } from "./disk.ts";
import type { JournalFault } from "./journal-fault.ts";
import { walkChain, type ChainEnd } from "./walk-chain.ts";

/** Where some entries begin, so that reading from a snapshot on need not pass what is before it. */
export type Mark = { readonly sequence: number; readonly start: number };
export const markEvery = 1024;

const newline = new Uint8Array([10]);

export type Opened = { readonly descriptor: number; readonly end: ChainEnd; readonly marks: Mark[] };

/** Creates the file or verifies all of it, and mends its end: the caller holds the lock, so nobody is writing it. */
export function openForAppend(path: string): Result<Opened, JournalFault> {
  const descriptor = openSync(path, "a+");
  const marks: Mark[] = [];
  let start = 0;
  const walked = walkChain(descriptor, path, ({ sequence, end }) => {
    if (sequence % markEvery === 0) marks.push({ sequence, start });
    start = end;
  });
  if (!walked.ok) {
    closeSync(descriptor);
    return walked;
  }
  const { end, torn, unended } = walked.value;
  try {
    if (torn > 0) ftruncateSync(descriptor, end);
    if (unended) writeSync(descriptor, newline);
    // Its last writer may have died between a write and its sync: what is read here and built upon would go with the power.
    fsyncSync(descriptor);
    syncDirectory(dirname(path));
  } catch (fault) {
    closeSync(descriptor);
    throw fault;
  }
  return ok({ descriptor, end: unended ? { ...walked.value, end: end + 1 } : walked.value, marks });
}
