import { chained, readLine } from "../../journal/chain.ts";
import { encodeEntry } from "../../journal/codec.ts";
import type { Entry } from "../../journal/entry.ts";
import type { Random } from "../../sim/random.ts";
import type { Attack } from "./attack.ts";

/** A journal with a bit flipped, a line gone, doubled or moved (A10): each is seen, at the first entry that is not what was written. */
export function attackJournal(entries: readonly Entry[], random: Random, tries: number): Attack {
  const lines: string[] = [];
  let hash = "";
  for (const entry of entries) {
    const next = chained(hash, encodeEntry(entry));
    hash = next.hash;
    lines.push(next.line);
  }
  const broke: string[] = [];
  if (firstBad(lines) !== undefined) broke.push("a journal that nobody touched is not whole");
  for (let turn = 0; turn < tries; turn++) {
    const at = random.int(0, lines.length - 2);
    const [name, damaged] = damage(lines, at, random);
    const seen = firstBad(damaged);
    if (seen !== at + 1)
      broke.push(`${name} at entry ${at + 1} was ${seen === undefined ? "not seen" : `taken for damage at entry ${seen}`}`);
  }
  return { name: "journal", what: "bits flipped, entries taken out, doubled and exchanged in a journal", tried: tries + 1, broke };
}

function damage(lines: readonly string[], at: number, random: Random): readonly [string, readonly string[]] {
  const line = lines[at] ?? "";
  switch (random.pick(["flip", "remove", "double", "exchange"] as const)) {
    case "flip": {
      const place = random.int(0, line.length - 1);
      const flipped = String.fromCodePoint((line.codePointAt(place) ?? 0) ^ (1 << random.int(0, 6)));
      return ["a flipped bit", lines.with(at, line.slice(0, place) + flipped + line.slice(place + 1))];
    }
    case "remove":
      return ["a removed entry", lines.toSpliced(at, 1)];
    case "double":
      return ["a doubled entry", lines.toSpliced(at, 0, lines[Math.max(0, at - 1)] ?? "")];
    case "exchange":
      return ["two entries exchanged", lines.with(at, lines[at + 1] ?? "").with(at + 1, line)];
  }
}

/** The sequence of the first entry that is not what was written; undefined when all are. */
function firstBad(lines: readonly string[]): number | undefined {
  let previous = "";
  for (const [index, line] of lines.entries()) {
    const read = readLine(line, previous, index + 1);
    if (!read.ok) return index + 1;
    previous = read.value.hash;
  }
  return undefined;
}
