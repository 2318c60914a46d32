import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { z } from "zod";
import type { ExactColumn } from "./exact-column.ts";
import { decimalsMax } from "./decimal-text.ts";
import { replaceFile } from "./store-layout.ts";

/** The rows of one stored file, in order of time, exact. */
export type CachedSeries = { readonly atMs: Float64Array; readonly columns: readonly ExactColumn[] };

/**
 * A cache file is four numbers of 32 bits (mark, version, length of the header, CRC-32 of all that follows them), the header as JSON
 * filled up with spaces to a multiple of eight bytes, then the times and each column as 64-bit doubles, in the byte order of the machine.
 */
const mark = 0x6c_6f_63_63;
const version = 1;
const fixedBytes = 16;
const doubleBytes = 8;

const Header = z.strictObject({
  /** SHA-256 of the stored file whose rows these are. */
  source: z.string(),
  rows: z.number().int().nonnegative(),
  /** Of each column after the times: the numbers are whole, and mean this many decimals. */
  decimals: z.array(z.number().int().min(0).max(decimalsMax)),
});

/** The rows of the stored file with this digest, as views of the file's bytes; undefined where the cache does not hold just them. */
export async function readCache(path: string, source: string): Promise<CachedSeries | undefined> {
  const bytes = await bytesOf(path);
  if (bytes === undefined || bytes.length < fixedBytes) return undefined;
  const [foundMark, foundVersion, headerBytes = 0, checksum] = new Uint32Array(bytes.buffer, bytes.byteOffset, fixedBytes / 4);
  if (foundMark !== mark || foundVersion !== version || crc32(bytes.subarray(fixedBytes)) !== checksum) return undefined;
  const header = Header.safeParse(parsed(bytes.subarray(fixedBytes, fixedBytes + headerBytes)));
  if (!header.success || header.data.source !== source) return undefined;
  const { rows, decimals } = header.data;
  const start = fixedBytes + headerBytes;
  if (start % doubleBytes !== 0 || bytes.length !== start + rows * doubleBytes * (decimals.length + 1)) return undefined;
  const doubles = (index: number): Float64Array =>
    new Float64Array(bytes.buffer, bytes.byteOffset + start + index * rows * doubleBytes, rows);
  return { atMs: doubles(0), columns: decimals.map((places, index) => ({ decimals: places, values: doubles(index + 1) })) };
}

/** Does nothing for rows with a number of 2^53 or more, and where the store cannot be written. */
export async function writeCache(path: string, source: string, { atMs, columns }: CachedSeries): Promise<void> {
  const arrays: Float64Array[] = [atMs];
  for (const { values } of columns) {
    if (!(values instanceof Float64Array)) return;
    arrays.push(values);
  }
  const json = JSON.stringify({ source, rows: atMs.length, decimals: columns.map(({ decimals }) => decimals) });
  const header = Buffer.from(json.padEnd(Math.ceil(Buffer.byteLength(json) / doubleBytes) * doubleBytes));
  const bytes = new Uint8Array(fixedBytes + header.length + arrays.length * atMs.length * doubleBytes);
  bytes.set(header, fixedBytes);
  const doubles = new Float64Array(bytes.buffer, fixedBytes + header.length);
  arrays.forEach((array, index) => doubles.set(array, index * atMs.length));
  new Uint32Array(bytes.buffer, 0, fixedBytes / 4).set([mark, version, header.length, crc32(bytes.subarray(fixedBytes))]);
  try {
    await replaceFile(path, bytes);
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
  }
}

/** Whatever keeps a cache from being read, the rows are in the stored file. */
async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const bytes = await readFile(path);
    // Views of 64-bit numbers must begin at a multiple of eight bytes, which a small file's place in a shared buffer need not be.
    return bytes.byteOffset % doubleBytes === 0 ? bytes : new Uint8Array(bytes);
  } catch (cause) {
    if (!isSystemFault(cause)) throw cause;
    return undefined;
  }
}

function parsed(header: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(header));
  } catch {
    return undefined;
  }
}

const isSystemFault = (cause: unknown): boolean => cause instanceof Error && "syscall" in cause;
