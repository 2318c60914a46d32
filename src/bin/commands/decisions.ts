import { Command } from "commander";
import type { Entry } from "../../journal/entry.ts";
import { readableInstant } from "../../journal/fact-line.ts";
import { Failed } from "../failed.ts";
import { didYouMean } from "../one-of.ts";
import { journalEntries } from "../read-journal.ts";
import { columns } from "../text/columns.ts";
import { programPath } from "../text/program-path.ts";

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
  if (!/^[1-9]\d{0,8}$/.test(last)) throw new Failed(2, `--last ${last}: a whole number from 1`);
  const fates = new Fates();
  for (const entry of journalEntries(path)) fates.see(entry);
  const { rows } = fates;
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
  const known = [...new Set(rows.map(({ instrument }) => instrument))].sort();
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

/** Later facts say what became of each row; the last word counts. A fill may come after other decisions, so rows are found by what they sent. */
class Fates {
  readonly rows: Row[] = [];
  readonly #ofDecision = new Map<string, Row>();
  readonly #ofIntent = new Map<string, Row>();
  readonly #ofOrder = new Map<string, Row>();
  #strategy = "";

  see({ at, fact }: Entry): void {
    switch (fact.kind) {
      case "woke":
        this.#strategy = fact.strategy;
        return this.#ofDecision.clear();
      case "proposed": {
        const { instrument, action, confidence, rationale, correlation } = fact.proposal;
        const row: Row = {
          id: correlation,
          at: readableInstant(at),
          strategy: this.#strategy,
          instrument,
          action,
          confidence,
          fate: "",
          why: rationale,
        };
        this.#ofDecision.set(instrument, row);
        this.rows.push(row);
        return;
      }
      case "proposal_refused":
        return tell(this.#ofDecision.get(fact.instrument), `invalid: ${fact.code}`);
      case "stood_down":
        return tell(this.#ofDecision.get(fact.instrument), fact.why);
      case "resolved": {
        // An intent without a proposal closes what could not be protected: it is nobody's wish.
        const row = fact.intent.proposals.length === 0 ? undefined : this.#ofDecision.get(fact.intent.instrument);
        if (row !== undefined) this.#ofIntent.set(fact.intent.id, row);
        return;
      }
      case "refused":
        return tell(this.#ofIntent.get(fact.intent), `refused: ${fact.refusal.code}`);
      case "sized_to_nothing":
        return tell(this.#ofIntent.get(fact.intent), "too small");
      case "declined":
        return tell(this.#ofIntent.get(fact.intent), "declined");
      case "order_planned": {
        const { id, intent, purpose } = fact.order;
        const row = this.#ofIntent.get(intent);
        const guards = purpose === "stop_loss" || purpose === "take_profit";
        if (row === undefined || (guards && row.fate !== "")) return;
        if (!guards) this.#ofOrder.set(id, row);
        return tell(row, guards ? "guarded anew" : "ordered");
      }
      case "order_withheld":
        return tell(this.#ofOrder.get(fact.order), `withheld: ${fact.refusal.code}`);
      case "order_rejected":
        return tell(this.#ofOrder.get(fact.order), `rejected: ${fact.reason}`);
      case "order_cancelled":
        return this.#unfilled(fact.order);
      case "filled":
        return fact.fill.order === undefined
          ? undefined
          : tell(this.#ofOrder.get(fact.fill.order), fact.remaining === 0n ? "filled" : "filled in part");
      default:
        return;
    }
  }

  #unfilled(order: string): void {
    const row = this.#ofOrder.get(order);
    if (row?.fate === "ordered") row.fate = "not filled";
  }
}

function tell(row: Row | undefined, fate: string): void {
  if (row !== undefined) row.fate = fate;
}
