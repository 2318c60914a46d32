import { existsSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { JournalUnreadable } from "../../adapters/file-journal/journal-fault.ts";
import { decoded } from "../../adapters/file-journal/read-entries.ts";
import type { ChainEnd, Link } from "../../adapters/file-journal/walk-chain.ts";
import { encode } from "../../journal/encode.ts";
import type { Entry } from "../../journal/entry.ts";
import { factLine, readableInstant } from "../../journal/fact-line.ts";
import { factKinds, isFactKind } from "../../journal/fact-kinds.ts";
import type { FactKind } from "../../journal/fact.ts";
import { invariant } from "../../words/invariant.ts";
import { Failed } from "../failed.ts";
import { didYouMean } from "../one-of.ts";
import { checkWritable, writeOutput } from "../output-file.ts";
import { journalFailed, wholeJournal } from "../read-journal.ts";

/** `countersign journal verify|export|show FILE`. Exit code 1: the file is not a journal as it was written; 2: there is no such file. */
export function journalCommand(): Command {
  const command = new Command("journal").description("verify, export and read a journal file");
  command
    .command("verify")
    .description("check every line against the hash chain and name the first that is wrong")
    .argument("<file>", "journal file")
    .option("--head <hash>", "a head hash noted earlier, which must be on the chain: the only way to see that the end was cut off")
    .addHelpText("after", "\nExample:\n  countersign journal verify run.journal\n")
    .action((file: string, options: { head?: string }) => verify(command, file, options));
  command
    .command("export")
    .description("write entries as JSON Lines, the fields of the fact beside those of its entry")
    .argument("<file>", "journal file")
    .option("--kind <kinds>", "only these kinds of facts, with commas between", kindsOf)
    .option("--correlation <id>", "only this decision")
    .option("--from <sequence>", "first entry", sequenceOf)
    .option("--to <sequence>", "last entry", sequenceOf)
    .option("--out <file>", "write here, which must not exist yet, instead of to the standard output")
    .addHelpText("after", "\nExample:\n  countersign journal export run.journal --kind filled,refused --out fills.jsonl\n")
    .action((file: string, options: ExportOptions) => exportEntries(command, file, options));
  command
    .command("show")
    .description("print facts for people, one line each")
    .argument("<file>", "journal file")
    .argument("[id]", "only facts of this decision, or that name this order, intent, proposal, execution or instrument")
    .option("--last <count>", "only the last so many (20 when neither this nor an id is given)", sequenceOf)
    .addHelpText("after", "\nExample:\n  countersign journal show run.journal BTCUSDT.PERP --last 10\n")
    .action((file: string, id: string | undefined, options: { last?: number }) => show(command, file, id, options));
  return command;
}

type ExportOptions = {
  readonly kind?: ReadonlySet<FactKind>;
  readonly correlation?: string;
  readonly from?: number;
  readonly to?: number;
  readonly out?: string;
};

function verify(command: Command, file: string, { head }: { readonly head?: string }): void {
  let first: Entry | undefined;
  let last: Link | undefined;
  let onChain = head === undefined;
  const end = walk(file, (link) => {
    if (link.sequence === 1) first = decoded(file, 1, link.entryText);
    onChain ||= link.hash === head;
    last = link;
  });
  if (!onChain) throw new Failed(1, `${file}: no entry has the hash ${head}: the end was cut off, or this is another journal`);
  const newest = last === undefined ? undefined : decoded(file, last.sequence, last.entryText);
  const rows: readonly (readonly [string, string])[] = [
    ["journal", file],
    ["entries", `${end.head.sequence.toLocaleString("en-US")}, all as they were written`],
    ["first", first === undefined ? "none" : readableInstant(first.at)],
    ["last", newest === undefined ? "none" : readableInstant(newest.at)],
    ["head hash", end.head.hash === "" ? "none" : end.head.hash],
  ];
  say(command, rows.map(([name, value]) => `${name.padEnd(11)}${value}\n`).join(""));
}

function exportEntries(command: Command, file: string, { kind, correlation, from = 1, to, out }: ExportOptions): void {
  if (to !== undefined && from > to) throw new Failed(2, `--from ${from} is after --to ${to}; --to is the last entry`);
  if (out !== undefined) {
    checkWritable(out, "--out");
    if (existsSync(out)) throw new Failed(2, `--out ${out}: it exists, and nothing is written over; name another file or remove it`);
  }
  walk(file);
  let exported = 0;
  const send = (put: (text: string) => void): void => {
    const write = batched(put);
    walk(file, ({ sequence, entryText }) => {
      if (sequence < from || (to !== undefined && sequence > to)) return;
      const entry = decoded(file, sequence, entryText);
      if (kind !== undefined && !kind.has(entry.fact.kind)) return;
      if (correlation !== undefined && entry.correlation !== correlation) return;
      exported++;
      write.line(flat(entry));
    });
    write.end();
  };
  if (out === undefined) return send((text) => say(command, text));
  writeOutput(out, "--out", send);
  say(command, `${out}: ${exported.toLocaleString("en-US")} entries\n`);
}

function show(command: Command, file: string, id: string | undefined, options: { readonly last?: number }): void {
  const last = options.last ?? (id === undefined ? 20 : undefined);
  // An id is a whole text in the line; ids have no characters that JSON escapes, so the line need not be decoded to find it.
  const named = id === undefined ? undefined : JSON.stringify(id);
  let kept: Link[] = [];
  const end = walk(file, (link) => {
    if (named !== undefined && !link.entryText.includes(named)) return;
    kept.push(link);
    if (last !== undefined && kept.length > last * 2) kept = kept.slice(-last);
  });
  if (id !== undefined && kept.length === 0)
    throw new Failed(1, `${file}: no fact of ${end.head.sequence} names ${id}; countersign decisions ${file} lists what was decided`);
  const write = batched((text) => say(command, text));
  for (const link of last === undefined ? kept : kept.slice(-last)) write.line(entryLine(decoded(file, link.sequence, link.entryText)));
  write.end();
}

/** Walks a whole and verified chain. Whoever prints entries walks twice: nothing is shown of a journal that is found broken further on. */
function walk(file: string, each?: (link: Link) => void): ChainEnd {
  try {
    const walked = wholeJournal(file, each);
    if (walked.ok) return walked.value;
    throw journalFailed(walked.error);
  } catch (fault) {
    if (fault instanceof JournalUnreadable) throw journalFailed(fault.fault);
    throw fault;
  }
}

const say = (command: Command, text: string): void => command.configureOutput().writeOut?.(text);

/** The fields of a fact stand beside those of its entry; where both have one, the entry's keeps the name. */
function flat({ fact, ...envelope }: Entry): string {
  const { kind, ...data } = fact;
  const { sequence, at, account, desk, correlation, config } = envelope;
  const own = { sequence, at, account, desk, correlation, config, kind };
  for (const name of Object.keys(data)) invariant(!(name in own), `no field of a fact is named ${name}, as a field of its entry is`);
  return encode({ ...own, ...data });
}

const sequenceWidth = 7;
const entryLine = ({ sequence, at, correlation, fact }: Entry): string =>
  `${String(sequence).padStart(sequenceWidth)}  ${readableInstant(at).padEnd(27)}  ${factLine(fact)}${correlation === undefined ? "" : `  [${correlation}]`}`;

const batchMax = 1 << 16;

/** Few large writes instead of one a line. */
function batched(write: (text: string) => void): { line(text: string): void; end(): void } {
  let held = "";
  const end = (): void => {
    if (held !== "") write(held);
    held = "";
  };
  return {
    line: (text) => {
      held += `${text}\n`;
      if (held.length > batchMax) end();
    },
    end,
  };
}

function kindsOf(text: string): ReadonlySet<FactKind> {
  const kinds = text.split(",").map((kind) => kind.trim());
  const known = kinds.filter(isFactKind);
  const unknown = kinds.find((kind) => !isFactKind(kind));
  if (unknown !== undefined)
    throw new InvalidArgumentError(
      `No fact is of kind "${unknown}". ${didYouMean(unknown, factKinds) ?? `Kinds are ${factKinds.join(", ")}.`}`,
    );
  return new Set(known);
}

function sequenceOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1.");
  return Number(text);
}
