import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { chainHash } from "../../journal/chain.ts";
import { decode } from "../../journal/decode.ts";
import { encode } from "../../journal/encode.ts";
import type { JournalHead } from "../../ports/journal-store.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { syncDirectory } from "./disk.ts";
import { isSystemFault } from "./walk-chain.ts";

/** State as it was after entry `at.sequence`, whose chain hash is `at.hash`. */
export type Snapshot = { readonly at: JournalHead; readonly state: Readonly<Record<string, unknown>> };

/** A snapshot only saves time: whatever is wrong with it, the journal alone gives the same state. */
export type NoSnapshot = { readonly code: "absent" | "ignored"; readonly what: string };

const framed = (body: string): string => `{"hash":"${chainHash("", body)}","snapshot":${body}}\n`;
const bodyStart = framed("").length - 2;

/** Replaces the snapshot in one step: a crash leaves the old one or the new one, never a half. */
export function writeSnapshotFile(path: string, { at, state }: Snapshot): void {
  const body = encode({ sequence: at.sequence, head: at.hash, state });
  const draft = `${path}.draft`;
  const descriptor = openSync(draft, "w");
  try {
    writeFileSync(descriptor, framed(body));
    fsyncSync(descriptor);
  } catch (fault) {
    rmSync(draft, { force: true });
    throw fault;
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

/** Reads a snapshot whose own hash holds; whether it stands on the chain is for the journal to say. */
export function readSnapshotFile(path: string): Result<Snapshot, NoSnapshot> {
  const ignored = (what: string): Result<Snapshot, NoSnapshot> => err({ code: "ignored", what: `${path}: ${what}` });
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (fault) {
    if (isSystemFault(fault) && fault.code === "ENOENT") return err({ code: "absent", what: `${path}: there is no snapshot` });
    return ignored(fault instanceof Error ? fault.message : "the snapshot cannot be read");
  }
  const body = bytes.toString("utf8", bodyStart, Math.max(bodyStart, bytes.length - 2));
  if (!Buffer.from(framed(body)).equals(bytes)) return ignored("the snapshot is not the text that was hashed");
  const read = decode(body);
  if (!read.ok) return ignored(`the snapshot cannot be read: ${read.error.what}`);
  const { sequence, head: hash, state } = read.value;
  if (typeof sequence !== "number" || typeof hash !== "string" || typeof state !== "object" || state === null)
    return ignored("the snapshot has no sequence, head and state");
  return ok({ at: { sequence, hash }, state: state as Readonly<Record<string, unknown>> });
}
