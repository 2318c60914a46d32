import { hash } from "node:crypto";
import { err, ok, type Result } from "../words/result.ts";

/** What chains an entry to all before it: sha256 of the previous hash (empty before the first) and the entry's text, as 64 hex digits. */
export const chainHash = (previous: string, entryText: string): string => hash("sha256", previous + entryText, "hex");

/** A journal's line, without its newline. The entry's text stands in it untouched, so that a chain is verified without decoding. */
export const chainLine = (lineHash: string, entryText: string): string => `${lineHead}${lineHash}${lineMiddle}${entryText}}`;

/**
 * Hash and line at once. The encoder's text is many small pieces that V8 joins when they are hashed; cutting the text back out of what
 * was hashed saves joining them a second time for the file.
 */
export function chained(previous: string, entryText: string): { readonly hash: string; readonly line: string } {
  const hashed = previous + entryText;
  const lineHash = hash("sha256", hashed, "hex");
  return { hash: lineHash, line: chainLine(lineHash, hashed.slice(previous.length)) };
}

const lineHead = '{"hash":"';
const lineMiddle = '","entry":';
const hashStart = lineHead.length;
const hashEnd = hashStart + 64;
const entryStart = hashEnd + lineMiddle.length;
const sequenceHead = '{"sequence":';

/** The parts of a line that `readLine` has accepted before. */
export const hashOf = (line: string): string => line.slice(hashStart, hashEnd);
export const entryTextOf = (line: string): string => line.slice(entryStart, -1);

export type ChainedLine = { readonly sequence: number; readonly hash: string; readonly entryText: string };

/** The first entry that is not what was written; `what` is for people. */
export type BrokenChain = { readonly code: "broken_chain"; readonly sequence: number; readonly what: string };

/** Reads one line that should hold entry `sequence` after `previous`; the hash decides, the words only say what it looks like. */
export function readLine(line: string, previous: string, sequence: number): Result<ChainedLine, BrokenChain> {
  const broken = (what: string): Result<ChainedLine, BrokenChain> => err({ code: "broken_chain", sequence, what });
  const lineHash = hashOf(line);
  if (!line.startsWith(lineHead) || !line.startsWith(lineMiddle, hashEnd) || !line.endsWith("}"))
    return broken(`the line of entry ${sequence} is not a journal line`);
  const entryText = entryTextOf(line);
  const found = sequenceOf(entryText);
  if (found === sequence && chainHash(previous, entryText) === lineHash) return ok({ sequence, hash: lineHash, entryText });
  if (found === undefined || found === sequence) return broken(`entry ${sequence} is not the text that was hashed`);
  return broken(
    found > sequence
      ? `entry ${sequence} is missing: entry ${found} stands in its place`
      : `entry ${found} stands again where entry ${sequence} should be`,
  );
}

function sequenceOf(entryText: string): number | undefined {
  if (!entryText.startsWith(sequenceHead)) return undefined;
  const sequence = Number.parseInt(entryText.slice(sequenceHead.length, sequenceHead.length + 17), 10);
  return Number.isSafeInteger(sequence) ? sequence : undefined;
}

/**
 * True when `tail`, the end of a file without a newline, can be what a crash left of writing entry `sequence`: the beginning of its
 * line and nothing that a writer would not have written. A whole line followed by anything but a newline was damaged, not torn.
 */
export function isTorn(tail: string, previous: string, sequence: number): boolean {
  const head = lineHead + tail.slice(hashStart, hashEnd).replace(/[^0-9a-f]/g, "?") + lineMiddle + `${sequenceHead}${sequence},`;
  const seen = tail.length < head.length ? head.slice(0, tail.length) : head;
  return tail.startsWith(seen) && !readLine(tail.slice(0, -1), previous, sequence).ok;
}
