import { err, ok, type Result } from "../../../words/result.ts";
import { powersOfTen } from "../exact-column.ts";
import { FileTableBuilder, type FileTable, type ReadAsk } from "../file-table.ts";
import { fieldsByPosition, fieldsOf, noVolumeNote, type Fields } from "../header.ts";
import type { FileFault } from "../row-fault.ts";
import { dividendNote } from "./dividend-note.ts";

const newline = 10;
const carriageReturn = 13;
const quote = 34;
const zero = 48;
const nine = 57;
const stampRole = 100;
const symbolRole = 101;
const ignored = -1;
const integerDigitsMax = 15;
const largeFrom = 1e14;

/**
 * Reads CSV bytes to a table. Plain numbers go from bytes to an integer and a count of decimals without becoming a float;
 * every other cell (exponents, dates, quotes, words) takes the slower way through text.
 * `cutOff`: the archive ended early, so the last line is a fault.
 */
export function readCsv(file: Uint8Array, ask: ReadAsk, cutOff: boolean): Result<FileTable, FileFault> {
  const bytes = endingInNewline(file);
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  while (start < bytes.length && isBlank(bytes, start)) {
    start = bytes.indexOf(newline, start) + 1;
    line++;
  }
  if (start >= bytes.length) return err({ code: "empty_file", detail: "no rows" });
  const firstEnd = bytes.indexOf(newline, start);
  const first = textBetween(bytes, start, firstEnd);
  const delimiter = delimiterOf(first);
  const cells = first.split(String.fromCharCode(delimiter)).map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
  const hasHeader = !/^[-+.\d]/.test(cells[0] ?? "");
  const fields = hasHeader ? fieldsOf(cells, ask.kind) : fieldsByPosition(cells.length, ask.kind);
  if (!fields.ok) return err({ ...fields.error, line });
  if (hasHeader) {
    start = firstEnd + 1;
    line++;
  }
  const notes = hasHeader ? dividendNote(cells, fields.value.time, String.fromCharCode(delimiter), bytes.subarray(start)) : [];
  return readRows(bytes, start, line, delimiter, rolesOf(fields.value, cells.length), fields.value, ask, cutOff, notes);
}

function readRows(
  bytes: Uint8Array,
  start: number,
  firstLine: number,
  delimiter: number,
  roles: Int8Array,
  fields: Fields,
  ask: ReadAsk,
  cutOff: boolean,
  noted: readonly string[],
): Result<FileTable, FileFault> {
  const stamps = fields.unitIsMs && ask.stamps.unit === "auto" ? { ...ask.stamps, unit: "ms" as const } : ask.stamps;
  const builder = new FileTableBuilder({ ...ask, stamps }, Math.ceil((bytes.length - start) / 40));
  const starts: number[] = [];
  let at = start;
  let line = firstLine;
  for (; at < bytes.length; line++) {
    if (isBlank(bytes, at)) {
      at = bytes.indexOf(newline, at) + 1;
      continue;
    }
    builder.startRow(line);
    starts.push(at);
    let column = 0;
    for (;;) {
      const role = column < roles.length ? (roles[column] as number) : ignored;
      at = readCell(bytes, at, delimiter, role, builder);
      if (bytes[at] !== delimiter) break;
      at++;
      column++;
    }
    if (column + 1 < roles.length) builder.fault("missing_cells", `${column + 1} cells of ${roles.length}`);
    else if (column >= roles.length) builder.fault("extra_cells", `${column + 1} cells instead of ${roles.length}`);
    at = bytes.indexOf(newline, at) + 1;
  }
  if (starts.length === 0) return err({ code: "empty_file", detail: "a header and no rows" });
  if (cutOff) builder.cutOff();
  const notes = fields.values.includes(-1) ? [...noted, noVolumeNote] : noted;
  return ok(builder.finish("line", (row) => lineAt(bytes, starts[row] ?? 0), notes));
}

/** Reads one cell and returns where it ends: at a delimiter or a line end. */
function readCell(bytes: Uint8Array, start: number, delimiter: number, role: number, builder: FileTableBuilder): number {
  if (role === ignored) return bytes[start] === quote ? cellEnd(bytes, start, delimiter) : plainEnd(bytes, start, delimiter);
  let at = start;
  if (role !== symbolRole) {
    const negative = bytes[at] === 45;
    if (negative) at++;
    const digitsFrom = at;
    let mantissa = 0;
    let byte = bytes[at] as number;
    while (byte >= zero && byte <= nine) {
      mantissa = mantissa * 10 + (byte - zero);
      byte = bytes[++at] as number;
    }
    const digits = at - digitsFrom;
    let decimals = 0;
    if (byte === 46 && digits > 0 && role !== stampRole) {
      let zeros = 0;
      byte = bytes[++at] as number;
      while (byte >= zero && byte <= nine) {
        if (byte === zero) zeros++;
        else {
          mantissa = mantissa * (zeros === 0 ? 10 : (powersOfTen[zeros + 1] ?? Number.NaN)) + (byte - zero);
          decimals += zeros + 1;
          zeros = 0;
        }
        byte = bytes[++at] as number;
      }
    }
    const ended = byte === delimiter || byte === newline || byte === carriageReturn;
    if (ended && digits > 0 && digits <= integerDigitsMax && mantissa <= Number.MAX_SAFE_INTEGER) {
      if (role === stampRole && !negative) {
        builder.stampInteger(mantissa);
        return at;
      }
      if (role !== stampRole && mantissa < largeFrom * (powersOfTen[decimals] ?? 0) && decimals <= builder.fastDecimalsMax(role)) {
        builder.number(role, negative && mantissa !== 0 ? -mantissa : mantissa, decimals);
        return at;
      }
    }
  }
  const end = cellEnd(bytes, start, delimiter);
  const text = textBetween(bytes, start, end).trim().replaceAll(/^"|"$/g, "").trim();
  if (role === stampRole) builder.stampText(text);
  else if (role === symbolRole) builder.symbol(text);
  else builder.numberText(role, text);
  return end;
}

function plainEnd(bytes: Uint8Array, start: number, delimiter: number): number {
  let at = start;
  while (bytes[at] !== delimiter && bytes[at] !== newline) at++;
  return at;
}

function cellEnd(bytes: Uint8Array, start: number, delimiter: number): number {
  if (bytes[start] !== quote) return plainEnd(bytes, start, delimiter);
  let at = start + 1;
  while (bytes[at] !== quote && bytes[at] !== newline) at++;
  return plainEnd(bytes, at, delimiter);
}

function rolesOf(fields: Fields, columns: number): Int8Array {
  const roles = new Int8Array(columns).fill(ignored);
  if (fields.symbol !== -1) roles[fields.symbol] = symbolRole;
  fields.values.forEach((column, field) => {
    if (column !== -1) roles[column] = field;
  });
  roles[fields.time] = stampRole;
  return roles;
}

/** The scanning loops above end at a newline and never look past the last byte. */
function endingInNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) === newline) return bytes;
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  longer[bytes.length] = newline;
  return longer;
}

const isBlank = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === newline || (bytes[at] === carriageReturn && bytes[at + 1] === newline);

const textBetween = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");

const lineAt = (bytes: Uint8Array, start: number): string => textBetween(bytes, start, bytes.indexOf(newline, start)).replace(/\r$/, "");

function delimiterOf(line: string): number {
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: line.split(mark).length }));
  return (counts.sort((left, right) => right.count - left.count)[0]?.mark ?? ",").charCodeAt(0);
}
