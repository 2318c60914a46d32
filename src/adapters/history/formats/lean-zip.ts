import { crc32, inflateRawSync } from "node:zlib";
import { err, ok, type Result } from "../../../words/result.ts";
import type { FileFault } from "../row-fault.ts";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const locatorSignature = 0x07064b50;
const wideEndSignature = 0x06064b50;
const endBytes = 22;
const locatorBytes = 20;
const commentBytesMax = 65_535;
const entryBytes = 46;
const localBytes = 30;
const wideMarker = 0xffffffff;
const wideCountMarker = 0xffff;
const wideExtra = 1;
const unpackedBytesMax = 2 ** 31 - 1;

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
};

/**
 * The one CSV inside a zip archive; LEAN and the exchanges pack one file an archive. Read by hand because fflate takes the zip64
 * marker that LEAN's older archives carry for a size of 4 GiB, and does not check checksums.
 */
export function readZip(bytes: Uint8Array): Result<Uint8Array, FileFault> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return unpack(archive, entriesOf(archive));
  } catch (cause) {
    // Reading past the end of the buffer is how a cut directory shows.
    if (!(cause instanceof RangeError)) throw cause;
    return damaged("its directory points past its end");
  }
}

function unpack(archive: Buffer, entries: readonly Entry[] | undefined): Result<Uint8Array, FileFault> {
  if (entries === undefined) return damaged("it has no directory");
  const files = entries.filter(({ name }) => !name.endsWith("/"));
  const [entry] = files;
  if (entry === undefined) return err({ code: "empty_file", detail: "the zip archive holds no file" });
  if (files.length > 1) return err({ code: "bad_archive", detail: `the zip archive holds ${files.length} files where one is expected` });
  if (archive.readUInt32LE(entry.offset) !== localSignature) return damaged(`${entry.name} is not where the directory says`);
  const start = entry.offset + localBytes + archive.readUInt16LE(entry.offset + 26) + archive.readUInt16LE(entry.offset + 28);
  const packed = archive.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) return damaged(`${entry.name} is cut off`);
  if (entry.method !== 0 && entry.method !== 8)
    return err({ code: "bad_archive", detail: `${entry.name} is packed by method ${entry.method}; stored and deflate are read` });
  let plain: Uint8Array;
  try {
    plain = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: unpackedBytesMax });
  } catch (cause) {
    return damaged(`${entry.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  if (plain.length !== entry.unpacked || crc32(plain) !== entry.crc) return damaged(`the checksum of ${entry.name} does not match`);
  return plain.length === 0 ? err({ code: "empty_file", detail: `${entry.name} in the zip archive is empty` }) : ok(plain);
}

const damaged = (detail: string): Result<Uint8Array, FileFault> =>
  err({ code: "truncated_archive", detail: `the zip archive is cut off or damaged: ${detail}; fetch it again` });

/** The directory at the end of the archive, or undefined where there is none. */
function entriesOf(archive: Buffer): readonly Entry[] | undefined {
  const lowest = Math.max(0, archive.length - endBytes - commentBytesMax);
  let end = archive.length - endBytes;
  while (end >= lowest && archive.readUInt32LE(end) !== endSignature) end--;
  if (end < lowest) return undefined;
  const directory = directoryOf(archive, end);
  if (directory === undefined) return undefined;
  const { count } = directory;
  let at = directory.offset;
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== entrySignature) return undefined;
    const nameLength = archive.readUInt16LE(at + 28);
    const extraLength = archive.readUInt16LE(at + 30);
    const extraStart = at + entryBytes + nameLength;
    const sizes = [24, 20, 42].map((field) => archive.readUInt32LE(at + field));
    const [unpacked = 0, packed = 0, offset = 0] = widened(sizes, archive.subarray(extraStart, extraStart + extraLength));
    const name = archive.toString("utf8", at + entryBytes, extraStart);
    entries.push({ name, method: archive.readUInt16LE(at + 10), crc: archive.readUInt32LE(at + 16), packed, unpacked, offset });
    at = extraStart + extraLength + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** Zip64: a count or an offset that is the marker is in a second end record, which a locator just before the first one points to. */
function directoryOf(archive: Buffer, end: number): { readonly count: number; readonly offset: number } | undefined {
  const offset = archive.readUInt32LE(end + 16);
  const count = archive.readUInt16LE(end + 10);
  if (offset !== wideMarker && count !== wideCountMarker) return { count, offset };
  if (archive.readUInt32LE(end - locatorBytes) !== locatorSignature) return undefined;
  const wideEnd = Number(archive.readBigUInt64LE(end - locatorBytes + 8));
  if (archive.readUInt32LE(wideEnd) !== wideEndSignature) return undefined;
  return { count: Number(archive.readBigUInt64LE(wideEnd + 32)), offset: Number(archive.readBigUInt64LE(wideEnd + 48)) };
}

/** Zip64: fields that hold the marker are in the extra block instead, eight bytes each, in the same order. */
function widened(sizes: readonly number[], extra: Buffer): readonly number[] {
  if (!sizes.includes(wideMarker)) return sizes;
  let at = 0;
  while (extra.readUInt16LE(at) !== wideExtra) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return sizes.map((size) => {
    if (size !== wideMarker) return size;
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  });
}
