import { readSync, writeSync } from "node:fs";
import type { Answered, Assignment, Said } from "./assignment.ts";
import { frame, headBytes, unpacked } from "./wire.ts";

/** The socket to the parent; as a child of node it is in blocking mode, so that asking is waiting. */
const socket = 3;

function send(message: Said): void {
  let rest = frame(message);
  while (rest.length > 0) rest = rest.subarray(writeSync(socket, rest));
}

function read(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const more = readSync(socket, bytes, at, length - at, null);
    if (more === 0) throw new Error("the parent is gone");
    at += more;
  }
  return bytes;
}

const answer = (): unknown => unpacked(read(read(headBytes).readUInt32BE()).toString());

/** Says it and goes on; the bytes are with the system before this returns, so that a death right after takes none of them along. */
export const tell = send;

export function begin(): Assignment {
  send({ say: "begin" });
  return answer() as Assignment;
}

/** `sent` is called when the bytes have left and no answer is there yet. */
export function call(method: string, args: readonly unknown[], sent?: () => void): Answered {
  send({ say: "call", method, args });
  sent?.();
  return answer() as Answered;
}
