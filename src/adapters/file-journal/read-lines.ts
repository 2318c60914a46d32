import { isUtf8 } from "node:buffer";
import { readSync } from "node:fs";

/** `text` is absent where the bytes are not UTF-8; `ended` is false for a last line without its newline. */
export type Line = { readonly text: string | undefined; readonly start: number; readonly end: number; readonly ended: boolean };

const chunkBytes = 1 << 18;
const newline = 10;

/**
 * The lines of an open file from byte `start`, in chunks, so that a long journal never is in memory at once. Bytes that are not
 * UTF-8 are never replaced by a stand-in character: two different files must not read as the same text.
 */
export function* readLines(descriptor: number, start: number): Generator<Line> {
  let held: Buffer = Buffer.alloc(0);
  let heldAt = start;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(chunkBytes, held.length));
    const read = readSync(descriptor, chunk, 0, chunk.length, heldAt + held.length);
    if (read === 0) break;
    held = held.length === 0 ? chunk.subarray(0, read) : Buffer.concat([held, chunk.subarray(0, read)]);
    const length = held.lastIndexOf(newline) + 1;
    if (length === 0) continue;
    yield* linesOf(held.subarray(0, length), heldAt);
    held = held.subarray(length);
    heldAt += length;
  }
  if (held.length > 0) yield { text: endOf(held), start: heldAt, end: heldAt + held.length, ended: false };
}

/** A crash may cut a character of up to four bytes; the stand-in for its rest keeps such an end from reading as a whole line. */
function endOf(bytes: Buffer): string | undefined {
  if (isUtf8(bytes)) return bytes.toString();
  for (let cut = 1; cut <= 3; cut++) {
    const before = bytes.subarray(0, -cut);
    if (isUtf8(before)) return `${before.toString()}\uFFFD`;
  }
  return undefined;
}

function* linesOf(bytes: Buffer, at: number): Generator<Line> {
  const clean = isUtf8(bytes);
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(newline, start);
    const text = clean || isUtf8(bytes.subarray(start, end)) ? bytes.toString("utf8", start, end) : undefined;
    yield { text, start: at + start, end: at + end + 1, ended: true };
    start = end + 1;
  }
}
