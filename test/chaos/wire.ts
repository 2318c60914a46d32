/** Plain values as text between two processes: exact numbers, instants and columns come back as what they were. */
export const packed = (value: unknown): string => JSON.stringify(pack(value));
export const unpacked = (text: string): unknown => unpack(JSON.parse(text));

function pack(value: unknown): unknown {
  if (typeof value === "bigint") return { $exact: String(value) };
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Temporal.Instant) return { $instant: value.toString() };
  if (value instanceof Float64Array) return { $column: Array.from(value, pack) };
  if (Array.isArray(value)) return value.map(pack);
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, pack(held)]));
}

function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  const [[key, held] = ["", undefined]] = Object.entries(value);
  if (key === "$exact") return BigInt(held as string);
  if (key === "$number") return Number(held);
  if (key === "$instant") return Temporal.Instant.from(held as string);
  if (key === "$column") return Float64Array.from((held as unknown[]).map(unpack) as number[]);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpack(each)]));
}

/** Four bytes of length before each message, so that a reader knows a whole one from the half that a dead process left. */
export const headBytes = 4;

export function frame(message: unknown): Buffer {
  const body = Buffer.from(packed(message));
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** Cuts a stream of bytes into messages; what is not whole stays for the next chunk. */
export class Frames {
  #held: Buffer = Buffer.alloc(0);

  *take(chunk: Uint8Array): Generator {
    this.#held = Buffer.concat([this.#held, chunk]);
    while (this.#held.length >= headBytes) {
      const end = headBytes + this.#held.readUInt32BE();
      if (this.#held.length < end) return;
      const body = this.#held.toString("utf8", headBytes, end);
      this.#held = this.#held.subarray(end);
      yield unpacked(body);
    }
  }
}
