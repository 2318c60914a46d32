import { statSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { spendGroups, spendReport, type SpendGroup } from "../../runtime/spend/spend-report.ts";
import { Failed } from "../failed.ts";
import { loadSettings } from "../load-settings.ts";
import { oneOf } from "../one-of.ts";
import { spendLedgerPath } from "../open-spend-ledger.ts";
import { checkWritable, writeOutput } from "../output-file.ts";
import { journalEntries } from "../read-journal.ts";
import { repeated } from "../repeated.ts";
import { spendText } from "../text/spend-text.ts";

type Flags = {
  readonly ledger: string;
  readonly by?: SpendGroup;
  readonly on?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly json?: string;
};

/** `countersign spend`: what models have cost, what is left under each cap, and what is still reserved. Exit code 1: the ledger is broken or not one. */
export function spendCommand(): Command {
  return new Command("spend")
    .description("what models have cost: by day, desk, model, role and account, with caps and what is left of them")
    .option("--ledger <file>", "spend ledger, a journal of its own", spendLedgerPath)
    .addOption(oneOf(new Option("--by <what>", "only the sums by this (default: by each)"), spendGroups))
    .option("--on <date>", "hold the caps against this UTC day and its month (default: today)", date)
    .option("--config <file>", "configuration whose caps are shown (default: countersign.yaml, if there is one)")
    .option("--set <key=value>", "any configuration key, may be repeated", repeated)
    .option("--json <file>", "write all sums as JSON; - for the standard output")
    .addHelpText("after", "\nExamples:\n  countersign spend --by model\n  countersign spend --ledger run.spend --json -\n")
    .action(spend);
}

function spend({ ledger, by, on, config, set = [], json }: Flags): void {
  if (json !== undefined && json !== "-") checkWritable(json, "--json");
  const caps = loadSettings(config, set).config.models.budgets;
  const today = Temporal.Now.plainDateISO("UTC").toString();
  if (statSync(ledger, { throwIfNoEntry: false }) === undefined)
    throw new Failed(2, `--ledger ${ledger}: there is no such file; a desk that asks a model begins one, and --ledger names another`);
  const read = spendReport(journalEntries(ledger), on ?? today, caps);
  if (!read.ok) throw new Failed(1, `${ledger}: ${read.error.what}`);
  const report = read.value;
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (json === "-") return void process.stdout.write(text);
  if (json !== undefined) writeOutput(json, "--json", (put) => put(text));
  process.stdout.write(spendText(report, ledger, by === undefined ? spendGroups : [by]));
}

function date(text: string): string {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return Temporal.PlainDate.from(text).toString();
  } catch {
    // The calendar has no such day.
  }
  throw new InvalidArgumentError("It is a day such as 2026-01-05.");
}
