import { Command } from "commander";
import { noInstrument } from "../council-rows.ts";
import { DecisionRows, type Row } from "../decision-rows.ts";
import { Failed } from "../failed.ts";
import { didYouMean } from "../one-of.ts";
import { journalEntries } from "../read-journal.ts";
import { columns } from "../text/columns.ts";
import { programPath } from "../text/program-path.ts";

type Flags = { readonly symbol?: string; readonly last: string; readonly all?: true; readonly json?: true };

/** `countersign decisions FILE`: what was decided, for which instrument, and what became of it. */
export function decisionsCommand(): Command {
  return new Command("decisions")
    .description("list decisions with what became of each")
    .argument("<journal>", "journal file")
    .option("--symbol <symbol>", "only this instrument")
    .option("--last <count>", "only the last so many", "20")
    .option("--all", "also those that held, stood down or stayed")
    .option("--json", "as JSON Lines, for programs")
    .addHelpText("after", "\nExample:\n  countersign decisions run.journal --symbol BTCUSDT --last 5\n")
    .action(list);
}

function list(path: string, { symbol, last, all, json }: Flags): void {
  if (!/^[1-9]\d{0,8}$/.test(last)) throw new Failed(2, `--last ${last}: a whole number from 1`);
  const told = new DecisionRows();
  for (const entry of journalEntries(path)) told.see(entry);
  const { rows } = told;
  const ofSymbol =
    symbol === undefined ? rows : rows.filter(({ instrument }) => instrument === symbol || instrument.startsWith(`${symbol}.`));
  if (symbol !== undefined && ofSymbol.length === 0 && rows.length > 0) throw unknownSymbol(symbol, rows);
  const wanted = ofSymbol.filter(({ fate }) => all === true || !["hold", "unchanged"].includes(fate));
  const shown = wanted.slice(-Number.parseInt(last, 10));
  if (json === true) return void process.stdout.write(shown.map((row) => `${JSON.stringify(row)}\n`).join(""));
  if (shown.length === 0)
    return void process.stdout.write(rows.length === 0 ? "no decisions in this journal\n" : "all of them held; --all shows those too\n");
  process.stdout.write(
    columns([
      ["decision", "time", "strategy", "instrument", "action", "sure", "became", "because"],
      ...shown.map((row) => [
        row.id,
        row.at,
        row.strategy,
        row.instrument,
        row.action,
        `${Math.round(row.confidence * 100)}%`,
        row.fate,
        row.why,
      ]),
    ]),
  );
  process.stdout.write(`\nOne again, byte for byte: ${programPath()} replay ${shown.at(-1)?.id} ${path}\n`);
}

function unknownSymbol(symbol: string, rows: readonly Row[]): Failed {
  const known = [...new Set(rows.map(({ instrument }) => instrument))].filter((id) => id !== noInstrument).sort();
  const guess =
    didYouMean(symbol, known) ??
    didYouMean(
      symbol,
      known.map((id) => id.replace(/\.[^.]*$/, "")),
    );
  return new Failed(
    2,
    `--symbol ${symbol}: no decision is about it; those here are about ${known.join(", ")}${guess === undefined ? "" : `; ${guess}`}`,
  );
}
