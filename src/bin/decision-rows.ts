import type { Entry } from "../journal/entry.ts";
import { readableInstant } from "../journal/fact-line.ts";
import { CouncilRows } from "./council-rows.ts";

/** One instrument's part of one decision. */
export type Row = {
  readonly id: string;
  readonly at: string;
  readonly strategy: string;
  readonly instrument: string;
  readonly action: string;
  readonly confidence: number;
  fate: string;
  readonly why: string;
};

/** Later facts say what became of each row; the last word counts. A fill may come after other decisions, so rows are found by what they sent. */
export class DecisionRows {
  readonly rows: Row[] = [];
  readonly #ofDecision = new Map<string, Row>();
  /** What a council decided is a row of its own beside that of the wake which carried it out. */
  readonly #ofIntent = new Map<string, readonly Row[]>();
  readonly #ofOrder = new Map<string, readonly Row[]>();
  readonly #council = new CouncilRows(this.rows);
  #strategy = "";

  see(entry: Entry): void {
    const { at, fact } = entry;
    this.#council.see(entry);
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
        return tell(this.#decided(fact.instrument), `invalid: ${fact.code}`);
      case "stood_down":
        return tell(this.#decided(fact.instrument), fact.why);
      case "resolved": {
        const { id, instrument, proposals } = fact.intent;
        const council = this.#council.rowOf(id);
        // An intent without a proposal closes what could not be protected: it is nobody's wish, unless a council's person said yes to it.
        const decided = proposals.length === 0 ? [] : this.#decided(instrument);
        this.#ofIntent.set(id, council === undefined ? decided : [...decided, council]);
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
        const rows = this.#ofIntent.get(intent) ?? [];
        if (purpose === "stop_loss" || purpose === "take_profit")
          return tell(
            rows.filter(({ fate }) => fate === ""),
            "guarded anew",
          );
        this.#ofOrder.set(id, rows);
        return tell(rows, "ordered");
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

  #decided(instrument: string): readonly Row[] {
    const row = this.#ofDecision.get(instrument);
    return row === undefined ? [] : [row];
  }

  #unfilled(order: string): void {
    const rows = this.#ofOrder.get(order) ?? [];
    tell(
      rows.filter(({ fate }) => fate === "ordered"),
      "not filled",
    );
  }
}

function tell(rows: readonly Row[] | undefined, fate: string): void {
  for (const row of rows ?? []) row.fate = fate;
}
