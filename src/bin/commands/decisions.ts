import { Command } from "commander";
import type { Entry } from "../../journal/entry.ts";
import { readableInstant } from "../../journal/fact-line.ts";
import { Failed } from "../failed.ts";
import { journalEntries } from "../read-journal.ts";
import { columns } from "../text/columns.ts";

type Flags = { readonly symbol?: string; readonly last: string; readonly all?: true; readonly json?: true };

/** One instrument's part of one decision. */
type Row = {
  readonly id: string;
  readonly at: string;
  readonly strategy: string;
  readonly instrument: string;
  readonly action: string;
  readonly confidence: number;
  fate: string;
  readonly why: string;
};

/** `countersign decisions FILE`: what was decided, for which instrument, and what became of it. */
export function decisionsCommand(): Command {
  return new Command("decisions")
    .description("list decisions with what became of each")
    .argument("<journal>", "journal file")
    .option("--symbol <symbol>", "only this instrument")
    .option("--last <count>", "only the last so many", "20")
    .option("--all", "also those that held or stood down")
    .option("--json", "as JSON Lines, for programs")
    .addHelpText("after", "\nExample:\n  countersign decisions run.journal --symbol BTCUSDT --last 5\n")
    .action(list);
}

function list(path: string, { symbol, last, all, json }: Flags): void {
  if (!/^\d{1,9}$/.test(last)) throw new Failed(2, `--last ${last}: a whole number`);
  const rows: Row[] = [];
  const now = new Map<string, Row>();
  let strategy = "";
  for (const entry of journalEntries(path)) {
    if (entry.fact.kind === "woke") {
      strategy = entry.fact.strategy;
      now.clear();
    }
    if (entry.fact.kind === "proposed") {
      const { instrument, action, confidence, rationale, correlation } = entry.fact.proposal;
      const row: Row = {
        id: correlation,
        at: readableInstant(entry.at),
        strategy,
        instrument,
        action,
        confidence,
        fate: "",
        why: rationale,
      };
      now.set(instrument, row);
      rows.push(row);
    } else tell(entry, now);
  }
  const wanted = rows.filter(
    (row) =>
      (symbol === undefined || row.instrument === symbol || row.instrument.startsWith(`${symbol}.`)) &&
      (all === true || !["hold", "unchanged"].includes(row.fate)),
  );
  const shown = wanted.slice(-Number.parseInt(last, 10));
  if (json === true) return void process.stdout.write(shown.map((row) => `${JSON.stringify(row)}\n`).join(""));
  if (shown.length === 0)
    return void process.stdout.write(rows.length === 0 ? "no decisions in this journal\n" : "none of these; --all shows those that held\n");
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
  process.stdout.write(`\nOne again, byte for byte: countersign replay ${shown.at(-1)?.id} ${path}\n`);
}

/** Later facts of the decision say what became of its instruments; the last word counts. */
function tell({ fact }: Entry, now: ReadonlyMap<string, Row>): void {
  const set = (instrument: string, fate: string): void => {
    const row = now.get(instrument);
    if (row !== undefined) row.fate = fate;
  };
  switch (fact.kind) {
    case "proposal_refused":
      return set(fact.instrument, `invalid: ${fact.code}`);
    case "stood_down":
      return set(fact.instrument, fact.why);
    case "refused":
      return set(fact.instrument, `refused: ${fact.refusal.code}`);
    case "order_planned":
      return set(fact.order.instrument, "ordered");
    case "order_sent":
      return;
    case "filled":
      return set(fact.fill.instrument, "filled");
    default:
      return;
  }
}
